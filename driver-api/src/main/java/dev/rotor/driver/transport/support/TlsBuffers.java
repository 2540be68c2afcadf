package dev.rotor.driver.transport.support;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Memory for encrypted bytes, shared by the wires of a transport. A wire holds some only while it has a part of a
 * record or a socket that is full, so that a thousand idle wires hold none. Keeps a bounded number for later.
 */
final class TlsBuffers {

    /** Room for three full records, so that one system call carries them. */
    static final int BYTES = 64 * 1024;

    private static final int KEPT = 16;

    private final ReentrantLock lock = new ReentrantLock();
    // Under the lock.
    private final @Nullable ByteBuffer[] kept = new ByteBuffer[KEPT];
    private int count;
    private int inUse;

    /** An empty buffer, cleared. From any thread. */
    ByteBuffer take() {
        lock.lock();
        try {
            inUse++;
            if (count > 0) {
                ByteBuffer buffer = kept[--count];
                kept[count] = null;
                if (buffer != null) {
                    return buffer.clear();
                }
            }
        } finally {
            lock.unlock();
        }
        return ByteBuffer.allocateDirect(BYTES);
    }

    /** Gives a buffer back that nobody uses any more. From any thread. */
    void give(ByteBuffer buffer) {
        lock.lock();
        try {
            inUse--;
            if (count < KEPT) {
                kept[count++] = buffer;
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many were taken and not given back. */
    int inUse() {
        lock.lock();
        try {
            return inUse;
        } finally {
            lock.unlock();
        }
    }
}
