package dev.rotor.driver.core.session;

import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TransactionOptions;
import dev.rotor.driver.TransactionState;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.core.conn.Connection;
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
 * meddle with the next one. Of a transaction that is not the current one nothing is known any more: then what is asked
 * for here is what there is without any, and {@link #sent} keeps a command that was made of it from going out.
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

    /**
     * A command of this transaction goes out. To be asked last: transactions only follow one another, so if this one is
     * still the current one, all that was read for the command before belongs to it, too.
     *
     * @param of which one the command belongs to
     * @param operation whether it is one of the transaction's operations, of which none may follow its end; else a
     *     cursor's command, or the commit or abort itself
     * @return {@code false} if it must not go out, because the transaction is over
     */
    public boolean sent(int of, boolean operation) {
        lock.lock();
        try {
            if (of != current) {
                return false;
            }
            if (operation) {
                if (!TransactionRules.isActive(state)) {
                    return false;
                }
                state = TransactionRules.sent(state);
                sent = true;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The server session's number for this transaction; 0 if it is not the current one. */
    public long number(int of, ServerSession session) {
        lock.lock();
        try {
            if (of != current) {
                return 0;
            }
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
     * @return which transaction is to be committed by a command; 0 if there is nothing to send
     * @throws IllegalStateException if there is nothing to commit
     */
    public int commit() {
        lock.lock();
        try {
            TransactionState next = TransactionRules.commit(state);
            commitRepeated = state == TransactionState.COMMITTED;
            state = next;
            return sent ? current : 0;
        } finally {
            lock.unlock();
        }
    }

    /** The commit of this transaction goes out again, and nobody knows what became of it before. */
    public void repeatCommit(int of) {
        lock.lock();
        try {
            if (of == current) {
                commitRepeated = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@code abortTransaction} is called.
     *
     * @return which transaction is to be aborted by a command; 0 if there is nothing to send, and then what was pinned
     *     is pinned no more
     * @throws IllegalStateException if there is nothing to abort
     */
    public int abort() {
        TransactionPin unpinned;
        lock.lock();
        try {
            state = TransactionRules.abort(state);
            if (sent) {
                return current;
            }
            unpinned = takePin();
        } finally {
            lock.unlock();
        }
        release(unpinned);
        return 0;
    }

    /**
     * The session ends: a transaction in progress is aborted.
     *
     * @return which transaction is to be aborted by a command; 0 if there is nothing to send
     */
    public int abortIfActive() {
        if (!TransactionRules.isActive(state())) {
            return 0;
        }
        try {
            return abort();
        } catch (IllegalStateException endedMeanwhile) {
            return 0;
        }
    }

    /** The write concern of this transaction's commit or abort that goes out now. */
    public WriteConcern writeConcern(int of, boolean ofCommit) {
        lock.lock();
        try {
            WriteConcern given = writeConcern(options(of));
            return of == current && ofCommit && commitRepeated ? TransactionRules.ofRepeatedCommit(given) : given;
        } finally {
            lock.unlock();
        }
    }

    private static WriteConcern writeConcern(TransactionOptions options) {
        return Objects.requireNonNullElse(options.writeConcern(), WriteConcern.ACKNOWLEDGED);
    }

    /** The options of this transaction. */
    public TransactionOptions options(int of) {
        lock.lock();
        try {
            return of == current ? options : TransactionOptions.DEFAULT;
        } finally {
            lock.unlock();
        }
    }

    /** What the first command of this transaction says of its read concern. */
    public ReadConcern readConcern(int of) {
        return Objects.requireNonNullElse(options(of).readConcern(), ReadConcern.DEFAULT);
    }

    /** Whether servers would let this transaction read, with its read preference. */
    public boolean readsFromPrimary(int of) {
        return TransactionRules.isReadable(
                Objects.requireNonNullElse(options(of).readPreference(), ReadPreference.PRIMARY));
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
     * @return the connection, held for the caller as well, who uses it already; {@code null} if it is not pinned,
     *     because the transaction is over, or another operation that overlaps this one has pinned another connection
     */
    public @Nullable PinnedConnection pin(int to, Server balancer, Connection connection) {
        lock.lock();
        try {
            if (to != current || !TransactionRules.isActive(state) || pinnedConnection != null) {
                return null;
            }
            PinnedConnection pinned = new PinnedConnection(balancer, connection).retain();
            pinnedConnection = TransactionPin.of(this, pinned);
            return pinned;
        } finally {
            lock.unlock();
        }
    }

    /** Selects the mongos of this transaction; {@code null} when any will do. */
    public @Nullable ServerSelector pinnedServer(int of) {
        lock.lock();
        try {
            return of == current ? pinnedServer : null;
        } finally {
            lock.unlock();
        }
    }

    /** The connection of this transaction, held for the caller as well; {@code null} when any will do. */
    public @Nullable PinnedConnection retainPinnedConnection(int of) {
        lock.lock();
        try {
            TransactionPin pinned = pinnedConnection;
            return pinned == null || of != current ? null : pinned.connection().retain();
        } finally {
            lock.unlock();
        }
    }

    /** The address of what is pinned for the current transaction, or {@code null}. */
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

    /** The finished element {@code recoveryToken} of this transaction, or {@code null}. */
    public byte @Nullable [] recoveryToken(int of) {
        lock.lock();
        try {
            return of == current ? recoveryToken : null;
        } finally {
            lock.unlock();
        }
    }
}
