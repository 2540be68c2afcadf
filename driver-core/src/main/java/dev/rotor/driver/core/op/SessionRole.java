package dev.rotor.driver.core.op;

/** What an operation is to the explicit session that it is done in. */
enum SessionRole {
    /** Any operation: belongs to the transaction in progress, if there is one. */
    OPERATION,
    /** Continues or ends a cursor, and belongs to what the cursor was opened in. */
    CURSOR,
    /** {@code commitTransaction}. */
    COMMIT,
    /** {@code abortTransaction}. */
    ABORT;

    /** Whether it ends the transaction rather than being done in it. */
    boolean endsTransaction() {
        return this == COMMIT || this == ABORT;
    }
}
