package dev.rotor.benchmarks.transport;

import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Processor time of the whole process beside the throughput: the one divided by the other is what an operation costs,
 * loops and garbage collector included, and other processes on the machine disturb it far less than the throughput.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class ProcessorTime {

    /** Nanoseconds in this iteration; the first thread counts them for all. */
    public long cpuNanos;

    private boolean counts;
    private long before;

    /** JMH creates the state. */
    public ProcessorTime() {}

    /**
     * Notes the time so far.
     *
     * @param threads which thread this is
     */
    @Setup(Level.Iteration)
    public void begin(ThreadParams threads) {
        counts = threads.getThreadIndex() == 0;
        before = now();
    }

    /** Notes what was used since. */
    @TearDown(Level.Iteration)
    public void end() {
        cpuNanos = counts ? now() - before : 0;
    }

    private static long now() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
