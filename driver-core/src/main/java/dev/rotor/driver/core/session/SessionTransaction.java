package dev.rotor.driver.core.session;

import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TransactionOptions;
import dev.rotor.driver.TransactionState;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.pool.Pin;
import dev.rotor.driver.core.topology.Server;
import dev.rotor.driver.core.topology.ServerSelector;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a session's transaction: the one mutable place behind {@link TransactionRules}. Guarded by the
 * session's lock.
 *
 * <p>What belongs to a transaction says to which, by {@link #current()}, so that an operation that ends late does not
 * meddle with the next one.
 */
public final class SessionTransaction {

    private final ReentrantLock lock;

    private TransactionState state = TransactionState.NONE;
    private TransactionOptions options = TransactionOptions.DEFAULT;
    /** Counts the transactions of the session. */
    private int current;
    /** The server session's number for it, 0 until it is needed. */
    private long number;
    /** How many transactions were started since a number was needed: each has one, also those that sent nothing. */
    private int unnumbered;
    /** Whether any command went out, so that there is something to commit or to abort. */
    private boolean sent;
    /** Whether a commit was tried that may have happened. */
    private boolean commitRepeated;

    /** Selects the mongos that the transaction runs on. */
    private @Nullable ServerSelector pinnedServer;
    /** Behind a load balancer, its connection. */
    private @Nullable TransactionPin pinnedConnection;
    /** The finished element {@code recoveryToken}, as the last reply had it. */
    private byte @Nullable [] recoveryToken;

    SessionTransaction(ReentrantLock lock) {
        this.lock = lock;
    }

    /** The state. */
    public TransactionState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /** Which transaction of the session this is. */
    public int current() {
        lock.lock();
        try {
            return current;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Starts a transaction.
     *
     * @param given how, with nothing but the times left open
     * @throws IllegalStateException if there is one in progress
     * @throws IllegalArgumentException if the write concern is unacknowledged
     */
    public void start(TransactionOptions given) {
        TransactionPin unpinned;
        lock.lock();
        try {
            TransactionState next = TransactionRules.start(state);
            TransactionRules.checkWriteConcern(writeConcern(given));
            state = next;
            options = given;
            current++;
            number = 0;
            unnumbered++;
            sent = false;
            commitRepeated = false;
            recoveryToken = null;
            unpinned = takePin();
        } finally {
            lock.unlock();
        }
        release(unpinned);
    }

    /**
     * An operation begins.
     *
     * @return to which transaction it belongs, or 0 for none; then what was pinned is pinned no more
     */
    public int begin() {
        TransactionPin unpinned;
        lock.lock();
        try {
            state = TransactionRules.operation(state);
            if (TransactionRules.isActive(state)) {
                return current;
            }
            recoveryToken = null;
            unpinned = takePin();
        } finally {
            lock.unlock();
        }
        release(unpinned);
        return 0;
    }

    /** Whether no command of this transaction went out yet, so that the next one begins it. */
    public boolean isStarting(int of) {
        lock.lock();
        try {
            return of == current && state == TransactionState.STARTING;
        } finally {
            lock.unlock();
        }
    }

    /** A command of this transaction goes out. */
    public void sent(int of) {
        lock.lock();
        try {
            if (of == current) {
                state = TransactionRules.sent(state);
                sent = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The server session's number for the current transaction. */
    public long number(ServerSession session) {
        lock.lock();
        try {
            for (; unnumbered > 0; unnumbered--) {
                number = session.nextTxnNumber();
            }
            return number;
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@code commitTransaction} is called.
     *
     * @return whether there is something to send
     * @throws IllegalStateException if there is nothing to commit
     */
    public boolean commit() {
        lock.lock();
        try {
            TransactionState next = TransactionRules.commit(state);
            commitRepeated = state == TransactionState.COMMITTED;
            state = next;
            return sent;
        } finally {
            lock.unlock();
        }
    }

    /** The commit goes out again, and nobody knows what became of it before. */
    public void repeatCommit() {
        lock.lock();
        try {
            commitRepeated = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@code abortTransaction} is called.
     *
     * @return whether there is something to send; otherwise what was pinned is pinned no more
     * @throws IllegalStateException if there is nothing to abort
     */
    public boolean abort() {
        TransactionPin unpinned;
        lock.lock();
        try {
            state = TransactionRules.abort(state);
            if (sent) {
                return true;
            }
            unpinned = takePin();
        } finally {
            lock.unlock();
        }
        release(unpinned);
        return false;
    }

    /**
     * The session ends: a transaction in progress is aborted.
     *
     * @return whether there is something to send
     */
    public boolean abortIfActive() {
        if (!TransactionRules.isActive(state())) {
            return false;
        }
        try {
            return abort();
        } catch (IllegalStateException endedMeanwhile) {
            return false;
        }
    }

    /** The write concern of the commit or abort that goes out now. */
    public WriteConcern writeConcern(boolean ofCommit) {
        lock.lock();
        try {
            WriteConcern given = writeConcern(options);
            return ofCommit && commitRepeated ? TransactionRules.ofRepeatedCommit(given) : given;
        } finally {
            lock.unlock();
        }
    }

    private static WriteConcern writeConcern(TransactionOptions options) {
        return Objects.requireNonNullElse(options.writeConcern(), WriteConcern.ACKNOWLEDGED);
    }

    /** The options of the current transaction. */
    public TransactionOptions options() {
        lock.lock();
        try {
            return options;
        } finally {
            lock.unlock();
        }
    }

    /** What the first command of the current transaction says of its read concern. */
    public ReadConcern readConcern() {
        return Objects.requireNonNullElse(options().readConcern(), ReadConcern.DEFAULT);
    }

    /** Whether servers would let the current transaction read, with its read preference. */
    public boolean readsFromPrimary() {
        return TransactionRules.isReadable(
                Objects.requireNonNullElse(options().readPreference(), ReadPreference.PRIMARY));
    }

    // ---- pinning ----

    /** From now on, commands of this transaction go to this mongos. */
    public void pin(int to, ServerAddress mongos) {
        lock.lock();
        try {
            if (to == current && TransactionRules.isActive(state) && pinnedServer == null) {
                pinnedServer = new ServerSelector(true, ReadPreference.PRIMARY, mongos);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * From now on, commands of this transaction go over this connection.
     *
     * @return the connection, held for the caller as well; {@code null} if it is not pinned, because the transaction is
     *     over, or another operation that overlaps this one has pinned another connection
     */
    public @Nullable PinnedConnection pin(int to, Server balancer, Connection connection) {
        PinnedConnection pinned;
        lock.lock();
        try {
            if (to != current || !TransactionRules.isActive(state) || pinnedConnection != null) {
                return null;
            }
            pinned = new PinnedConnection(balancer, connection).retain();
            pinnedConnection = TransactionPin.of(this, pinned);
        } finally {
            lock.unlock();
        }
        pinned.purpose(Pin.TRANSACTION);
        return pinned;
    }

    /** Selects the mongos of the current transaction; {@code null} when any will do. */
    public @Nullable ServerSelector pinnedServer() {
        lock.lock();
        try {
            return pinnedServer;
        } finally {
            lock.unlock();
        }
    }

    /** The connection of the current transaction, held for the caller as well; {@code null} when any will do. */
    public @Nullable PinnedConnection retainPinnedConnection() {
        lock.lock();
        try {
            TransactionPin pinned = pinnedConnection;
            return pinned == null ? null : pinned.connection().retain();
        } finally {
            lock.unlock();
        }
    }

    /** The address of what is pinned, or {@code null}. */
    public @Nullable ServerAddress pinnedAddress() {
        lock.lock();
        try {
            TransactionPin pinned = pinnedConnection;
            if (pinned != null) {
                return pinned.connection().server().address();
            }
            return pinnedServer == null ? null : pinnedServer.address();
        } finally {
            lock.unlock();
        }
    }

    /** The next command of this transaction may go anywhere. */
    public void unpin(int of) {
        TransactionPin unpinned;
        lock.lock();
        try {
            if (of != current) {
                return;
            }
            unpinned = takePin();
        } finally {
            lock.unlock();
        }
        release(unpinned);
    }

    /** Under the lock; whoever takes a connection out releases it afterwards. */
    private @Nullable TransactionPin takePin() {
        TransactionPin unpinned = pinnedConnection;
        pinnedConnection = null;
        pinnedServer = null;
        return unpinned;
    }

    private static void release(@Nullable TransactionPin unpinned) {
        if (unpinned != null) {
            unpinned.release();
        }
    }

    // ---- recovery token ----

    /** A reply of this transaction has told how it can be found again. */
    public void recoveryToken(int of, byte[] element) {
        lock.lock();
        try {
            if (of == current) {
                recoveryToken = element;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The finished element {@code recoveryToken}, or {@code null}. */
    public byte @Nullable [] recoveryToken() {
        lock.lock();
        try {
            return recoveryToken;
        } finally {
            lock.unlock();
        }
    }
}
