package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException.Waiting;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.topology.TopologyDescription;
import dev.rotor.driver.transport.Cancellable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations that wait for a server, first come, first served. Guarded by the topology's lock. */
final class SelectionQueue {

    /** One operation that waits. */
    static final class Waiter {
        final ServerSelector selector;
        final Set<ServerAddress> deprioritized;
        final String operation;
        final SelectionListener listener;
        final long since;
        /** Whether the operation's own deadline comes before serverSelectionTimeoutMS. */
        final boolean byDeadline;

        @Nullable
        Cancellable timer;

        private @Nullable Waiter before;
        private @Nullable Waiter after;

        Waiter(
                ServerSelector selector,
                Set<ServerAddress> deprioritized,
                String operation,
                SelectionListener listener,
                long since,
                boolean byDeadline) {
            this.selector = selector;
            this.deprioritized = deprioritized;
            this.operation = operation;
            this.listener = listener;
            this.since = since;
            this.byDeadline = byDeadline;
        }

        /** The error for having waited too long. */
        MongoException timeout(TopologyDescription known, @Nullable MongoException hostsFailure, long now) {
            Waiting limit = byDeadline ? Waiting.OPERATION : Waiting.SERVER_SELECTION;
            return SelectionErrors.timeout(known, hostsFailure, selector, operation, now - since, limit);
        }

        // Others wait behind this one: what the operation throws is told, not passed on.

        /** Ends the wait; not under the lock. */
        void fail(MongoException failure, SelectionLog log, TopologyDescription known) {
            cancelTimer();
            log.failed(selector, operation, listener, known, failure);
            try {
                listener.onSelectionFailed(failure);
            } catch (Throwable e) {
                log.threw(listener, "being told that its selection failed", e);
            }
        }

        /** Ends the wait; not under the lock. */
        void deliver(ServerHandle server, SelectionLog log, TopologyDescription known) {
            cancelTimer();
            log.succeeded(selector, operation, listener, known, server.address());
            try {
                listener.onSelected(server);
            } catch (Throwable e) {
                log.threw(listener, "being given its server", e);
            }
        }

        void cancelTimer() {
            Cancellable armed = timer;
            if (armed != null) {
                armed.cancel();
            }
        }
    }

    /** Chooses for a waiter. */
    interface Chooser {
        /** Whether this waiter is to leave the queue. */
        boolean served(Waiter waiter);
    }

    private final IdentityHashMap<SelectionListener, Waiter> byListener = new IdentityHashMap<>();
    private @Nullable Waiter first;
    private @Nullable Waiter last;

    boolean isEmpty() {
        return first == null;
    }

    int size() {
        return byListener.size();
    }

    void add(Waiter waiter) {
        if (byListener.putIfAbsent(waiter.listener, waiter) != null) {
            throw new IllegalStateException("this listener waits for a server already");
        }
        waiter.before = last;
        if (last == null) {
            first = waiter;
        } else {
            last.after = waiter;
        }
        last = waiter;
    }

    @Nullable
    Waiter find(SelectionListener listener) {
        return byListener.get(listener);
    }

    /** Whether it was there. */
    boolean remove(Waiter waiter) {
        if (!byListener.remove(waiter.listener, waiter)) {
            return false;
        }
        Waiter before = waiter.before;
        Waiter after = waiter.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        return true;
    }

    /** Removes those that can be served, in the order of their arrival. */
    void serve(Chooser chooser) {
        Waiter waiter = first;
        while (waiter != null) {
            Waiter next = waiter.after;
            if (chooser.served(waiter)) {
                remove(waiter);
            }
            waiter = next;
        }
    }

    /** Removes all. */
    List<Waiter> drain() {
        List<Waiter> all = new ArrayList<>(byListener.size());
        for (Waiter waiter = first; waiter != null; waiter = waiter.after) {
            all.add(waiter);
        }
        byListener.clear();
        first = null;
        last = null;
        return all;
    }
}
