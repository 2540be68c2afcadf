package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.LogCapture.Entry;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class CommandLogTest {

    private static final String FOUND = ClientRig.batch("firstBatch", 0, 1, 1);

    private final ClientRig rig = new ClientRig();

    private List<Entry> logged() {
        return rig.logged.entries(ClientLog.COMMAND);
    }

    @Test
    void aCommandIsLoggedWithTheKeysOfTheSpecificationWhenItStartsAndWhenItsReplyIsThere() {
        rig.logged.level = Level.DEBUG;
        var found = rig.collection().find(new Document("a", 1)).first();
        rig.run();
        rig.transport.clock().advance(Duration.ofMillis(40));
        rig.reply(FOUND);
        rig.done(found);

        assertThat(logged()).hasSize(2).allMatch(entry -> entry.level() == Level.DEBUG);
        Entry started = logged().get(0);
        Entry succeeded = logged().get(1);
        assertThat(started.values())
                .containsEntry("message", "Command started")
                .containsEntry("commandName", "find")
                .containsEntry("databaseName", "app")
                .containsEntry("requestId", rig.last().requestId())
                .containsEntry("driverConnectionId", 1L)
                .containsEntry("serverHost", "db1")
                .containsEntry("serverPort", 27017)
                .containsKeys("operationId", "topologyId")
                .doesNotContainKeys("serverConnectionId", "serviceId");
        assertThat(BsonDocument.parse((String) started.value("command")).keySet())
                .isEqualTo(rig.body(0).keySet());
        assertThat(succeeded.values())
                .containsEntry("message", "Command succeeded")
                .containsEntry("requestId", started.value("requestId"))
                .containsEntry("operationId", started.value("operationId"))
                .containsEntry("durationMS", 40.0);
        assertThat((String) succeeded.value("reply"))
                .isEqualTo(
                        "{\"ok\": 1, \"cursor\": {\"id\": 0, \"ns\": \"app.things\", \"firstBatch\": [{\"_id\": 1}]}}");
        assertThat(started.text())
                .isEqualTo(
                        "Command \"find\" started on database \"app\" using a connection with driver-generated ID 1 to"
                                + " db1:27017. The requestID is " + started.value("requestId")
                                + " and the operation ID is "
                                + started.value("operationId") + ". Command: " + started.value("command"));
        assertThat(succeeded.text()).contains("succeeded", "in 40.0 ms", "Command reply: {");
    }

    @Test
    void theServersNumberOfTheConnectionIsLoggedWhereItIsKnown() {
        rig.kind = ClientRig.REPLICA_SET + ", connectionId: {$numberLong: '8589934592'}";
        rig.logged.level = Level.DEBUG;
        rig.answer(FOUND);

        rig.done(rig.collection().find().first());

        assertThat(logged()).allSatisfy(entry -> {
            assertThat(entry.value("serverConnectionId")).isEqualTo(8589934592L);
            assertThat(entry.text()).contains("and server-generated ID 8589934592 to");
        });
    }

    @Test
    void aFailureIsLoggedAtDebugWithWhatTheServerSaid() {
        rig.logged.level = Level.DEBUG;
        rig.answer("{ok: 0, code: 2, codeName: 'BadValue', errmsg: 'bad value', errorLabels: ['L']}");

        rig.failure(rig.collection().find().first());

        Entry failed = logged().get(1);
        assertThat(failed.level()).isEqualTo(Level.DEBUG);
        assertThat(failed.message()).isEqualTo("Command failed");
        assertThat((String) failed.value("failure")).contains("code 2", "BadValue", "[L]", "\"errmsg\": \"bad value\"");
        assertThat(failed.text()).endsWith("Error: " + failed.value("failure"));
    }

    @Test
    void anUnacknowledgedWriteSucceedsWithOkAlone() {
        rig.logged.level = Level.DEBUG;
        rig.writeConcern = WriteConcern.UNACKNOWLEDGED;

        rig.done(rig.collection().insertOne(new Document("_id", 7)));

        assertThat(logged().get(1).value("reply")).isEqualTo("{\"ok\": 1}");
    }

    @Test
    void attemptsOfOneOperationShareItsIdAndTheNextOperationHasAnother() {
        rig.logged.level = Level.DEBUG;
        rig.answer(ClientRig.BREAK, FOUND, FOUND);

        rig.done(rig.collection().find().first());
        rig.done(rig.collection().find().first());

        List<Object> ids =
                logged().stream().map(entry -> entry.value("operationId")).toList();
        List<Object> requests =
                logged().stream().map(entry -> entry.value("requestId")).toList();
        assertThat(ids).hasSize(6);
        assertThat(ids.subList(0, 4)).containsOnly(ids.get(0));
        assertThat(ids.subList(4, 6)).containsOnly(ids.get(4)).doesNotContain(ids.get(0));
        assertThat(requests.get(2)).isNotEqualTo(requests.get(0)).isEqualTo(requests.get(3));
    }

    @Test
    void theCommandsOfABulkWriteShareAnOperationIdInEventsToo() {
        List<CommandStartedEvent> events = new ArrayList<>();
        rig.listeners = List.of(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                events.add(event);
            }
        });
        rig.logged.level = Level.DEBUG;
        rig.answer("{ok: 1, n: 1}", "{ok: 1, n: 1, nModified: 1}", "{ok: 1, n: 1}");

        rig.done(rig.collection()
                .bulkWrite(List.of(
                        new InsertOneModel<>(new Document("_id", 1)),
                        new UpdateOneModel<>(new Document("_id", 1), new Document("$set", new Document("a", 1))),
                        new InsertOneModel<>(new Document("_id", 2)))));

        assertThat(events)
                .hasSize(3)
                .extracting(CommandStartedEvent::operationId)
                .containsOnly(events.get(0).operationId());
        assertThat(events).extracting(CommandStartedEvent::requestId).doesNotHaveDuplicates();
        assertThat(logged()).hasSize(6).allMatch(entry -> entry.value("operationId")
                .equals(events.get(0).operationId()));
    }

    @Test
    void theCommandsOfABulkWriteOfAClientShareAnOperationIdAndSoDoTheirRetries() {
        List<CommandStartedEvent> events = new ArrayList<>();
        rig.listeners = List.of(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                events.add(event);
            }
        });
        rig.wireVersion = 25;
        rig.limits = "maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000, maxWriteBatchSize: 1";
        String done = "{ok: 1, nErrors: 0, nInserted: 1, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0,"
                + " cursor: {id: {$numberLong: '0'}, ns: 'admin.$cmd.bulkWrite', firstBatch: []}}";
        rig.answer(ClientRig.BREAK, done, done, FOUND);
        MongoNamespace namespace = new MongoNamespace("db", "coll");

        rig.done(rig.cluster()
                .bulkWrite(List.of(
                        ClientNamespacedWriteModel.insertOne(namespace, new Document("a", 1)),
                        ClientNamespacedWriteModel.insertOne(namespace, new Document("a", 2)))));
        rig.done(rig.collection().find().first());

        assertThat(events).hasSize(4);
        assertThat(events.subList(0, 3))
                .extracting(CommandStartedEvent::operationId)
                .containsOnly(events.get(0).operationId())
                .doesNotContain(events.get(3).operationId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"authenticate", "saslStart", "saslContinue", "createUser", "updateUser", "copydb"})
    void ofCommandsWithCredentialsNothingButTheNameIsLogged(String name) {
        rig.logged.level = Level.DEBUG;
        rig.answer(
                "{ok: 1, payload: 'geheim'}",
                "{ok: 0, code: 18, codeName: 'AuthFailed', errmsg: 'geheim'}",
                ClientRig.BREAK);
        Document command = new Document(name, 1).append("payload", "geheim");

        rig.done(rig.database().runCommand(command));
        rig.failure(rig.database().runCommand(command));
        rig.failure(rig.database().runCommand(command));

        assertThat(logged()).hasSize(6);
        assertThat(logged().get(0).value("command")).isEqualTo("{}");
        assertThat(logged().get(1).value("reply")).isEqualTo("{}");
        assertThat((String) logged().get(3).value("failure"))
                .contains("18", "AuthFailed")
                .endsWith(": REDACTED");
        assertThat((String) logged().get(5).value("failure"))
                .as("what the network does is no secret")
                .doesNotContain("REDACTED")
                .contains("connection reset");
        assertThat(logged().toString()).doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "ismaster", "isMaster"})
    void aHelloIsASecretOnlyWhereItStartsToAuthenticate(String name) {
        rig.logged.level = Level.DEBUG;
        // The rig answers isMaster by itself, as a handshake.
        rig.answer("{ok: 1, hint: 'geheim'}", "{ok: 0, code: 1, errmsg: 'geheim'}", "{ok: 1, isWritablePrimary: true}");
        Document secret = new Document(name, 1).append("speculativeAuthenticate", new Document("saslStart", "geheim"));

        rig.done(rig.database().runCommand(secret));
        if (!name.equals("isMaster")) {
            rig.failure(rig.database().runCommand(secret));
            rig.done(rig.database().runCommand(new Document(name, 1)));
            assertThat((String) logged().get(3).value("failure")).endsWith(": REDACTED");
            assertThat((String) logged().get(4).value("command")).contains(name);
        }

        assertThat(logged().get(0).value("command")).isEqualTo("{}");
        assertThat(logged().get(1).value("reply")).isEqualTo("{}");
        assertThat(logged().toString()).doesNotContain("geheim");
    }

    @Test
    void handshakesAreNotLogged() {
        rig.logged.level = Level.TRACE;
        rig.answer(FOUND);

        rig.done(rig.collection().find().first());

        assertThat(logged()).extracting(entry -> entry.value("commandName")).containsOnly("find");
    }

    @Test
    void nothingIsLoggedBelowTheLevelThatIsWanted() {
        rig.logged.level = Level.INFO;
        rig.answer(FOUND, "{ok: 0, code: 2, errmsg: 'bad value'}");

        rig.done(rig.collection().find().first());
        rig.failure(rig.collection().find().first());

        assertThat(logged()).isEmpty();
    }

    @Test
    void aLevelThatChangesWhileACommandIsUnderWayCountsFromTheNextCommandOn() {
        var found = rig.collection().find().first();
        rig.run();
        rig.logged.level = Level.DEBUG;
        rig.reply(FOUND);
        rig.done(found);

        assertThat(logged()).as("no end without a beginning").isEmpty();
        rig.answer(FOUND);
        rig.done(rig.collection().find().first());
        assertThat(logged()).extracting(Entry::message).containsExactly("Command started", "Command succeeded");
    }

    // ---- the prose tests of the specification

    /** Prose test 1: Default truncation limit. */
    @Test
    void prose1DocumentsAreCutAtAThousandUnitsByDefault() {
        rig.logged.level = Level.DEBUG;
        List<Document> docs =
                IntStream.range(0, 100).mapToObj(i -> new Document("x", "y")).toList();
        StringBuilder batch = new StringBuilder();
        docs.forEach(document -> batch.append(batch.isEmpty() ? "" : ", ").append(document.toJson()));
        rig.answer("{ok: 1, n: 100}", "{ok: 1, cursor: {id: 0, ns: 'app.things', firstBatch: [" + batch + "]}}");

        rig.done(rig.collection().insertMany(docs));
        rig.done(rig.collection().find().toList());

        assertThat((String) logged().get(0).value("command")).hasSize(1003).endsWith("...");
        assertThat((String) logged().get(1).value("reply")).hasSizeLessThanOrEqualTo(1003);
        assertThat((String) logged().get(3).value("reply")).hasSize(1003).endsWith("...");
    }

    /** Prose test 2: Explicitly configured truncation limit. */
    @Test
    void prose2DocumentsAreCutWhereTheSettingsSay() {
        ClientRig small = new ClientRig(5);
        small.logged.level = Level.DEBUG;
        small.answer(
                "{ok: 1, isWritablePrimary: true}",
                "{ok: 0, code: 59, codeName: 'CommandNotFound', errmsg: 'no such'}");

        small.done(small.database().runCommand(new Document("hello", true)));
        Throwable failure = small.failure(small.database().runCommand(new Document("notARealCommand", true)));

        List<Entry> logged = small.logged.entries(ClientLog.COMMAND);
        assertThat(logged.get(0).value("command")).isEqualTo("{\"hel...");
        assertThat(logged.get(1).value("reply")).isEqualTo("{\"ok\"...");
        assertThat(failure).isInstanceOf(MongoCommandException.class);
        assertThat((String) logged.get(3).value("failure"))
                .endsWith(": {\"ok\"...")
                .doesNotContain("no such");
    }

    /** Prose test 3: Truncation with multi-byte codepoints; LoggedJsonTest has every position. */
    @Test
    void prose3CommandsRepliesAndFailuresAreNeverCutInsideACharacter() {
        for (int length = 10; length < 24; length++) {
            ClientRig small = new ClientRig(length);
            small.logged.level = Level.DEBUG;
            String faces = "\uD83D\uDE00€ä".repeat(30);
            small.answer("{'" + faces + "': 1, ok: 1}", "{'" + faces + "': 1, ok: 0, code: 1, errmsg: 'x'}");

            small.done(small.database().runCommand(new Document("ping", faces)));
            small.failure(small.database().runCommand(new Document("ping", faces)));

            List<Entry> logged = small.logged.entries(ClientLog.COMMAND);
            for (String shown : List.of(
                    (String) logged.get(0).value("command"),
                    (String) logged.get(1).value("reply"),
                    (String) logged.get(3).value("failure"))) {
                assertThat(shown).endsWith("...");
                assertThat(new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                        .isEqualTo(shown);
            }
        }
    }
}
