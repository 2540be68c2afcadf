package dev.rotor.monitoring.slf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.event.ConnectionId;
import dev.rotor.monitoring.Lines;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDbPointer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonReader;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLoggerTest {

    private static final ServerAddress SERVER = new ServerAddress("db1", 27017);
    private static final ConnectionId CONNECTION = new ConnectionId(SERVER, 3, 88);
    private static final BsonDocument FIND = BsonDocument.parse("{find: 'people', filter: {name: 'Ada', born: 1815},"
            + " sort: {at: {$date: 0}}, in: [1, {x: null}], re: /a/, b: {$binary: {base64: 'AA==', subType: '00'}}}");

    private Lines lines = new Lines("dev.rotor.monitoring.command", Level.DEBUG);

    @AfterEach
    void close() {
        lines.close();
    }

    private void at(Level level) {
        lines.close();
        lines = new Lines("dev.rotor.monitoring.command", level);
    }

    private static CommandStartedEvent started(BsonDocument command) {
        String name = command.isEmpty() ? "saslStart" : command.getFirstKey();
        return new CommandStartedEvent(12, 7, CONNECTION, "app", name, command, null);
    }

    private static CommandSucceededEvent succeeded(Duration elapsed) {
        return new CommandSucceededEvent(
                12, 7, CONNECTION, "app", "find", elapsed, BsonDocument.parse("{ok: 1, n: 5}"), null);
    }

    private static CommandFailedEvent failed(Throwable failure) {
        return new CommandFailedEvent(
                12, 7, CONNECTION, "app", "insert", Duration.ofNanos(2_345_678), failure, new ObjectId());
    }

    private static MongoCommandException duplicateKey() {
        MongoCommandException refused = new MongoCommandException(
                "refused: dup key {name: \"Ada\"}\nWARN forged line",
                11000,
                "DuplicateKey",
                "dup key {name: \"Ada\"}",
                new BsonDocument("ok", new BsonInt32(0)),
                SERVER);
        refused.addLabel("SomeLabel");
        return refused;
    }

    @Test
    void aStartedCommandIsOneReadableLineWithKeysAndValues() {
        new CommandLogger().commandStarted(started(BsonDocument.parse("{find: 'people', filter: {name: 'Ada'}}")));

        ILoggingEvent line = lines.one();
        assertThat(line.getLevel()).isEqualTo(Level.DEBUG);
        assertThat(line.getFormattedMessage())
                .isEqualTo("Command find on app.people started (request 12 of operation 7 on db1:27017#3/88):"
                        + " {\"find\": \"people\", \"filter\": {\"name\": \"Ada\"}}");
        Map.of(
                        "event",
                        "commandStarted",
                        "commandName",
                        "find",
                        "databaseName",
                        "app",
                        "collection",
                        "people",
                        "requestId",
                        12L,
                        "operationId",
                        7L,
                        "driverConnectionId",
                        3L,
                        "serverConnectionId",
                        88L,
                        "serverHost",
                        "db1",
                        "serverPort",
                        27017)
                .forEach((key, value) ->
                        assertThat(Lines.value(line, key)).as(key).isEqualTo(value));
        assertThat(Lines.value(line, "command")).isEqualTo("{\"find\": \"people\", \"filter\": {\"name\": \"Ada\"}}");
        assertThat(Lines.value(line, "serviceId")).isEqualTo("absent");
    }

    @Test
    void aGetMoreNamesItsCollectionToo() {
        new CommandLogger()
                .commandStarted(started(BsonDocument.parse("{getMore: {$numberLong: '77'}, collection: 'people'}")));

        assertThat(lines.one().getFormattedMessage()).startsWith("Command getMore on app.people started");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dropUser",
                "createUser",
                "updateUser",
                "usersInfo",
                "grantRolesToUser",
                "createRole",
                "dropRole",
                "revokeRolesFromRole"
            })
    void whatACommandIsAboutIsNoCollectionWhereItIsAUserOrARole(String command) {
        new CommandLogger(CommandLogOptions.DEFAULT.detail(Detail.NONE))
                .commandStarted(started(BsonDocument.parse("{" + command + ": 'bob'}")));

        assertThat(lines.one().getFormattedMessage())
                .startsWith("Command " + command + " on app started (request 12")
                .doesNotContain("bob");
        assertThat(Lines.value(lines.one(), "collection")).isEqualTo("absent");
    }

    @Test
    void outcomesHaveTheirOwnLevels() {
        CommandLogger logger = new CommandLogger();
        logger.commandSucceeded(succeeded(Duration.ofNanos(1_234_567)));
        logger.commandFailed(failed(duplicateKey()));

        assertThat(lines.all()).extracting(ILoggingEvent::getLevel).containsExactly(Level.DEBUG, Level.WARN);
        assertThat(lines.texts().get(0))
                .isEqualTo("Command find on app succeeded in 1.235 ms (request 12 of operation 7 on db1:27017#3/88):"
                        + " {\"ok\": 1, \"n\": 5}");
        assertThat(Lines.value(lines.all().get(0), "durationMS")).isEqualTo(1.235);
        assertThat(Lines.value(lines.all().get(1), "code")).isEqualTo(11000);
        assertThat(Lines.value(lines.all().get(1), "serviceId")).isInstanceOf(String.class);
    }

    @Test
    void namesAndLevelsAreTheUsersChoice() {
        CommandLogger logger = new CommandLogger(CommandLogOptions.DEFAULT
                .loggerName("my.app.mongo")
                .startedLevel(org.slf4j.event.Level.TRACE)
                .succeededLevel(org.slf4j.event.Level.INFO)
                .failedLevel(org.slf4j.event.Level.ERROR));
        try (Lines mine = new Lines("my.app.mongo", Level.TRACE)) {
            logger.commandStarted(started(FIND));
            logger.commandSucceeded(succeeded(Duration.ofDays(1)));
            logger.commandFailed(failed(duplicateKey()));

            assertThat(mine.all())
                    .extracting(ILoggingEvent::getLevel)
                    .containsExactly(Level.TRACE, Level.INFO, Level.ERROR);
        }
        assertThat(lines.all()).isEmpty();
    }

    @Test
    void whatTakesLongIsSlow() {
        CommandLogger logger = new CommandLogger(
                CommandLogOptions.DEFAULT.slowAfter(Duration.ofMillis(100)).slowLevel(org.slf4j.event.Level.WARN));
        logger.commandSucceeded(succeeded(Duration.ofNanos(99_999_999)));
        logger.commandSucceeded(succeeded(Duration.ofMillis(100)));

        assertThat(lines.all()).extracting(ILoggingEvent::getLevel).containsExactly(Level.DEBUG, Level.WARN);
        assertThat(lines.texts().get(1)).startsWith("Command find on app was slow: 100.0 ms");
        assertThat(Lines.value(lines.all().get(0), "slow")).isEqualTo("absent");
        assertThat(Lines.value(lines.all().get(1), "slow")).isEqualTo(true);
    }

    /** Cannot be looked at. */
    private static BsonDocument untouchable() {
        return new BsonDocument() {
            private static final long serialVersionUID = 1L;

            @Override
            public Set<Map.Entry<String, BsonValue>> entrySet() {
                throw new AssertionError("looked at");
            }

            @Override
            public BsonValue get(Object key) {
                throw new AssertionError("looked at");
            }

            @Override
            public BsonReader asBsonReader() {
                throw new AssertionError("looked at");
            }
        };
    }

    @Test
    void aDocumentIsNotLookedAtWhileItsLevelIsOff() {
        at(Level.INFO);
        CommandLogger logger = new CommandLogger(CommandLogOptions.DEFAULT.failedLevel(org.slf4j.event.Level.DEBUG));
        BsonDocument untouchable = untouchable();
        logger.commandStarted(new CommandStartedEvent(1, 1, CONNECTION, "app", "find", untouchable, null));
        logger.commandSucceeded(
                new CommandSucceededEvent(1, 1, CONNECTION, "app", "find", Duration.ZERO, untouchable, null));
        logger.commandFailed(failed(duplicateKey()));

        assertThat(lines.all()).isEmpty();
        at(Level.DEBUG);
        assertThatThrownBy(() -> logger.commandSucceeded(
                        new CommandSucceededEvent(1, 1, CONNECTION, "app", "find", Duration.ZERO, untouchable, null)))
                .hasMessage("looked at");
    }

    @Test
    void withNamesAloneNoValueIsShown() {
        new CommandLogger(CommandLogOptions.DEFAULT.detail(Detail.NAMES)).commandStarted(started(FIND));

        assertThat(Lines.value(lines.one(), "command"))
                .isEqualTo("{\"find\": ?, \"filter\": {\"name\": ?, \"born\": ?}, \"sort\": {\"at\": ?},"
                        + " \"in\": [?, {\"x\": ?}], \"re\": ?, \"b\": ?}");
        assertThat(lines.one().getFormattedMessage()).doesNotContain("Ada").doesNotContain("1815");
    }

    @Test
    void everyKindOfValueIsHidden() {
        BsonDocument all = BsonDocument.parse("{a: {$numberInt: '7771'}, b: {$numberLong: '7772'}, c: 7773.5,"
                        + " d: {$numberDecimal: '7774'}, e: {$oid: '777777777777777777777777'},"
                        + " f: {$timestamp: {t: 7775, i: 7776}}, g: {$symbol: '7777'}, h: {$code: '7778'},"
                        + " i: {$code: '7779', $scope: {x: '7770'}}, j: {$undefined: true}, k: {$minKey: 1}, l: {$maxKey: 1},"
                        + " m: true, n: null}")
                .append("o", new BsonDbPointer("app.people", new ObjectId("777777777777777777777777")));
        new CommandLogger(CommandLogOptions.DEFAULT.detail(Detail.NAMES)).commandStarted(started(all));

        assertThat(Lines.value(lines.one(), "command").toString())
                .doesNotContain("777")
                .doesNotContain("true")
                .doesNotContain("null");
    }

    @Test
    void withoutDetailThereIsNoDocumentAtAll() {
        CommandLogger logger = new CommandLogger(CommandLogOptions.DEFAULT.detail(Detail.NONE));
        logger.commandStarted(started(FIND));
        logger.commandSucceeded(succeeded(Duration.ofMillis(1)));

        assertThat(lines.texts()).allSatisfy(text -> assertThat(text).endsWith(")"));
        assertThat(lines.all()).allSatisfy(line -> {
            assertThat(Lines.value(line, "command")).isEqualTo("absent");
            assertThat(Lines.value(line, "reply")).isEqualTo("absent");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Detail.class,
            names = {"NONE", "NAMES"})
    void aServersWordsAreHiddenWithTheValuesThatTheyMayQuote(Detail detail) {
        CommandLogger logger = new CommandLogger(CommandLogOptions.DEFAULT.detail(detail));
        logger.commandFailed(failed(duplicateKey()));
        logger.commandFailed(
                failed(new MongoConnectionException("db1:27017 closed the connection", null, SERVER, false)));

        assertThat(lines.texts().get(0))
                .endsWith(": MongoCommandException, code 11000 (DuplicateKey), [SomeLabel]")
                .doesNotContain("Ada");
        assertThat(lines.texts().get(1)).endsWith(": MongoConnectionException: db1:27017 closed the connection");
    }

    @Test
    void noDataBreaksALineOrForgesOne() {
        CommandLogger logger = new CommandLogger();
        logger.commandStarted(started(new BsonDocument("find", new BsonString("people\nINFO forged\u2028\u202e"))));
        logger.commandFailed(failed(duplicateKey()));

        assertThat(lines.all()).hasSize(2).allSatisfy(line -> {
            assertThat(line.getFormattedMessage()).doesNotContainPattern("[\\p{Cntrl}\u2028\u202e]");
            assertThat(line.getKeyValuePairs()).allSatisfy(pair -> assertThat(String.valueOf(pair.value))
                    .doesNotContainPattern("[\\p{Cntrl}\u2028\u202e]"));
        });
        assertThat(lines.texts().get(0)).startsWith("Command find on app.people\\nINFO forged\\u2028\\u202e started");
        assertThat(lines.texts().get(1)).contains("\\nWARN forged line");
    }

    @Test
    void ofALongDocumentOnlyTheBeginningIsShownOrRead() {
        BsonDocument insert = new BsonDocument("insert", new BsonString("people"));
        insert.append("documents", new BsonArray() {
            @Override
            public java.util.Iterator<BsonValue> iterator() {
                throw new AssertionError("looked at");
            }
        });
        new CommandLogger(CommandLogOptions.DEFAULT.maxDocumentLength(10)).commandStarted(started(insert));

        assertThat(Lines.value(lines.one(), "command")).isEqualTo("{\"insert\":...");
    }

    @Test
    void aLongFailureIsCutToo() {
        new CommandLogger(CommandLogOptions.DEFAULT.maxDocumentLength(7)).commandFailed(failed(duplicateKey()));

        assertThat(Lines.value(lines.one(), "failure")).isEqualTo("MongoCommandException: refused...");
    }

    @Test
    void optionsThatCannotBeAreRefused() {
        CommandLogOptions options = CommandLogOptions.DEFAULT;
        assertThatThrownBy(() -> options.loggerName("")).hasMessageContaining("loggerName");
        assertThatThrownBy(() -> options.slowAfter(Duration.ZERO)).hasMessageContaining("slowAfter");
        assertThatThrownBy(() -> options.maxDocumentLength(-1)).hasMessageContaining("maxDocumentLength");
        assertThatThrownBy(() -> ServerLogger.DEFAULT.loggerName("")).hasMessageContaining("loggerName");
    }
}
