package dev.rotor.driver.transport.support;

import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * An engine and the bytes on both sides of it, for one wire. The wire's loop, a thread of its handshake and a sender
 * may be inside at the same time while somebody closes: whoever leaves last gives everything back, once.
 */
final class TlsPumps {

    private final TlsResources resources;

    /** The wire itself counts as one. */
    private final AtomicInteger users = new AtomicInteger(1);

    /** Set once, before anybody else hears of it. */
    private volatile @Nullable Parts parts;

    /** What there is once there is an engine. */
    record Parts(SSLEngine engine, TlsInput input, TlsOutput output) {}

    TlsPumps(TlsResources resources) {
        this.resources = resources;
    }

    TlsResources resources() {
        return resources;
    }

    /** The engine is made, by a thread that is inside. */
    void assemble(SSLEngine engine, ByteLayer below) {
        parts = new Parts(
                engine,
                new TlsInput(below, engine, resources.buffers()),
                new TlsOutput(below, engine, resources.buffers(), resources.splitsAtBuffers(engine)));
    }

    /** {@code null} before there is an engine. */
    @Nullable
    Parts parts() {
        return parts;
    }

    /** Keeps everything until {@link #leave}; {@code false} when it is too late. */
    boolean enter() {
        int inside = users.get();
        while (inside > 0) {
            if (users.compareAndSet(inside, inside + 1)) {
                return true;
            }
            inside = users.get();
        }
        return false;
    }

    void leave() {
        if (users.decrementAndGet() > 0) {
            return;
        }
        Parts last = parts;
        if (last != null) {
            last.input().release();
            last.output().release();
            resources.release(last.engine());
        }
    }
}
