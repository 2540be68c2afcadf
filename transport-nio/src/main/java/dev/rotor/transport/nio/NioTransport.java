package dev.rotor.transport.nio;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportSettings;
import dev.rotor.driver.transport.WireListener;
import dev.rotor.driver.transport.support.TlsEngines;
import dev.rotor.driver.transport.support.TlsResources;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A fixed set of selector loops. */
final class NioTransport implements Transport {

    private final NioLoop[] loops;
    private final LongSupplier nanoClock;
    private final TlsResources tls;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletionStage<@Nullable Void> ended;

    private NioTransport(NioLoop[] loops, LongSupplier nanoClock, TlsResources tls) {
        this.loops = loops;
        this.nanoClock = nanoClock;
        this.tls = tls;
        CompletableFuture<?>[] ends = new CompletableFuture<?>[loops.length];
        for (int i = 0; i < loops.length; i++) {
            ends[i] = loops[i].ended();
        }
        // Not a future that a caller could complete.
        ended = CompletableFuture.allOf(ends).thenCompose(nothing -> tls.end()).minimalCompletionStage();
    }

    /**
     * Opens the transport and starts its threads.
     *
     * @param settings how many loops, and their threads; foreign loops are the provider's to refuse
     * @param nanoClock the time, as {@link System#nanoTime}
     * @return the open transport
     * @throws IllegalStateException if the system has no selectors or threads left
     */
    static NioTransport open(TransportSettings settings, LongSupplier nanoClock) {
        ThreadFactory threads = settings.threadFactory();
        if (threads == null) {
            threads = daemons(settings.threadNamePrefix());
        }
        NioLoop[] loops = new NioLoop[settings.effectiveLoops()];
        int made = 0;
        int started = 0;
        try {
            while (made < loops.length) {
                loops[made] = new NioLoop(threads, nanoClock);
                made++;
            }
            while (started < loops.length) {
                loops[started].start();
                started++;
            }
        } catch (IOException | RuntimeException | Error e) {
            for (int i = 0; i < made; i++) {
                NioLoop loop = loops[i];
                if (i < started) {
                    loop.executeOrForget(() -> loop.shutDown(0));
                } else {
                    loop.discard();
                }
            }
            int failed = made < loops.length ? made : started;
            throw new IllegalStateException(
                    "the transport nio could not open event loop " + (failed + 1) + " of " + loops.length + ": "
                            + e.getMessage(),
                    e);
        }
        ThreadFactory given = settings.threadFactory();
        ThreadFactory workers = given == null ? daemons(settings.threadNamePrefix() + "tls-") : given;
        return new NioTransport(loops, nanoClock, new TlsResources(TlsEngines.PLATFORM, workers));
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** What encrypted wires share. */
    TlsResources tls() {
        return tls;
    }

    @Override
    public String name() {
        return NioTransportProvider.NAME;
    }

    @Override
    public EventLoop nextLoop() {
        return loops[Math.floorMod(next.getAndIncrement(), loops.length)];
    }

    @Override
    public @Nullable EventLoop currentLoop() {
        for (NioLoop loop : loops) {
            if (loop.inLoop()) {
                return loop;
            }
        }
        return null;
    }

    @Override
    public boolean supportsProxies() {
        return true;
    }

    @Override
    public Cancellable connect(EventLoop loop, ConnectRequest request, WireListener listener) {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(listener, "listener");
        NioConnector connector = new NioConnector(own(loop), request, listener, nanoClock, tls);
        loop.execute(connector);
        return connector;
    }

    private NioLoop own(EventLoop loop) {
        for (NioLoop mine : loops) {
            if (mine == loop) {
                return mine;
            }
        }
        throw new IllegalArgumentException("the loop is none of this transport's: " + loop);
    }

    @Override
    public CompletionStage<@Nullable Void> close(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("limit must not be negative: " + limit);
        }
        if (closed.compareAndSet(false, true)) {
            long nanos = limit.compareTo(Duration.ofDays(365)) > 0 ? Long.MAX_VALUE : limit.toNanos();
            for (NioLoop loop : loops) {
                loop.executeOrForget(() -> loop.shutDown(nanos));
            }
        }
        return ended;
    }
}
