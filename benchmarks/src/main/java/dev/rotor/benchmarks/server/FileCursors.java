package dev.rotor.benchmarks.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What has not been fetched yet, by cursor id; a cursor may be asked for more on any connection. */
final class FileCursors {

    /** The chunks from {@code next} until before {@code end}. */
    record Rest(int next, int end) {}

    private final Map<Long, Rest> open = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    long add(Rest rest) {
        long id = lastId.incrementAndGet();
        open.put(id, rest);
        return id;
    }

    @Nullable
    Rest remove(long id) {
        return open.remove(id);
    }
}
