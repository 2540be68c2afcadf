package dev.rotor.driver.core.op;

/**
 * Which writes of a bulk write one command takes, and with them whether it can be retried: not when one of them may
 * touch several documents.
 */
final class BatchBounds {

    /** What servers take in one command unless they say otherwise. */
    private static final int USUAL_BATCH_COUNT = 100_000;

    private final int left;
    private final int firstMulti;

    private int most;
    private int written;

    /**
     * Makes the bounds.
     *
     * @param left how many writes there are for this command and those after it
     * @param firstMulti how many of them come before the first that may touch several documents
     */
    BatchBounds(int left, int firstMulti) {
        this.left = left;
        this.firstMulti = firstMulti;
        this.most = Math.min(left, USUAL_BATCH_COUNT);
    }

    /** A server is known; another attempt never has more writes than the first, by which the retry was judged. */
    void limit(int maxBatchCount) {
        most = Math.min(written == 0 ? left : written, maxBatchCount);
    }

    /** How many writes there may be in the command. */
    int most() {
        return most;
    }

    /** So many writes had room in the message. */
    void written(int count) {
        written = count;
        most = count;
    }

    /** How many writes the command had. */
    int written() {
        return written;
    }

    /** By which rules the command may be sent again, as far as its writes are known. */
    RetryKind retryKind() {
        return firstMulti < most ? RetryKind.NONE : RetryKind.WRITE;
    }
}
