package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandEventsTest {

    private static final String FOUND = ClientRig.batch("firstBatch", 0, 1, 1);

    private final ClientRig rig = new ClientRig();
    private final List<Object> events = new ArrayList<>();

    private final CommandListener recorder = new CommandListener() {
        @Override
        public void commandStarted(CommandStartedEvent event) {
            events.add(event);
        }

        @Override
        public void commandSucceeded(CommandSucceededEvent event) {
            events.add(event);
        }

        @Override
        public void commandFailed(CommandFailedEvent event) {
            events.add(event);
        }
    };

    private static final class Throwing implements CommandListener {
        @Override
        public void commandStarted(CommandStartedEvent event) {
            throw new IllegalStateException("broken listener");
        }

        @Override
        public void commandSucceeded(CommandSucceededEvent event) {
            throw new AssertionError("broken listener");
        }

        @Override
        public void commandFailed(CommandFailedEvent event) {
            throw new IllegalStateException("broken listener");
        }
    }

    @Test
    void aCommandIsToldWhenItStartsAndWhenItsReplyIsThere() {
        rig.listeners = List.of(recorder);
        var found = rig.collection().find(new Document("a", 1)).first();
        rig.run();
        rig.transport.clock().advance(Duration.ofMillis(40));
        rig.reply(FOUND);
        rig.done(found);

        assertThat(events).hasSize(2);
        CommandStartedEvent started = (CommandStartedEvent) events.get(0);
        CommandSucceededEvent succeeded = (CommandSucceededEvent) events.get(1);
        assertThat(started.commandName()).isEqualTo("find");
        assertThat(started.databaseName()).isEqualTo("app");
        assertThat(started.command()).isEqualTo(rig.body(0));
        assertThat(started.requestId()).isEqualTo(rig.last().requestId());
        assertThat(started.connectionId().toString()).contains("db1:27017");
        assertThat(succeeded.requestId()).isEqualTo(started.requestId());
        assertThat(succeeded.elapsed()).isEqualTo(Duration.ofMillis(40));
        assertThat(succeeded.reply()).isEqualTo(BsonDocument.parse(FOUND));
    }

    @Test
    void documentSequencesAreToldAsTheArraysThatTheyStandFor() {
        rig.listeners = List.of(recorder);
        rig.answer("{ok: 1, n: 1}");

        rig.done(rig.collection().insertOne(new Document("_id", 7)));

        BsonDocument command = ((CommandStartedEvent) events.get(0)).command();
        assertThat(command.getArray("documents")).containsExactly(BsonDocument.parse("{_id: 7}"));
    }

    @Test
    void everyAttemptIsToldByItselfAndAFailureWithItsCause() {
        rig.listeners = List.of(recorder);
        rig.answer(ClientRig.BREAK, "{ok: 0, code: 2, errmsg: 'bad value'}");

        rig.failure(rig.collection().find().first());

        assertThat(events).hasSize(4);
        assertThat(((CommandFailedEvent) events.get(1)).failure()).isInstanceOf(MongoConnectionException.class);
        assertThat(((CommandFailedEvent) events.get(3)).failure()).isInstanceOf(MongoCommandException.class);
        assertThat(((CommandStartedEvent) events.get(2)).requestId())
                .isNotEqualTo(((CommandStartedEvent) events.get(0)).requestId());
    }

    @Test
    void anUnacknowledgedWriteIsToldAsSucceededWithOkAlone() {
        rig.listeners = List.of(recorder);
        rig.writeConcern = WriteConcern.UNACKNOWLEDGED;

        rig.done(rig.collection().insertOne(new Document("_id", 7)));

        assertThat(((CommandSucceededEvent) events.get(1)).reply()).isEqualTo(BsonDocument.parse("{ok: 1}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authenticate",
                "saslStart",
                "saslContinue",
                "getnonce",
                "createUser",
                "updateUser",
                "copydbgetnonce",
                "copydbsaslstart",
                "copydb",
                "SASLSTART"
            })
    void ofCommandsThatCarryCredentialsOnlyTheNameIsTold(String name) {
        rig.listeners = List.of(recorder);
        rig.answer("{ok: 1, payload: 'geheim'}", "{ok: 0, code: 18, errmsg: 'geheim'}");
        Document command = new Document(name, 1).append("payload", "geheim");

        rig.done(rig.database().runCommand(command));
        Throwable failure = rig.failure(rig.database().runCommand(command));

        assertThat(((CommandStartedEvent) events.get(0)).commandName()).isEqualTo(name);
        assertThat(((CommandStartedEvent) events.get(0)).command()).isEmpty();
        assertThat(((CommandSucceededEvent) events.get(1)).reply()).isEmpty();
        Throwable shown = ((CommandFailedEvent) events.get(3)).failure();
        assertThat(shown).hasMessageContaining("18").hasMessageNotContaining("geheim");
        assertThat(((MongoCommandException) shown).response()).isEmpty();
        assertThat(events.toString()).doesNotContain("geheim");
        assertThat(failure).isInstanceOf(MongoCommandException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "ismaster"})
    void ofAHelloThatStartsToAuthenticateOnlyTheNameIsToldAndOfItsReplyNothing(String name) {
        rig.listeners = List.of(recorder);
        rig.answer("{ok: 1, hint: 'geheim'}", "{ok: 1, isWritablePrimary: true}");
        Document secret = new Document(name, 1).append("speculativeAuthenticate", new Document("saslStart", 1));

        rig.done(rig.database().runCommand(secret));
        rig.done(rig.database().runCommand(new Document(name, 1)));

        assertThat(((CommandStartedEvent) events.get(0)).command()).isEmpty();
        assertThat(((CommandSucceededEvent) events.get(1)).reply()).isEmpty();
        assertThat(((CommandStartedEvent) events.get(2)).command()).isNotEmpty();
        assertThat(((CommandSucceededEvent) events.get(3)).reply()).containsKey("isWritablePrimary");
    }

    @Test
    void aListenerThatThrowsHarmsNeitherTheCallNorTheOtherListeners() {
        rig.listeners = List.of(new Throwing(), recorder);
        rig.answer(FOUND, "{ok: 0, code: 2, errmsg: 'bad value'}");

        assertThat(rig.done(rig.collection().find().first())).isNotNull();
        assertThat(rig.failure(rig.collection().find().first())).isInstanceOf(MongoCommandException.class);

        assertThat(events).hasSize(4);
        rig.assertBalanced();
    }

    @Test
    void listenersHearInTheContextOfTheCall() {
        String[] current = {"call"};
        List<String> seen = new ArrayList<>();
        rig.context = () -> {
            String captured = current[0];
            return () -> {
                String outer = current[0];
                current[0] = captured;
                return () -> current[0] = outer;
            };
        };
        rig.listeners = List.of(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                seen.add("started in " + current[0]);
            }

            @Override
            public void commandSucceeded(CommandSucceededEvent event) {
                seen.add("succeeded in " + current[0]);
            }
        });
        rig.answer(FOUND);
        var found = rig.collection().find().first();
        current[0] = "loop";
        rig.done(found);

        assertThat(seen).containsExactly("started in call", "succeeded in call");
    }
}
