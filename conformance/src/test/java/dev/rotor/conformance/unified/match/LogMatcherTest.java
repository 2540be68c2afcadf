package dev.rotor.conformance.unified.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class LogMatcherTest {

    private static final LogEntry STARTED =
            new LogEntry("debug", "command", BsonDocument.parse("{message: 'Command started', commandName: 'ping'}"));
    private static final LogEntry FAILED = new LogEntry(
            "debug", "command", BsonDocument.parse("{message: 'Command failed', failure: 'code 1: REDACTED'}"));
    private static final String EXPECT_STARTED =
            "{level: 'debug', component: 'command', data: {message: 'Command started'}}";
    private static final String EXPECT_FAILED =
            "{level: 'debug', component: 'command', data: {message: 'Command failed'}}";

    private final LogMatcher matcher = new LogMatcher(new Matcher(new FixedValues()));

    @Test
    void messagesMustBeThoseExpectedInOrder() {
        assertThat(matches("messages: [" + EXPECT_STARTED + ", " + EXPECT_FAILED + "]", STARTED, FAILED))
                .isTrue();
        assertThat(matches("messages: [" + EXPECT_FAILED + ", " + EXPECT_STARTED + "]", STARTED, FAILED))
                .isFalse();
        assertThat(matches("messages: [" + EXPECT_STARTED + "]", STARTED, FAILED))
                .isFalse();
        assertThat(matches("messages: [" + EXPECT_STARTED + ", " + EXPECT_FAILED + "]", STARTED))
                .isFalse();
        assertThat(matches("messages: []", STARTED)).isFalse();
    }

    @Test
    void moreMessagesMayFollowWhereTheCaseIgnoresThem() {
        assertThat(matches("messages: [" + EXPECT_STARTED + "], ignoreExtraMessages: true", STARTED, FAILED))
                .isTrue();
        assertThat(matches("messages: [" + EXPECT_FAILED + "], ignoreExtraMessages: true", STARTED, FAILED))
                .isFalse();
    }

    @Test
    void ignoredMessagesDoNotCount() {
        assertThat(matches(
                        "messages: [" + EXPECT_FAILED + "], ignoreMessages: [" + EXPECT_STARTED + "]", STARTED, FAILED))
                .isTrue();
        assertThat(matches("messages: [" + EXPECT_STARTED + "], ignoreMessages: [" + EXPECT_STARTED + "]", STARTED))
                .isFalse();
    }

    @Test
    void levelComponentAndDataAreCompared() {
        assertThat(matches(
                        "messages: [{level: 'info', component: 'command', data: {message: 'Command started'}}]",
                        STARTED))
                .isFalse();
        assertThat(matches(
                        "messages: [{level: 'debug', component: 'topology', data: {message: 'Command started'}}]",
                        STARTED))
                .isFalse();
        assertThat(matches("messages: [{level: 'debug', component: 'command', data: {commandName: 'find'}}]", STARTED))
                .isFalse();
    }

    @Test
    void redactionOfAFailureIsCompared() {
        LogEntry open = new LogEntry(
                "debug", "command", BsonDocument.parse("{message: 'Command failed', failure: 'code 1: {ok: 0}'}"));
        String redacted = "messages: [{level: 'debug', component: 'command', failureIsRedacted: true, data: {}}]";
        String shown = "messages: [{level: 'debug', component: 'command', failureIsRedacted: false, data: {}}]";

        assertThat(matches(redacted, FAILED)).isTrue();
        assertThat(matches(redacted, open)).isFalse();
        assertThat(matches(shown, open)).isTrue();
        assertThat(matches(shown, FAILED)).isFalse();
        assertThat(matches(redacted, STARTED)).isFalse();
        assertThat(matches(shown, STARTED)).isFalse();
    }

    @Test
    void aFieldThatIsNotKnownIsRefused() {
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(
                        () -> matches("messages: [{level: 'debug', component: 'command', data: {}, x: 1}]", STARTED));
    }

    private boolean matches(String expected, LogEntry... entries) {
        try {
            matcher.assertMessages(BsonDocument.parse("{client: 'client0', " + expected + "}"), List.of(entries));
            return true;
        } catch (AssertionError mismatch) {
            return false;
        }
    }
}
