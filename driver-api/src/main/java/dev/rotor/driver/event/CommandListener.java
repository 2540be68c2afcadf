package dev.rotor.driver.event;

/**
 * Hears of every command that is sent, as the Command Logging and Monitoring specification defines it: each started
 * event is followed by exactly one succeeded or failed event with the same request id. Handshakes, authentication and
 * heartbeats of the monitors are heard of only where the specification says so.
 *
 * <p><b>Redaction.</b> Commands that carry secrets ({@code saslStart}, {@code saslContinue}, {@code getnonce},
 * {@code authenticate}, {@code createUser}, {@code updateUser}, {@code copydbgetnonce}, {@code copydbsaslstart},
 * {@code copydb}, and {@code hello} with speculative authentication) come with an empty command, an empty reply, and a
 * failure without the server's reply. The driver does so before any listener is called.
 *
 * <p>Listeners are called on the thread that sends or receives, often an event loop: they must be quick and must not
 * block. What they throw is logged and goes no further.
 */
public interface CommandListener {

    /**
     * A command is about to be sent.
     *
     * @param event what is sent, and where
     */
    default void commandStarted(CommandStartedEvent event) {}

    /**
     * A command was answered with {@code ok: 1}; writes in it may have failed all the same. A command without an answer
     * (an unacknowledged write) succeeds when it has been sent.
     *
     * @param event the answer, and how long it took
     */
    default void commandSucceeded(CommandSucceededEvent event) {}

    /**
     * A command was answered with {@code ok: 0}, or not at all.
     *
     * @param event what went wrong, and how long it took
     */
    default void commandFailed(CommandFailedEvent event) {}
}
