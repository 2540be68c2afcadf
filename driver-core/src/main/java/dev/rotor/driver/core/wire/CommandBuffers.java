package dev.rotor.driver.core.wire;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where commands get the memory that they are encoded into, and their request ids. One per client; safe to use from any
 * thread; never blocks.
 *
 * <p>A connection owns no memory while it is idle. A writer comes with one small chunk, its {@code ByteBuffer} and its
 * BSON writer, so that a small command allocates nothing; longer commands take more chunks.
 */
public final class CommandBuffers {

    /** Size of a writer's own chunk: more than most commands need. */
    static final int FIRST_CHUNK = 8 * 1024;
    /** Size of every further chunk. */
    static final int CHUNK = 64 * 1024;

    /** At most 256 KiB of first chunks and 4 MiB of others are kept while nobody uses them. */
    private final SlotPool<CommandWriter> writers = new SlotPool<>(32);

    private final SlotPool<byte[]> chunks = new SlotPool<>(64);
    private final Blocks blocks = new Blocks();
    private final AtomicInteger requestIds = new AtomicInteger();

    /** An empty pool. */
    public CommandBuffers() {}

    /** A writer that has begun a command: header, flags and the start of section 0 are there. */
    public CommandWriter begin() {
        CommandWriter pooled = writers.take();
        CommandWriter writer = pooled != null ? pooled : new CommandWriter(this);
        writer.begin(requestIds.incrementAndGet());
        return writer;
    }

    byte[] takeChunk() {
        byte @Nullable [] pooled = chunks.take();
        return pooled != null ? pooled : new byte[CHUNK];
    }

    Blocks blocks() {
        return blocks;
    }

    void giveChunk(byte[] chunk) {
        chunks.give(chunk);
    }

    void give(CommandWriter writer) {
        writers.give(writer);
    }
}
