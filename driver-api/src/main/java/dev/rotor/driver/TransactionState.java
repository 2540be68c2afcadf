package dev.rotor.driver;

/** Where a {@link ClientSession} stands with its transaction, as the Transactions specification defines it. */
public enum TransactionState {
    /** There is no transaction: none was started, or an operation outside of one followed the last. */
    NONE,
    /** A transaction was started, but no command of it was sent. */
    STARTING,
    /** Commands of the transaction were sent. */
    IN_PROGRESS,
    /** Its commit was asked for, whether or not it succeeded. */
    COMMITTED,
    /** It was aborted. */
    ABORTED
}
