package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code endSessions}: tells the deployment that a client's server sessions are not needed any more. */
public final class SessionCommands {

    /** A client that is being closed does not wait long for a server that may be gone. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** The most sessions that one command may name. */
    private static final int BATCH = 10_000;

    private SessionCommands() {}

    /**
     * Ends sessions where some server is known; otherwise they end by themselves.
     *
     * @param ids documents {@code {id: UUID}}
     * @return completes in any case, perhaps with a failure that means nothing
     */
    public static CompletionStage<@Nullable Void> endSessions(
            Engine engine, TopologyDescription topology, List<byte[]> ids) {
        boolean reachable =
                topology.servers().values().stream().anyMatch(server -> server.type() != ServerType.UNKNOWN);
        if (ids.isEmpty() || !reachable) {
            return CompletableFuture.completedFuture(null);
        }
        Scope admin = new Scope(
                "admin",
                ReadPreference.PRIMARY_PREFERRED,
                ReadConcern.DEFAULT,
                WriteConcern.ACKNOWLEDGED,
                MongoClientSettings.DEFAULT_CODEC_REGISTRY,
                TIMEOUT);
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<byte[]> batch = ids.subList(from, Math.min(ids.size(), from + BATCH));
            sent.add(engine.execute(endSessions(admin, batch)));
        }
        return CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0]));
    }

    private static Operation<@Nullable Void> endSessions(Scope admin, List<byte[]> ids) {
        CommandOperation.Body body = (out, connection) -> {
            int array = out.startArray(Names.END_SESSIONS);
            for (int i = 0; i < ids.size(); i++) {
                byte[] id = ids.get(i);
                out.putRawDocument(out.arrayIndex(i), id, 0, id.length);
            }
            out.endDocument(array);
        };
        return CommandOperation.asGiven("endSessions", admin, body, (reply, context) -> null);
    }
}
