package dev.rotor.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What this process has used up so far, thread by thread, so that the difference of two snapshots is not disturbed by
 * threads that ended before the second. What such a thread used in between is lost; the load generator ends none.
 */
public final class ProcessCounters {

    private static final Path TASKS = Path.of("/proc/self/task");

    private final long cpuNanos;
    private final Map<Long, Long> allocatedBytes = new HashMap<>();
    private final Map<String, Long> waits = new HashMap<>();
    private final Map<String, Long> preemptions = new HashMap<>();

    /** Reading the switches allocates and costs most: it comes first before a round and last after it. */
    private ProcessCounters(boolean before) {
        if (before) {
            readSwitches();
        }
        cpuNanos = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            allocatedBytes.put(ids[i], Math.max(0, bytes[i]));
        }
        if (!before) {
            readSwitches();
        }
    }

    public static ProcessCounters beforeRound() {
        return new ProcessCounters(true);
    }

    public static ProcessCounters afterRound() {
        return new ProcessCounters(false);
    }

    /** The CPU time of all threads since the earlier snapshot, garbage collection and compilation included. */
    public long cpuNanosSince(ProcessCounters earlier) {
        return cpuNanos - earlier.cpuNanos;
    }

    /** The bytes allocated on the heap by all living threads since the earlier snapshot. */
    public long allocatedBytesSince(ProcessCounters earlier) {
        return difference(allocatedBytes, earlier.allocatedBytes);
    }

    /**
     * How often a thread has given up its processor to wait since the earlier snapshot; -1 where /proc does not tell.
     */
    public long waitsSince(ProcessCounters earlier) {
        return waits.isEmpty() ? -1 : difference(waits, earlier.waits);
    }

    /** How often a thread's processor was taken from it since the earlier snapshot; -1 where /proc does not tell. */
    public long preemptionsSince(ProcessCounters earlier) {
        return preemptions.isEmpty() ? -1 : difference(preemptions, earlier.preemptions);
    }

    private static <K> long difference(Map<K, Long> now, Map<K, Long> earlier) {
        long sum = 0;
        for (Map.Entry<K, Long> entry : now.entrySet()) {
            sum += entry.getValue() - earlier.getOrDefault(entry.getKey(), 0L);
        }
        return sum;
    }

    private void readSwitches() {
        if (!Files.isDirectory(TASKS)) {
            return;
        }
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                readSwitches(task);
            }
        } catch (IOException e) {
            waits.clear();
            preemptions.clear();
        }
    }

    private void readSwitches(Path task) {
        List<String> lines;
        try {
            lines = Files.readAllLines(task.resolve("status"));
        } catch (IOException e) {
            // The thread has ended since the folder was listed.
            return;
        }
        String thread = task.getFileName().toString();
        for (String line : lines) {
            if (line.startsWith("voluntary_ctxt_switches:")) {
                waits.put(thread, number(line));
            } else if (line.startsWith("nonvoluntary_ctxt_switches:")) {
                preemptions.put(thread, number(line));
            }
        }
    }

    private static long number(String line) {
        return Long.parseLong(line.substring(line.indexOf(':') + 1).trim());
    }
}
