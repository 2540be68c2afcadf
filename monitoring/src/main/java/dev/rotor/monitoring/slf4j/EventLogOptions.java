package dev.rotor.monitoring.slf4j;

import java.util.Objects;
import org.slf4j.event.Level;

/**
 * Where and how one of the listeners writes that has no documents to show.
 *
 * @param loggerName the logger; not empty
 * @param level of what is as it should be
 * @param failureLevel of what is not; each listener says what that is
 */
public record EventLogOptions(String loggerName, Level level, Level failureLevel) {

    /** Checks the components. */
    public EventLogOptions {
        LogChecks.name(loggerName);
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(failureLevel, "failureLevel");
    }

    /**
     * The same for another logger.
     *
     * @param loggerName the logger; not empty
     * @return a copy
     * @throws IllegalArgumentException if it is empty
     */
    public EventLogOptions loggerName(String loggerName) {
        return new EventLogOptions(loggerName, level, failureLevel);
    }

    /**
     * The same at another level.
     *
     * @param level of what is as it should be
     * @return a copy
     */
    public EventLogOptions level(Level level) {
        return new EventLogOptions(loggerName, level, failureLevel);
    }

    /**
     * The same with another level for what is not as it should be.
     *
     * @param failureLevel of failures
     * @return a copy
     */
    public EventLogOptions failureLevel(Level failureLevel) {
        return new EventLogOptions(loggerName, level, failureLevel);
    }
}
