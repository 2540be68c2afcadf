package dev.rotor.benchmarks;

/** How operations follow one another. */
public enum Mode {
    /** One thread, one operation after the other; the thread is parked while it waits. */
    JOIN("caller parked", 1, true),
    /** One operation after the other; each is started by the completion of the one before, no thread is parked. */
    CHAINED("chained", 1, false),
    /** 32 threads, each as in {@link #JOIN}. */
    THREADS("32 callers parked", 32, true),
    /** 32 chains, each as in {@link #CHAINED}. */
    CHAINS("32 chains", 32, false),
    /** 64 chains, each as in {@link #CHAINED}. */
    CHAINS_64("64 chains", 64, false),
    /** 1,024 chains, each as in {@link #CHAINED}. */
    CHAINS_1024("1,024 chains", 1024, false);

    /** For people. */
    public final String description;

    final int concurrency;
    final boolean blocking;

    Mode(String description, int concurrency, boolean blocking) {
        this.description = description;
        this.concurrency = concurrency;
        this.blocking = blocking;
    }

    /** Whether the driver can be used in this way. */
    boolean suits(Subject subject) {
        return blocking || subject instanceof AsyncSubject;
    }
}
