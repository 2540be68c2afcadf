package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.bson.BsonWriter;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.topology.HelloReply;
import dev.rotor.testserver.topology.MemberView;
import dev.rotor.testserver.wire.Compression;
import dev.rotor.testserver.wire.MessageReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code hello}, {@code isMaster} and {@code ismaster}: the handshake of a connection, and the heartbeat of a monitor.
 */
final class HelloCommand implements FrontCommand {

    private static final int METADATA_LIMIT = 512;
    private static final int APP_NAME_LIMIT = 128;
    private static final int BOTH_OR_NONE = 31368;

    @Override
    public Document run(Invocation invocation) {
        Document command = invocation.command();
        Client client = invocation.client();
        boolean legacy = !invocation.name().equals("hello");
        readMetadata(command, client);
        boolean helloOk = Boolean.TRUE.equals(command.get("helloOk"));
        if (helloOk || !legacy) {
            client.helloOk();
        }
        MemberView view = await(invocation);
        Cluster cluster = invocation.cluster();
        Document reply = HelloReply.of(
                view,
                new HelloReply.Facts(
                        invocation.version(),
                        cluster.setName(),
                        cluster.addresses(),
                        invocation.member(),
                        invocation.connectionId(),
                        MessageReader.MAX_MESSAGE_BYTES),
                new HelloReply.LastWrite(
                        cluster.engine().lastOperationTime(), cluster.engine().lastWriteDate()),
                cluster.clock().instant(),
                legacy,
                helloOk);
        loadBalancing(invocation, view, reply);
        compression(invocation, reply);
        authentication(invocation, reply);
        client.helloSeen();
        return reply;
    }

    private static void readMetadata(Document command, Client client) {
        if (!(command.get("client") instanceof Document metadata)) {
            return;
        }
        if (client.metadata() != null) {
            throw new CommandError(
                    ErrorCode.CLIENT_METADATA_CANNOT_BE_MUTATED,
                    "The client metadata document may only be sent in the first hello");
        }
        if (BsonWriter.sizeOf(metadata) > METADATA_LIMIT) {
            throw new CommandError(
                    ErrorCode.CLIENT_METADATA_DOCUMENT_TOO_LARGE,
                    "The client metadata document must be less then or equal to 512 bytes");
        }
        for (String required : List.of("driver", "os")) {
            if (!(metadata.get(required) instanceof Document)) {
                throw new CommandError(
                        ErrorCode.CLIENT_METADATA_MISSING_FIELD,
                        "Missing required sub-document '" + required + "' in the client metadata document");
            }
        }
        if (metadata.get("application") instanceof Document application
                && application.get("name") instanceof String name
                && name.getBytes(StandardCharsets.UTF_8).length > APP_NAME_LIMIT) {
            throw new CommandError(
                    ErrorCode.CLIENT_METADATA_APP_NAME_TOO_LARGE,
                    "The 'client.application.name' field must be less then or equal to 128 bytes in length");
        }
        client.metadata(metadata);
    }

    /** With a topologyVersion that is still the present one, waits for a change. */
    private static MemberView await(Invocation invocation) {
        Document command = invocation.command();
        MemberView view = invocation.process().view();
        Object maxAwait = command.get("maxAwaitTimeMS");
        Object known = command.get("topologyVersion");
        if ((maxAwait == null && known == null) || !invocation.version().atLeast(4, 4)) {
            return view;
        }
        if (maxAwait == null || known == null) {
            throw new CommandError(
                    BOTH_OR_NONE,
                    "A request with a 'topologyVersion' must include 'maxAwaitTimeMS', and the other way round");
        }
        if (!(maxAwait instanceof Number time) || time.longValue() < 0) {
            throw new CommandError(31373, "maxAwaitTimeMS must be a non-negative integer");
        }
        if (!(known instanceof Document version) || !(version.get("counter") instanceof Number counter)) {
            throw new CommandError(ErrorCode.TYPE_MISMATCH, "topologyVersion must have a processId and a counter");
        }
        if (!view.processId().equals(version.get("processId"))) {
            return view;
        }
        if (counter.longValue() > view.counter()) {
            throw new CommandError(
                    31382,
                    "Received a topology version with counter: " + counter.longValue()
                            + " which is greater than the server topology version counter: " + view.counter());
        }
        long nanos = TimeUnit.MILLISECONDS.toNanos(time.longValue());
        return invocation
                .cluster()
                .topology()
                .awaitChange(invocation.member(), counter.longValue(), nanos, invocation.interruption());
    }

    /** A client behind a load balancer must know it: the first hello of a connection says so. */
    private static void loadBalancing(Invocation invocation, MemberView view, Document reply) {
        if (!invocation.connection().throughLoadBalancer()) {
            return;
        }
        if (!invocation.client().isHelloSeen()
                && !Boolean.TRUE.equals(invocation.command().get("loadBalanced"))) {
            throw new CommandError(
                    ErrorCode.LOAD_BALANCER_SUPPORT_MISMATCH,
                    "The server is being accessed through a load balancer, but this driver does not have load"
                            + " balancing enabled");
        }
        if (invocation.deployment() == DeploymentKind.LOAD_BALANCED) {
            reply.put("serviceId", view.processId());
        }
    }

    /** What both know, in the client's order; not told where there is nothing. */
    private static void compression(Invocation invocation, Document reply) {
        if (!(invocation.command().get("compression") instanceof Collection<?> offered)) {
            return;
        }
        List<String> enabled = invocation.process().compressions().stream()
                .map(Compression::wireName)
                .toList();
        List<?> shared = offered.stream().filter(enabled::contains).toList();
        if (!shared.isEmpty()) {
            reply.put("compression", shared);
        }
    }

    private static void authentication(Invocation invocation, Document reply) {
        Document command = invocation.command();
        if (command.get("saslSupportedMechs") instanceof String user) {
            List<String> mechanisms = invocation.cluster().users().supportedMechanisms(user);
            if (mechanisms != null) {
                reply.put("saslSupportedMechs", mechanisms);
            }
        }
        if (command.get("speculativeAuthenticate") instanceof Document attempt) {
            Document answer = speculate(invocation, attempt);
            if (answer != null) {
                reply.put("speculativeAuthenticate", answer);
            }
        }
    }

    /** A speculation that fails is not an error: the client authenticates afterwards. */
    private static @Nullable Document speculate(Invocation invocation, Document attempt) {
        try {
            if (!(attempt.get("db") instanceof String database)) {
                return null;
            }
            if (attempt.containsKey("authenticate")) {
                return AuthCommands.authenticate(invocation, attempt, database);
            }
            return attempt.containsKey("saslStart") ? AuthCommands.start(invocation, attempt, database) : null;
        } catch (CommandError e) {
            return null;
        }
    }
}
