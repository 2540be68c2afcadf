package dev.rotor.driver;

import java.io.Serial;

/**
 * Code that runs on one of the client's event loops tried to wait for a result. The loop would have had to deliver that
 * result, so it would have waited for ever; the driver refuses at once instead. Chain with {@code thenCompose}, or set
 * {@code completionExecutor} so that completions run elsewhere.
 */
public final class MongoLoopBlockedException extends MongoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param thread the name of the loop's thread
     */
    public MongoLoopBlockedException(String thread) {
        super(
                "Waiting for a result on event loop thread \"" + thread + "\" would block it for ever. Chain with"
                        + " thenCompose, or set completionExecutor so that completions run on another thread.",
                null);
    }
}
