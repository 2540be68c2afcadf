package dev.rotor.testserver.failpoint;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * When a fail point is active.
 *
 * @param kind which
 * @param count of {@code times} and {@code skip}
 */
record FailPointMode(Kind kind, long count) {

    enum Kind {
        OFF,
        ALWAYS_ON,
        TIMES,
        SKIP
    }

    /** Reads {@code mode} of configureFailPoint. */
    static FailPointMode parse(@Nullable Object mode) {
        if (mode instanceof String text) {
            return switch (text) {
                case "off" -> new FailPointMode(Kind.OFF, 0);
                case "alwaysOn" -> new FailPointMode(Kind.ALWAYS_ON, 0);
                default -> throw new CommandError(ErrorCode.BAD_VALUE, "unknown mode: " + text);
            };
        }
        if (mode instanceof Document document) {
            if (document.get("times") instanceof Number times) {
                return new FailPointMode(Kind.TIMES, notNegative("times", times.longValue()));
            }
            if (document.get("skip") instanceof Number skip) {
                return new FailPointMode(Kind.SKIP, notNegative("skip", skip.longValue()));
            }
            throw new CommandError(ErrorCode.BAD_VALUE, "'mode' must be one of 'off', 'alwaysOn', 'times', and 'skip'");
        }
        throw new CommandError(ErrorCode.TYPE_MISMATCH, "'mode' must be a string or JSON object");
    }

    private static long notNegative(String name, long count) {
        if (count < 0) {
            throw new CommandError(ErrorCode.BAD_VALUE, "'" + name + "' option to 'mode' must be positive");
        }
        return count;
    }
}
