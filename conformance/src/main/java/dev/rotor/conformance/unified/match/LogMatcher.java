package dev.rotor.conformance.unified.match;

import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Compares log messages with {@code expectedLogMessage} objects. */
public final class LogMatcher {

    private static final Set<String> FIELDS = Set.of("level", "component", "failureIsRedacted", "data");
    /** What the driver writes in place of a server's reply that must not be shown. */
    private static final String REDACTED = "REDACTED";

    private final Matcher matcher;

    /** @param matcher compares the data of the messages */
    public LogMatcher(Matcher matcher) {
        this.matcher = matcher;
    }

    /**
     * Fails unless the messages are those expected, in that order.
     *
     * @param expected an {@code expectedLogMessagesForClient} object
     * @param entries what the client logged
     */
    public void assertMessages(BsonDocument expected, List<LogEntry> entries) {
        List<LogEntry> relevant = relevant(expected, entries);
        BsonArray messages = expected.getArray("messages");
        boolean ignoreExtra =
                expected.getBoolean("ignoreExtraMessages", BsonBoolean.FALSE).getValue();
        for (int i = 0; i < Math.min(messages.size(), relevant.size()); i++) {
            try {
                assertMatches(messages.get(i).asDocument(), relevant.get(i), "log message " + i);
            } catch (AssertionError mismatch) {
                throw new AssertionError(mismatch.getMessage() + "; logged " + relevant, mismatch);
            }
        }
        if (relevant.size() < messages.size() || (relevant.size() > messages.size() && !ignoreExtra)) {
            throw new AssertionError(
                    "expected " + messages.size() + " log messages but there are " + relevant.size() + ": " + relevant);
        }
    }

    /**
     * Whether as many messages are there as are expected.
     *
     * @param expected an {@code expectedLogMessagesForClient} object
     * @param entries what the client logged so far
     */
    public boolean isComplete(BsonDocument expected, List<LogEntry> entries) {
        return relevant(expected, entries).size()
                >= expected.getArray("messages").size();
    }

    /** All but those that are to be ignored. */
    private List<LogEntry> relevant(BsonDocument expected, List<LogEntry> entries) {
        BsonArray ignored = expected.getArray("ignoreMessages", new BsonArray());
        return entries.stream()
                .filter(entry -> ignored.stream().noneMatch(each -> matches(each.asDocument(), entry)))
                .toList();
    }

    private boolean matches(BsonDocument expected, LogEntry entry) {
        try {
            assertMatches(expected, entry, "");
            return true;
        } catch (AssertionError mismatch) {
            return false;
        }
    }

    private void assertMatches(BsonDocument expected, LogEntry entry, String path) {
        for (String field : expected.keySet()) {
            if (!FIELDS.contains(field)) {
                throw new RunnerException("the runner does not know the field " + field + " of a log message");
            }
        }
        same(expected, "level", entry.level(), path);
        same(expected, "component", entry.component(), path);
        if (expected.containsKey("failureIsRedacted")) {
            redaction(
                    expected.getBoolean("failureIsRedacted").getValue(),
                    entry.data().get("failure"),
                    path);
        }
        matcher.assertMatches(expected.getDocument("data"), entry.data(), true, path + ".data");
    }

    private static void same(BsonDocument expected, String field, String actual, String path) {
        String wanted = expected.getString(field).getValue();
        if (!wanted.equals(actual)) {
            throw Matcher.mismatch(path + '.' + field, "expected " + wanted + " but there is " + actual);
        }
    }

    private static void redaction(boolean expected, @Nullable BsonValue failure, String path) {
        if (failure == null || !failure.isString()) {
            throw Matcher.mismatch(path, "has no failure");
        }
        if (failure.asString().getValue().endsWith(REDACTED) != expected) {
            throw Matcher.mismatch(
                    path, "the failure is " + (expected ? "not redacted: " : "redacted: ") + Matcher.text(failure));
        }
    }
}
