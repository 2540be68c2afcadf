package dev.rotor.conformance.unified.entity;

import dev.rotor.conformance.unified.match.ObservedEvent;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.event.ConnectionCheckedInEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionClosedEvent;
import dev.rotor.driver.event.ConnectionReadyEvent;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections of a client are ready, and how many checked out; counted from its pool events. */
final class PoolCounts {

    private final AtomicInteger checkedOut = new AtomicInteger();
    private final ConcurrentMap<ServerAddress, Set<Long>> ready = new ConcurrentHashMap<>();

    void hear(ObservedEvent observed) {
        Object event = observed.event();
        if (event instanceof ConnectionCheckedOutEvent) {
            checkedOut.incrementAndGet();
        } else if (event instanceof ConnectionCheckedInEvent) {
            checkedOut.decrementAndGet();
        } else if (event instanceof ConnectionReadyEvent is) {
            ready.compute(is.server(), (server, ids) -> {
                Set<Long> more = ids == null ? new HashSet<>() : new HashSet<>(ids);
                more.add(is.connectionId());
                return more;
            });
        } else if (event instanceof ConnectionClosedEvent closed) {
            ready.computeIfPresent(closed.server(), (server, ids) -> {
                Set<Long> fewer = new HashSet<>(ids);
                fewer.remove(closed.connectionId());
                return fewer;
            });
        }
    }

    int checkedOut() {
        return checkedOut.get();
    }

    /** How many connections to each server are ready. */
    Map<ServerAddress, Set<Long>> ready() {
        return ready;
    }
}
