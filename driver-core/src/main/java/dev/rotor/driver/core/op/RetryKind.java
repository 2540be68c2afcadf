package dev.rotor.driver.core.op;

/** By which specification's rules an operation may be sent again. */
public enum RetryKind {
    /** Never. */
    NONE,
    /** Retryable Reads. */
    READ,
    /** Retryable Writes: with a transaction number, so that the server applies it once. */
    WRITE
}
