package dev.rotor.monitoring.slf4j;

import java.util.Objects;

/** What options must be like. */
final class LogChecks {

    private LogChecks() {}

    static void name(String loggerName) {
        if (Objects.requireNonNull(loggerName, "loggerName").isEmpty()) {
            throw new IllegalArgumentException("loggerName must not be empty");
        }
    }
}
