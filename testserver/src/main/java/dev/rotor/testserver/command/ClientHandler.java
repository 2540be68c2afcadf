package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.net.Connection;
import dev.rotor.testserver.net.MessageHandler;
import dev.rotor.testserver.wire.Compression;
import dev.rotor.testserver.wire.Message;
import dev.rotor.testserver.wire.OpMsg;
import dev.rotor.testserver.wire.OpQuery;
import dev.rotor.testserver.wire.Packing;
import dev.rotor.testserver.wire.Replies;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the messages of one client. */
public final class ClientHandler implements MessageHandler {

    /** What servers since 5.1 take in OP_QUERY: enough to learn that OP_MSG is there. */
    private static final Set<String> IN_OP_QUERY = Set.of(
            "hello",
            "isMaster",
            "ismaster",
            "saslStart",
            "saslContinue",
            "authenticate",
            "buildinfo",
            "buildInfo",
            "_isSelf");

    private static final Set<String> HELLO = Set.of("hello", "isMaster", "ismaster");

    private static final Logger LOGGER = LoggerFactory.getLogger(ClientHandler.class);

    private static final CommandRunner RUNNER = new CommandRunner();

    private final ServerProcess process;
    private final Connection connection;
    private final Client client = new Client();

    public ClientHandler(ServerProcess process, Connection connection) {
        this.process = process;
        this.connection = connection;
    }

    @Override
    public void onMessage(Message message) throws IOException {
        Packing packing = message.packing();
        Compression how = packing.compression();
        if (how != null) {
            if (!process.compressions().contains(how)) {
                LOGGER.debug("a client compresses with {}, which is not enabled", how);
                connection.close();
                return;
            }
            process.compressionCounters().decompressed(how, packing.packed(), packing.unpacked());
        }
        if (message instanceof OpMsg msg) {
            opMsg(msg);
        } else if (message instanceof OpQuery query) {
            opQuery(query);
        }
    }

    @Override
    public void onEnd() {
        client.endConversation();
    }

    private void opMsg(OpMsg msg) throws IOException {
        Document command = msg.body();
        int responseTo = msg.requestId();
        while (command != null && connection.isOpen()) {
            Invocation invocation = invocation(command, String.valueOf(command.get("$db")));
            process.begin(invocation);
            try {
                Document reply = RUNNER.run(invocation);
                if (reply == null) {
                    connection.close();
                    return;
                }
                if (msg.moreToCome()) {
                    return;
                }
                Document next = msg.exhaustAllowed() ? next(command, reply) : null;
                int id = process.nextRequestId();
                try {
                    send(Replies.opMsg(id, responseTo, next != null, msg.checksum(), reply), msg);
                } catch (IOException e) {
                    killStreamed(next);
                    throw e;
                }
                if (!connection.isOpen()) {
                    killStreamed(next);
                }
                command = next;
                responseTo = id;
            } finally {
                process.end(invocation);
            }
        }
    }

    /** Whoever has compressed gets a reply that is compressed in the same way. */
    private void send(byte[] reply, Message request) throws IOException {
        Compression how = request.packing().compression();
        if (how == null) {
            connection.send(reply);
            return;
        }
        byte[] packed = Replies.compressed(reply, how);
        process.compressionCounters().compressed(how, reply.length - 16, packed.length - 16);
        connection.send(packed);
    }

    private Invocation invocation(Document command, String database) {
        return new Invocation(process, connection, client, database, command);
    }

    /**
     * The command that the server gives itself when the client takes several replies: an awaitable hello goes on from
     * the topologyVersion it has told, a getMore until its cursor ends. An error ends it.
     */
    private static @Nullable Document next(Document command, Document reply) {
        if (!(reply.get("ok") instanceof Number ok) || ok.doubleValue() == 0) {
            return null;
        }
        String name = command.keySet().iterator().next();
        if (HELLO.contains(name) && command.containsKey("maxAwaitTimeMS") && reply.containsKey("topologyVersion")) {
            Document next = command.clone();
            next.put("topologyVersion", reply.get("topologyVersion"));
            return next;
        }
        if (name.equals("getMore")
                && reply.get("cursor") instanceof Document cursor
                && cursor.get("id") instanceof Long id
                && id != 0) {
            return command;
        }
        return null;
    }

    /** A client that goes away while a cursor's batches are sent to it unasked has done with that cursor. */
    private void killStreamed(@Nullable Document getMore) {
        if (getMore == null || !getMore.containsKey("getMore")) {
            return;
        }
        Document kill = getMore.clone();
        kill.remove("getMore");
        kill.remove("collection");
        kill.remove("batchSize");
        kill.remove("comment");
        kill.remove("maxTimeMS");
        Document command = new Document("killCursors", getMore.get("collection"))
                .append("cursors", List.of(getMore.get("getMore")));
        command.putAll(kill);
        RUNNER.run(invocation(command, String.valueOf(getMore.get("$db"))));
    }

    private void opQuery(OpQuery query) throws IOException {
        Document command = query.query();
        if (command.get("$query") instanceof Document inner) {
            command = inner;
        }
        String name = command.isEmpty() ? "" : command.keySet().iterator().next();
        Document reply;
        boolean failed = false;
        if (query.isCommand()
                && (IN_OP_QUERY.contains(name) || !process.version().atLeast(5, 1))
                && !name.isEmpty()) {
            reply = RUNNER.run(invocation(command, query.database()));
        } else {
            failed = !query.isCommand();
            reply = unsupported(query.isCommand() ? name : "find");
        }
        if (reply == null) {
            connection.close();
            return;
        }
        send(Replies.opReply(process.nextRequestId(), query.requestId(), failed, reply), query);
    }

    private static Document unsupported(String name) {
        CommandError error = new CommandError(
                ErrorCode.UNSUPPORTED_OP_QUERY_COMMAND,
                "Unsupported OP_QUERY command: " + name + ". The client driver may require an upgrade.");
        return new Document("$err", error.message())
                .append("ok", 0.0)
                .append("errmsg", error.message())
                .append("code", error.code())
                .append("codeName", error.codeName());
    }
}
