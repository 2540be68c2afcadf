package dev.rotor.driver.core.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Memory in one piece, for those who cannot do with chunks: some arrays of each of a few sizes are kept while nobody
 * uses them, at most 8 MiB together. Safe to use from any thread; never blocks.
 */
final class Blocks {

    /** The smallest, as a power of two: 16 KiB. */
    private static final int SMALLEST = 14;
    /** The largest that is kept: 1 MiB. */
    private static final int LARGEST = 20;

    private static final int KEPT_OF_EACH = 4;

    private final List<SlotPool<byte[]>> pools = new ArrayList<>();

    Blocks() {
        for (int power = SMALLEST; power <= LARGEST; power++) {
            pools.add(new SlotPool<>(KEPT_OF_EACH));
        }
    }

    /** An array of at least that length, with whatever is in it. */
    byte[] take(int length) {
        int power = Math.max(SMALLEST, Integer.SIZE - Integer.numberOfLeadingZeros(length - 1));
        if (power > LARGEST) {
            return new byte[length];
        }
        byte @Nullable [] pooled = pools.get(power - SMALLEST).take();
        return pooled != null ? pooled : new byte[1 << power];
    }

    /** Takes an array back; returns whether it is kept. */
    boolean give(byte[] block) {
        int power = Integer.numberOfTrailingZeros(block.length);
        return power >= SMALLEST
                && power <= LARGEST
                && block.length == 1 << power
                && pools.get(power - SMALLEST).give(block);
    }
}
