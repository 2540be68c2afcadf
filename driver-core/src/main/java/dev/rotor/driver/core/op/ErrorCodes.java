package dev.rotor.driver.core.op;

/** Server error codes that the specifications attach rules to. */
final class ErrorCodes {

    static final int HOST_UNREACHABLE = 6;
    static final int HOST_NOT_FOUND = 7;
    static final int ILLEGAL_OPERATION = 20;
    static final int NAMESPACE_NOT_FOUND = 26;
    static final int CURSOR_NOT_FOUND = 43;
    static final int NAMESPACE_EXISTS = 48;
    static final int MAX_TIME_MS_EXPIRED = 50;
    static final int UNKNOWN_REPL_WRITE_CONCERN = 79;
    static final int NETWORK_TIMEOUT = 89;
    static final int SHUTDOWN_IN_PROGRESS = 91;
    static final int UNSATISFIABLE_WRITE_CONCERN = 100;
    static final int READ_CONCERN_MAJORITY_NOT_AVAILABLE_YET = 134;
    static final int PRIMARY_STEPPED_DOWN = 189;
    static final int EXCEEDED_TIME_LIMIT = 262;
    static final int REAUTHENTICATION_REQUIRED = 391;
    static final int SOCKET_EXCEPTION = 9001;
    static final int NOT_WRITABLE_PRIMARY = 10107;
    static final int INTERRUPTED_AT_SHUTDOWN = 11600;
    static final int INTERRUPTED_DUE_TO_REPL_STATE_CHANGE = 11602;
    static final int NOT_PRIMARY_NO_SECONDARY_OK = 13435;
    static final int NOT_PRIMARY_OR_SECONDARY = 13436;

    private ErrorCodes() {}

    /** Retryable Writes, "Determining Retryable Write Errors": the codes of servers that do not label. */
    static boolean isRetryableWrite(int code) {
        return switch (code) {
            case HOST_UNREACHABLE,
                    HOST_NOT_FOUND,
                    NETWORK_TIMEOUT,
                    SHUTDOWN_IN_PROGRESS,
                    PRIMARY_STEPPED_DOWN,
                    EXCEEDED_TIME_LIMIT,
                    SOCKET_EXCEPTION,
                    NOT_WRITABLE_PRIMARY,
                    INTERRUPTED_AT_SHUTDOWN,
                    INTERRUPTED_DUE_TO_REPL_STATE_CHANGE,
                    NOT_PRIMARY_NO_SECONDARY_OK,
                    NOT_PRIMARY_OR_SECONDARY -> true;
            default -> false;
        };
    }

    /** Retryable Reads, "Retryable Error". */
    static boolean isRetryableRead(int code) {
        return code == READ_CONCERN_MAJORITY_NOT_AVAILABLE_YET || isRetryableWrite(code);
    }
}
