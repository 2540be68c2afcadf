package dev.rotor.testserver.operations;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.ApiParameters;
import dev.rotor.testserver.engine.CommandEngine;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.CommandRequest;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.EngineSettings;
import dev.rotor.testserver.engine.MemberRole;
import dev.rotor.testserver.engine.ReadConcern;
import dev.rotor.testserver.engine.RetryableStatements;
import dev.rotor.testserver.engine.ServerContext;
import dev.rotor.testserver.engine.ServerVersion;
import dev.rotor.testserver.engine.SessionKey;
import dev.rotor.testserver.engine.SessionRequest;
import dev.rotor.testserver.engine.Waiting;
import dev.rotor.testserver.query.Values;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** An engine without sockets: commands go in as documents. Nobody waits here; what would wait is told to give up. */
final class EngineRig {
    final CommandEngine engine;
    private final DeploymentKind kind;
    private final ServerVersion version;
    final List<Runnable> whileWaiting = new ArrayList<>();

    EngineRig(DeploymentKind kind, String version) {
        this.kind = kind;
        this.version = ServerVersion.parse(version);
        engine = CommandEngine.create(new EngineSettings(
                kind, this.version, Clock.fixed(Instant.parse("2024-05-01T10:00:00Z"), ZoneOffset.UTC)));
    }

    static EngineRig replicaSet() {
        return new EngineRig(DeploymentKind.REPLICA_SET, "8.2");
    }

    static EngineRig version(String version) {
        return new EngineRig(DeploymentKind.REPLICA_SET, version);
    }

    static Document doc(@Nullable Object... pairs) {
        Document document = new Document();
        for (int i = 0; i < pairs.length; i += 2) {
            document.append(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return document;
    }

    Document run(Document command) {
        return run("db", command, null);
    }

    Document run(Object... pairs) {
        return run(doc(pairs));
    }

    Document admin(Object... pairs) {
        return run("admin", doc(pairs), null);
    }

    Document run(String database, Document command, @Nullable RetryableStatements statements) {
        Document read = command.get("readConcern") instanceof Document d ? d : new Document();
        ReadConcern concern = new ReadConcern(
                (String) read.get("level"), (BsonTimestamp) read.get("afterClusterTime"), (BsonTimestamp)
                        read.get("atClusterTime"));
        return engine.execute(new CommandRequest(
                database,
                command.keySet().iterator().next(),
                command,
                session(command),
                concern,
                ApiParameters.NONE,
                statements,
                new Context(),
                new GivesUp()));
    }

    private static @Nullable SessionRequest session(Document command) {
        if (!(command.get("lsid") instanceof Document lsid)) {
            return null;
        }
        return new SessionRequest(
                new SessionKey((UUID) Objects.requireNonNull(lsid.get("id")), ""),
                (Long) command.get("txnNumber"),
                (Boolean) command.get("autocommit"),
                Boolean.TRUE.equals(command.get("startTransaction")));
    }

    CommandError error(Object... pairs) {
        return error(() -> run(pairs));
    }

    static CommandError error(Runnable command) {
        try {
            command.run();
        } catch (CommandError error) {
            return error;
        }
        throw new AssertionError("the command did not fail");
    }

    void insert(String collection, Document... documents) {
        assertThat(run("insert", collection, "documents", List.of(documents))).isEqualTo(doc("n", documents.length));
    }

    List<Document> all(String collection) {
        return batch(run("find", collection));
    }

    static List<Document> batch(Document reply) {
        Document cursor = sub(reply, "cursor");
        return list(cursor, cursor.containsKey("firstBatch") ? "firstBatch" : "nextBatch");
    }

    static long id(Document reply) {
        return Values.whole(sub(reply, "cursor").get("id"), -1);
    }

    /** The document at a field that must be there. */
    static Document sub(Document document, String field) {
        assertThat(document.get(field)).as(field).isInstanceOf(Document.class);
        return Values.document(document.get(field));
    }

    /** The documents of an array that must be there. */
    static List<Document> list(Document document, String field) {
        assertThat(document.get(field)).as(field).isInstanceOf(List.class);
        List<Document> documents = new ArrayList<>();
        ((List<?>) Objects.requireNonNull(document.get(field))).forEach(each -> documents.add((Document) each));
        return documents;
    }

    /** What the front keeps of retryable writes. */
    static final class Kept implements RetryableStatements {
        final Map<Integer, Document> results = new HashMap<>();

        @Override
        public @Nullable Document recall(int stmtId) {
            return results.get(stmtId);
        }

        @Override
        public void beforeCommit(int stmtId) {
            // No fail point is set.
        }

        @Override
        public void record(int stmtId, Document result) {
            results.put(stmtId, result);
        }
    }

    private final class GivesUp implements Waiting {
        @Override
        public long await(Lock lock, Condition condition, long nanos) {
            if (whileWaiting.isEmpty()) {
                return 0;
            }
            whileWaiting.remove(0).run();
            return nanos;
        }

        @Override
        public void checkForInterrupt() {
            // Nothing interrupts.
        }

        @Override
        public void noTimeLimit() {
            // There is none.
        }
    }

    private final class Context implements ServerContext {
        @Override
        public ServerVersion version() {
            return version;
        }

        @Override
        public MemberRole role() {
            return MemberRole.PRIMARY;
        }

        @Override
        public DeploymentKind deployment() {
            return kind;
        }

        @Override
        public int member() {
            return 0;
        }

        @Override
        public long connectionId() {
            return 1;
        }

        @Override
        public String user() {
            return "";
        }

        @Override
        public List<Document> localSessions(boolean allUsers) {
            return List.of(new Document("_id", new Document("id", "session")));
        }

        @Override
        public List<Document> currentOperations() {
            return List.of();
        }

        @Override
        public boolean parameter(String name) {
            return false;
        }

        @Override
        public void timeLimited() {
            // No fail point is set.
        }

        @Override
        public void cursorCheckedOut(boolean changeStream) {
            // No fail point is set.
        }
    }
}
