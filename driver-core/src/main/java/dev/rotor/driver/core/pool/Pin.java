package dev.rotor.driver.core.pool;

/** What a connection behind a load balancer is kept checked out for, beyond one operation. */
public enum Pin {
    /** For one operation only. */
    NONE,
    /** For a cursor, until it is exhausted or closed. */
    CURSOR,
    /** For a transaction, until it has ended. */
    TRANSACTION
}
