package dev.rotor.transport.netty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Follows every buffer of Netty's while a class of tests runs, and fails it for one that was forgotten. */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {

    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    /** For tests. */
    public LeakWatch() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> LEAKS.add(type + ": " + records));
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        assertNoLeaks();
    }

    /** Has forgotten buffers be found, and fails for them. */
    public static void assertNoLeaks() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            collectGarbage();
            // The detector looks when a buffer is made.
            Unpooled.directBuffer(16).release();
        }
        assertThat(LEAKS).as("buffers that were forgotten").isEmpty();
    }

    /** How many forgotten buffers have been found so far; takes them off the list. For its own test. */
    public static int takeLeaks() {
        int count = LEAKS.size();
        LEAKS.clear();
        return count;
    }

    /** Waits for a collection that clears references, not for a time. */
    private static void collectGarbage() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        PhantomReference<Object> marker = new PhantomReference<>(new Object(), queue);
        for (int i = 0; i < 50; i++) {
            System.gc();
            if (queue.remove(200) == marker) {
                return;
            }
        }
        throw new AssertionError("the garbage collector did not run");
    }
}
