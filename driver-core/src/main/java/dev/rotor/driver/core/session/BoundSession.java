package dev.rotor.driver.core.session;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ClientSessionOptions;
import dev.rotor.driver.core.time.Deadline;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * What a client session holds, as the operations of views bound to it see it: its server session, its times and its
 * transaction.
 *
 * <p>Everything that changes is guarded by one lock, which is never held while something else is called that could wait
 * or call back, so that operations that overlap against the advice corrupt nothing.
 */
public final class BoundSession {

    private final ServerSessionPool pool;
    private final ClientSessionOptions options;
    private final boolean causallyConsistent;
    private final ClusterClock clusterClock = new ClusterClock();

    private final ReentrantLock lock = new ReentrantLock();
    private final SessionTransaction transaction = new SessionTransaction(lock);
    private @Nullable ServerSession serverSession;
    /** Operations and cursors that still use the server session; it goes back with the last of them. */
    private int users;

    private boolean closed;
    /** The time limit of {@code withTransaction}, which is that of all operations within; else {@code null}. */
    private @Nullable Duration limit;

    /** What users hold of this session; set before anybody else has it. */
    private @Nullable ClientSession owner;

    private long deadline = Deadline.NONE;
    /** Unsigned, 0 for none. */
    private long operationTime;
    /** Unsigned, 0 for none. */
    private long snapshotTime;

    /** Makes a session that has no server session yet. */
    public BoundSession(ServerSessionPool pool, ClientSessionOptions options) {
        this.pool = pool;
        this.options = options;
        this.causallyConsistent = options.isCausallyConsistent();
        BsonTimestamp given = options.snapshotTime();
        this.snapshotTime = given == null ? 0 : given.getValue();
    }

    /** Tells once which object users hold of this session. */
    public void ownedBy(ClientSession session) {
        owner = session;
    }

    /** What users hold of this session. */
    public @Nullable ClientSession owner() {
        return owner;
    }

    /** What the session was started with. */
    public ClientSessionOptions options() {
        return options;
    }

    /** The cluster time as this session has seen it. */
    public ClusterClock clusterClock() {
        return clusterClock;
    }

    /** Whether a network error has hit a command that was sent with the server session. */
    public boolean isDirty() {
        lock.lock();
        try {
            return serverSession != null && serverSession.isDirty();
        } finally {
            lock.unlock();
        }
    }

    /** The session's transaction, if there is one. */
    public SessionTransaction transaction() {
        return transaction;
    }

    /**
     * Begins the use by an operation or a cursor, which ends with {@link #release}.
     *
     * @throws IllegalStateException if the session is closed
     */
    public void retain() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The session is closed");
            }
            users++;
        } finally {
            lock.unlock();
        }
    }

    /** A user of the session gives its use on to another, for example an operation to the cursor that it opens. */
    public void retainAgain() {
        lock.lock();
        try {
            users++;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a use.
     *
     * @param timeoutMinutes how long the deployment keeps sessions, where known
     */
    public void release(@Nullable Integer timeoutMinutes) {
        ServerSession unused = null;
        lock.lock();
        try {
            users--;
            if (closed && users == 0) {
                unused = serverSession;
                serverSession = null;
            }
        } finally {
            lock.unlock();
        }
        if (unused != null) {
            pool.release(unused, timeoutMinutes);
        }
    }

    /**
     * The server session, borrowed from the pool at the first call.
     *
     * @param timeoutMinutes how long the deployment keeps sessions
     */
    public ServerSession serverSession(int timeoutMinutes) {
        lock.lock();
        try {
            ServerSession session = serverSession;
            if (session == null) {
                if (closed && users == 0) {
                    throw new IllegalStateException("The session is closed");
                }
                session = pool.acquire(timeoutMinutes);
                serverSession = session;
            }
            return session;
        } finally {
            lock.unlock();
        }
    }

    /** The next transaction number of the server session. */
    public long nextTxnNumber(ServerSession session) {
        lock.lock();
        try {
            return session.nextTxnNumber();
        } finally {
            lock.unlock();
        }
    }

    /** Takes note of a reply's times, 0 where it had none. */
    public void onReply(long operationTime, long atClusterTime) {
        if (operationTime == 0 && atClusterTime == 0) {
            return;
        }
        lock.lock();
        try {
            if (Long.compareUnsigned(operationTime, this.operationTime) > 0) {
                this.operationTime = operationTime;
            }
            if (options.snapshot() && snapshotTime == 0) {
                snapshotTime = atClusterTime;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The highest operation time where reads are to see it, else 0. */
    public long afterClusterTime() {
        if (!causallyConsistent) {
            return 0;
        }
        lock.lock();
        try {
            return operationTime;
        } finally {
            lock.unlock();
        }
    }

    /** The point in time that reads of a snapshot session see, 0 while that is not known. */
    public long atClusterTime() {
        lock.lock();
        try {
            return snapshotTime;
        } finally {
            lock.unlock();
        }
    }

    /** The highest operation time, or {@code null}. */
    public @Nullable BsonTimestamp operationTime() {
        lock.lock();
        try {
            return operationTime == 0 ? null : new BsonTimestamp(operationTime);
        } finally {
            lock.unlock();
        }
    }

    /** The point in time that reads see, or {@code null} while no read has told it. */
    public @Nullable BsonTimestamp snapshotTime() {
        lock.lock();
        try {
            return snapshotTime == 0 ? null : new BsonTimestamp(snapshotTime);
        } finally {
            lock.unlock();
        }
    }

    /**
     * From now on, operations of the session have this deadline, whatever the limit of their views.
     *
     * @param timeout how long that is from the start; zero for no limit
     * @param deadline see {@link Deadline}
     */
    public void limit(Duration timeout, long deadline) {
        lock.lock();
        try {
            this.limit = timeout;
            this.deadline = deadline;
        } finally {
            lock.unlock();
        }
    }

    /** Operations of the session have the limit of their views again. */
    public void unlimit() {
        lock.lock();
        try {
            limit = null;
            deadline = Deadline.NONE;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the session has a deadline of its own, be it that there is none. */
    public boolean isLimited() {
        lock.lock();
        try {
            return limit != null;
        } finally {
            lock.unlock();
        }
    }

    /** The time limit behind that deadline, zero for none; {@code null} when the session has none of its own. */
    public @Nullable Duration limit() {
        lock.lock();
        try {
            return limit;
        } finally {
            lock.unlock();
        }
    }

    /** That deadline. */
    public long deadline() {
        lock.lock();
        try {
            return deadline;
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the session; the server session goes back to the pool as soon as nobody uses it. Returns whether this was
     * the first call.
     *
     * @param timeoutMinutes how long the deployment keeps sessions, where known
     */
    public boolean close(@Nullable Integer timeoutMinutes) {
        ServerSession unused = null;
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            if (users == 0) {
                unused = serverSession;
                serverSession = null;
            }
        } finally {
            lock.unlock();
        }
        if (unused != null) {
            pool.release(unused, timeoutMinutes);
        }
        return true;
    }

    /** The document {@code {id: UUID}}. */
    public static BsonDocument idOf(ServerSession session) {
        return new BsonDocument("id", new BsonBinary(session.id()));
    }
}
