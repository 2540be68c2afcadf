package dev.rotor.conformance.unified;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices what holds threads up. The machine does: a thread that wants to run every few milliseconds is late then, or
 * others may be while it is not, since more of them want to run than there are processors. So does the loading of
 * classes, which the first case that needs them pays for. Cases whose own limits are some milliseconds apart mean
 * nothing at such a moment.
 */
final class Stalls {

    private static final long PERIOD_NANOS = 4_000_000;
    /** Less than that is how exactly threads are woken. */
    private static final long LATE_NANOS = 2_000_000;
    /** The closest limits that cases have are 10 to 25 ms apart. */
    private static final long STALL_NANOS = 8_000_000;
    /** About a tenth of a millisecond each, and more where there is much else to do. */
    private static final long MANY_CLASSES = 50;

    private final LongSupplier classesLoaded;
    private final DoubleSupplier load;
    private final int processors;
    /** By how much the watching thread was late so far; written by that one. */
    private final AtomicLong lateNanos = new AtomicLong();

    private volatile boolean stopped;
    /** When the watching thread last ran; 0 before it has begun. */
    private volatile long lastRun;

    /** What had happened at a moment. */
    record Moment(long lateNanos, long classesLoaded) {}

    /**
     * @param classesLoaded how many classes were loaded so far
     * @param load how many threads of the machine want to run, on average over the last minute; negative if unknown
     * @param processors how many can
     */
    Stalls(LongSupplier classesLoaded, DoubleSupplier load, int processors) {
        this.classesLoaded = classesLoaded;
        this.load = load;
        this.processors = processors;
    }

    /** Begins to look, until {@link #stop()}. */
    static Stalls watched() {
        Stalls stalls = new Stalls(
                ManagementFactory.getClassLoadingMXBean()::getTotalLoadedClassCount,
                ManagementFactory.getOperatingSystemMXBean()::getSystemLoadAverage,
                Runtime.getRuntime().availableProcessors());
        Thread thread = new Thread(stalls::watch, "conformance-stalls");
        thread.setDaemon(true);
        thread.start();
        return stalls;
    }

    private void watch() {
        long before = System.nanoTime();
        while (!stopped) {
            lastRun = before;
            LockSupport.parkNanos(PERIOD_NANOS);
            long now = System.nanoTime();
            tick(before, now);
            before = now;
        }
    }

    /** Takes note of when the watching thread ran, and when it had run before; times of {@link System#nanoTime()}. */
    void tick(long before, long now) {
        lateNanos.addAndGet(lateness(before, now));
    }

    /** By how much a thread that ran at one time and then at another was late; 0 if that is no more than usual. */
    private static long lateness(long before, long now) {
        long late = now - before - PERIOD_NANOS;
        return late >= LATE_NANOS ? late : 0;
    }

    Moment now() {
        long told = lateNanos.get();
        long run = lastRun;
        // The watching thread may be late and could not say so yet.
        long untold = run == 0 ? 0 : lateness(run, System.nanoTime());
        return new Moment(told + untold, classesLoaded.getAsLong());
    }

    /** What has held threads up since then; {@code null} if nothing is known to. */
    @Nullable
    String since(Moment then) {
        Moment now = now();
        long late = now.lateNanos - then.lateNanos;
        if (late >= STALL_NANOS) {
            return "threads were held up for " + TimeUnit.NANOSECONDS.toMillis(late) + " ms";
        }
        long classes = now.classesLoaded - then.classesLoaded;
        if (classes >= MANY_CLASSES) {
            return classes + " classes were loaded meanwhile";
        }
        double running = load.getAsDouble();
        return running > processors
                ? String.format(Locale.ROOT, "the machine's load was %.1f on %d processors", running, processors)
                : null;
    }

    void stop() {
        stopped = true;
    }
}
