package dev.rotor.driver.transport.support;

import dev.rotor.driver.transport.TlsSpec;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What the encrypted wires of one transport share: engines, memory, and threads for handshakes. */
public final class TlsResources {

    /** Of all transports: a test sees them through providers alone. */
    private static final AtomicInteger LIVE = new AtomicInteger();

    private final TlsEngines engines;
    private final TlsBuffers buffers = new TlsBuffers();
    private final TlsWorkers workers;

    /**
     * Starts nothing yet.
     *
     * @param engines where engines come from
     * @param threads makes the threads of handshakes, while there are any
     */
    public TlsResources(TlsEngines engines, ThreadFactory threads) {
        this.engines = engines;
        workers = new TlsWorkers(threads);
    }

    TlsBuffers buffers() {
        return buffers;
    }

    TlsWorkers workers() {
        return workers;
    }

    SSLEngine newEngine(TlsSpec spec, String host, int port) throws SSLException {
        SSLEngine engine = engines.newEngine(spec, host, port);
        LIVE.incrementAndGet();
        return engine;
    }

    boolean splitsAtBuffers(SSLEngine engine) {
        return engines.splitsAtBuffers(engine);
    }

    void release(SSLEngine engine) {
        LIVE.decrementAndGet();
        engines.release(engine);
    }

    /**
     * For tests: how many engines are there, of all transports. Any thread.
     *
     * @return those made and not released
     */
    public static int liveEngines() {
        return LIVE.get();
    }

    /**
     * For tests: how many buffers are with wires. Any thread.
     *
     * @return those taken and not given back
     */
    public int buffersInUse() {
        return buffers.inUse();
    }

    /**
     * Ends the threads; to be called when no wire is left and none will come.
     *
     * @return completes when no thread is left
     */
    public CompletionStage<@Nullable Void> end() {
        return workers.end().thenRun(engines::close).thenApply(nothing -> null);
    }
}
