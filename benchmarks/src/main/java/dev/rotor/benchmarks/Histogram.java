package dev.rotor.benchmarks;

/**
 * Counts durations in buckets that are at most 1/32 of their value wide, so a percentile is at most about 3 % too high
 * and recording allocates nothing. Not thread-safe: one per chain of operations, added up in the end.
 */
final class Histogram {

    private static final int SUB_BITS = 5;
    private static final int SUB = 1 << SUB_BITS;

    private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUB];
    private long total;

    /** Counts a duration; a negative one counts as 0. */
    void record(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
        total++;
    }

    void add(Histogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    /** How many durations were counted. */
    long total() {
        return total;
    }

    /**
     * The largest duration of the bucket in which the given part (0 to 1) of all durations is reached; 0 if there are
     * none.
     */
    long percentile(double part) {
        long rank = Math.max(1, (long) Math.ceil(part * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return highest(i);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - SUB_BITS - 1 - Long.numberOfLeadingZeros(nanos));
        return (shift << SUB_BITS) + (int) (nanos >>> shift);
    }

    private static long highest(int bucket) {
        int shift = Math.max(0, (bucket >> SUB_BITS) - 1);
        long first = bucket - ((long) shift << SUB_BITS);
        return ((first + 1) << shift) - 1;
    }
}
