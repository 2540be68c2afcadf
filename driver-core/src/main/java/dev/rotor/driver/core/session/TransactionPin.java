package dev.rotor.driver.core.session;

import dev.rotor.driver.core.future.Forgotten;
import java.lang.ref.Cleaner;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction's hold on its connection behind a load balancer. A session that is forgotten in the middle of a
 * transaction would keep the connection from everyone else for ever, so the hold ends with the session's last user.
 */
final class TransactionPin implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.rotor.driver.connection");

    private final PinnedConnection connection;
    private final AtomicBoolean released = new AtomicBoolean();
    /** Set before anybody else has this. */
    private Cleaner.@Nullable Cleanable watch;

    private TransactionPin(PinnedConnection connection) {
        this.connection = connection;
    }

    /** Holds a connection for as long as the transaction can be reached. */
    static TransactionPin of(SessionTransaction transaction, PinnedConnection connection) {
        TransactionPin pin = new TransactionPin(connection);
        pin.watch = Forgotten.watch(transaction, pin);
        return pin;
    }

    PinnedConnection connection() {
        return connection;
    }

    /** The transaction needs it no more. */
    void release() {
        if (released.compareAndSet(false, true)) {
            Cleaner.Cleanable watching = watch;
            if (watching != null) {
                watching.clean();
            }
            connection.release();
        }
    }

    /** The session has been forgotten: on the cleaner's thread, which must not meet whoever waits for a connection. */
    @Override
    public void run() {
        if (!released.compareAndSet(false, true)) {
            return;
        }
        try {
            connection.connection().loop().execute(() -> {
                LOG.warn(
                        "A session was never closed in the middle of a transaction, so its connection to {} goes back"
                                + " now, late: close sessions; the server aborts the transaction when its time is over",
                        connection.server().address());
                connection.release();
            });
        } catch (RejectedExecutionException e) {
            // The client is closed, and with it the connection.
            LOG.trace("A session was left open until after its client was closed", e);
        }
    }
}
