package dev.rotor.driver.core.op;

/**
 * Which of {@code retryReads} and {@code retryWrites} must be on for a command to be sent again to a deployment that
 * was overloaded: "Overload retry policy" of the Client Backpressure specification.
 */
enum CommandKind {
    /** It reads: {@code retryReads}. */
    READ,
    /** It writes: {@code retryWrites}. */
    WRITE,
    /** The user's own command, into which the driver does not look: both. */
    GIVEN
}
