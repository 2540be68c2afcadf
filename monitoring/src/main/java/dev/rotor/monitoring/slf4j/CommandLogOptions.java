package dev.rotor.monitoring.slf4j;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Where and how {@link CommandLogger} writes.
 *
 * @param loggerName the logger; not empty
 * @param startedLevel of commands that are sent
 * @param succeededLevel of commands that have succeeded
 * @param failedLevel of commands that have failed
 * @param slowAfter from which duration on a command that has succeeded is slow; positive; {@code null}: none is
 * @param slowLevel of slow commands
 * @param detail how much of commands and replies is shown
 * @param maxDocumentLength how many characters of a command, a reply or a failure's message are shown, 0 or more
 */
public record CommandLogOptions(
        String loggerName,
        Level startedLevel,
        Level succeededLevel,
        Level failedLevel,
        @Nullable Duration slowAfter,
        Level slowLevel,
        Detail detail,
        int maxDocumentLength) {

    /**
     * The logger {@code dev.rotor.monitoring.command}; {@code DEBUG} for what starts and succeeds, {@code WARN} for
     * what fails; nothing is slow (if it were, then at {@code INFO}); documents up to 1000 characters.
     */
    public static final CommandLogOptions DEFAULT = new CommandLogOptions(
            "dev.rotor.monitoring.command",
            Level.DEBUG,
            Level.DEBUG,
            Level.WARN,
            null,
            Level.INFO,
            Detail.DOCUMENTS,
            1000);

    /** Checks the components. */
    public CommandLogOptions {
        LogChecks.name(loggerName);
        Objects.requireNonNull(startedLevel, "startedLevel");
        Objects.requireNonNull(succeededLevel, "succeededLevel");
        Objects.requireNonNull(failedLevel, "failedLevel");
        Objects.requireNonNull(slowLevel, "slowLevel");
        Objects.requireNonNull(detail, "detail");
        if (slowAfter != null && (slowAfter.isNegative() || slowAfter.isZero())) {
            throw new IllegalArgumentException("slowAfter must be positive: " + slowAfter);
        }
        if (maxDocumentLength < 0) {
            throw new IllegalArgumentException("maxDocumentLength must not be negative: " + maxDocumentLength);
        }
    }

    /**
     * The same for another logger.
     *
     * @param loggerName the logger; not empty
     * @return a copy
     * @throws IllegalArgumentException if it is empty
     */
    public CommandLogOptions loggerName(String loggerName) {
        return new CommandLogOptions(
                loggerName, startedLevel, succeededLevel, failedLevel, slowAfter, slowLevel, detail, maxDocumentLength);
    }

    /**
     * The same with another level for commands that are sent.
     *
     * @param startedLevel their level
     * @return a copy
     */
    public CommandLogOptions startedLevel(Level startedLevel) {
        return new CommandLogOptions(
                loggerName, startedLevel, succeededLevel, failedLevel, slowAfter, slowLevel, detail, maxDocumentLength);
    }

    /**
     * The same with another level for commands that have succeeded.
     *
     * @param succeededLevel their level
     * @return a copy
     */
    public CommandLogOptions succeededLevel(Level succeededLevel) {
        return new CommandLogOptions(
                loggerName, startedLevel, succeededLevel, failedLevel, slowAfter, slowLevel, detail, maxDocumentLength);
    }

    /**
     * The same with another level for commands that have failed.
     *
     * @param failedLevel their level
     * @return a copy
     */
    public CommandLogOptions failedLevel(Level failedLevel) {
        return new CommandLogOptions(
                loggerName, startedLevel, succeededLevel, failedLevel, slowAfter, slowLevel, detail, maxDocumentLength);
    }

    /**
     * The same with another notion of slow. A {@code getMore} of a change stream or of a tailable cursor takes as long
     * as the server waits for something to happen, and is slow by that.
     *
     * @param slowAfter from which duration on a command that has succeeded is slow; positive; {@code null}: none is
     * @return a copy
     * @throws IllegalArgumentException if it is zero or negative
     */
    public CommandLogOptions slowAfter(@Nullable Duration slowAfter) {
        return new CommandLogOptions(
                loggerName, startedLevel, succeededLevel, failedLevel, slowAfter, slowLevel, detail, maxDocumentLength);
    }

    /**
     * The same with another level for slow commands.
     *
     * @param slowLevel their level
     * @return a copy
     */
    public CommandLogOptions slowLevel(Level slowLevel) {
        return new CommandLogOptions(
                loggerName, startedLevel, succeededLevel, failedLevel, slowAfter, slowLevel, detail, maxDocumentLength);
    }

    /**
     * The same with more or less of commands and replies.
     *
     * @param detail how much of them is shown
     * @return a copy
     */
    public CommandLogOptions detail(Detail detail) {
        return new CommandLogOptions(
                loggerName, startedLevel, succeededLevel, failedLevel, slowAfter, slowLevel, detail, maxDocumentLength);
    }

    /**
     * The same with longer or shorter documents.
     *
     * @param maxDocumentLength how many characters of a command, a reply or a failure's message are shown, 0 or more
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public CommandLogOptions maxDocumentLength(int maxDocumentLength) {
        return new CommandLogOptions(
                loggerName, startedLevel, succeededLevel, failedLevel, slowAfter, slowLevel, detail, maxDocumentLength);
    }
}
