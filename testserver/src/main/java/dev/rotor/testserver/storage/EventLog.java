package dev.rotor.testserver.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The log of operations: what change streams read. It is bounded, as the server's is; times in it never go back. */
public final class EventLog {
    private static final int MAX = 100_000;
    private static final long MAX_BYTES = 128L * 1024 * 1024;

    private final List<LogEntry> entries = new ArrayList<>();
    private long forgottenUpTo;
    private long bytes;

    void append(long time, Instant wallTime, List<LogDraft> drafts) {
        for (int i = 0; i < drafts.size(); i++) {
            entries.add(new LogEntry(time, i, wallTime, drafts.get(i)));
            bytes += drafts.get(i).size();
        }
        if (entries.size() > MAX || bytes > MAX_BYTES) {
            forget();
        }
    }

    /** Forgets the older half by number and by size, but never the newest entry. */
    private void forget() {
        int count = 0;
        while (count < entries.size() - 1 && (entries.size() - count > MAX / 2 || bytes > MAX_BYTES / 2)) {
            bytes -= entries.get(count).draft().size();
            count++;
        }
        if (count > 0) {
            List<LogEntry> old = entries.subList(0, count);
            forgottenUpTo = old.get(count - 1).time();
            old.clear();
        }
    }

    /** The time up to which entries may be gone: a stream that starts before it has lost its history. */
    public long forgottenUpTo() {
        return forgottenUpTo;
    }

    /** The entries after {@code (time, index)}, oldest first. A view: to be used under the lock. */
    public List<LogEntry> after(long time, int index) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            LogEntry entry = entries.get(middle);
            if (entry.time() < time || (entry.time() == time && entry.index() <= index)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return entries.subList(low, entries.size());
    }
}
