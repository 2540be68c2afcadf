package dev.rotor.driver.core.pool;

import dev.rotor.driver.transport.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The available connections, most recently used first, threaded a second time by event loop, so that one of the
 * caller's loop is found without a search. The links are in the connections: adding and taking allocate nothing. Not
 * thread-safe.
 */
final class AvailableConnections<C extends PooledConnection> {

    private final List<LoopStack> stacks = new ArrayList<>();
    private @Nullable PooledConnection newest;
    private @Nullable PooledConnection oldest;
    private int size;

    int size() {
        return size;
    }

    /** Adds one as the most recently used. */
    void add(C connection) {
        PooledConnection below = newest;
        connection.older = below;
        newest = connection;
        if (below == null) {
            oldest = connection;
        } else {
            below.newer = connection;
        }
        LoopStack stack = connection.stack;
        if (stack == null) {
            stack = stackOf(connection.loop());
            connection.stack = stack;
        }
        PooledConnection belowOnLoop = stack.newest;
        connection.olderOnLoop = belowOnLoop;
        stack.newest = connection;
        if (belowOnLoop != null) {
            belowOnLoop.newerOnLoop = connection;
        }
        size++;
    }

    /** Takes the most recently used of that loop, else the most recently used of all; {@code null} if there is none. */
    @Nullable
    C take(@Nullable EventLoop preferred) {
        PooledConnection found = null;
        if (preferred != null) {
            LoopStack stack = find(preferred);
            found = stack == null ? null : stack.newest;
        }
        if (found == null) {
            found = newest;
        }
        if (found == null) {
            return null;
        }
        C connection = cast(found);
        remove(connection);
        return connection;
    }

    /** The one that has been unused longest, or {@code null}; {@link #nextNewer} goes on from there. */
    @Nullable
    C oldest() {
        return castNullable(oldest);
    }

    /** The one used next after this, or {@code null}. */
    @Nullable
    C nextNewer(C connection) {
        return castNullable(connection.newer);
    }

    /** Takes one out that is in. */
    void remove(C connection) {
        PooledConnection above = connection.newer;
        PooledConnection below = connection.older;
        if (above == null) {
            newest = below;
        } else {
            above.older = below;
        }
        if (below == null) {
            oldest = above;
        } else {
            below.newer = above;
        }
        PooledConnection aboveOnLoop = connection.newerOnLoop;
        PooledConnection belowOnLoop = connection.olderOnLoop;
        if (aboveOnLoop != null) {
            aboveOnLoop.olderOnLoop = belowOnLoop;
        } else if (connection.stack != null) {
            connection.stack.newest = belowOnLoop;
        }
        if (belowOnLoop != null) {
            belowOnLoop.newerOnLoop = aboveOnLoop;
        }
        connection.newer = null;
        connection.older = null;
        connection.newerOnLoop = null;
        connection.olderOnLoop = null;
        size--;
    }

    private LoopStack stackOf(EventLoop loop) {
        LoopStack stack = find(loop);
        if (stack == null) {
            stack = new LoopStack(loop);
            stacks.add(stack);
        }
        return stack;
    }

    private @Nullable LoopStack find(EventLoop loop) {
        // By index: an iterator would be an allocation per checkout.
        for (int i = 0; i < stacks.size(); i++) {
            LoopStack stack = stacks.get(i);
            if (stack.loop == loop) {
                return stack;
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked") // Only connections of type C are ever added.
    private C cast(PooledConnection connection) {
        return (C) connection;
    }

    private @Nullable C castNullable(@Nullable PooledConnection connection) {
        return connection == null ? null : cast(connection);
    }

    /** The available connections of one loop. */
    static final class LoopStack {
        private final EventLoop loop;
        private @Nullable PooledConnection newest;

        LoopStack(EventLoop loop) {
            this.loop = loop;
        }
    }
}
