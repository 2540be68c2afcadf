package dev.rotor.transport.netty;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportSettings;
import dev.rotor.driver.transport.WireListener;
import dev.rotor.driver.transport.support.TlsResources;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A fixed set of Netty's loops. */
final class NettyTransport implements Transport {

    private final NettyTransportProvider flavour;
    private final NettyLoop[] loops;
    private final LongSupplier nanoClock;
    private final TlsResources tls;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletionStage<@Nullable Void> ended;

    private NettyTransport(
            NettyTransportProvider flavour, List<NettyLoop> loops, LongSupplier nanoClock, TransportSettings settings) {
        this.flavour = flavour;
        this.loops = loops.toArray(new NettyLoop[0]);
        this.nanoClock = nanoClock;
        ThreadFactory given = settings.threadFactory();
        tls = new TlsResources(
                new NettyEngines(flavour.name()),
                given == null ? daemons(settings.threadNamePrefix() + "tls-") : given);
        CompletableFuture<?>[] ends = new CompletableFuture<?>[this.loops.length];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = this.loops[i].ended();
        }
        // Not a future that a caller could complete.
        ended = CompletableFuture.allOf(ends).thenCompose(nothing -> tls.end()).minimalCompletionStage();
    }

    /**
     * Opens a transport with loops of its own and starts their threads. Each loop is made by itself, not as a group: a
     * group tells of its end on a thread that outlives it.
     */
    static NettyTransport open(NettyTransportProvider flavour, TransportSettings settings, LongSupplier nanoClock) {
        ThreadFactory given = settings.threadFactory();
        ThreadFactory threads = given == null ? daemons(settings.threadNamePrefix()) : given;
        IoHandlerFactory handlers = flavour.ioHandlers();
        int wanted = settings.effectiveLoops();
        List<NettyLoop> loops = new ArrayList<>(wanted);
        try {
            while (loops.size() < wanted) {
                OwnThread thread = new OwnThread(threads);
                NettyLoop loop = new NettyLoop(new SingleThreadIoEventLoop(null, thread, handlers), false);
                thread.runs(loop);
                loops.add(loop);
                // Netty starts threads with their first task.
                loop.execute(() -> {});
            }
        } catch (RuntimeException | Error e) {
            loops.forEach(loop -> discard(loop, e));
            throw new IllegalStateException(
                    "the transport " + flavour.name() + " could not open event loop " + Math.max(1, loops.size())
                            + " of " + wanted + ": " + flavour.loopsFailed(e),
                    e);
        }
        return new NettyTransport(flavour, loops, nanoClock, settings);
    }

    /** Ends a loop without a transport. Netty starts one that has no thread yet, which may fail as it just did. */
    private static void discard(NettyLoop loop, Throwable because) {
        try {
            var unused = loop.netty().shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        } catch (RuntimeException | Error e) {
            if (!e.equals(because)) {
                because.addSuppressed(e);
            }
        }
    }

    /** Opens a transport on loops that are somebody else's. */
    static NettyTransport share(
            NettyTransportProvider flavour,
            List<IoEventLoop> foreign,
            TransportSettings settings,
            LongSupplier nanoClock) {
        List<NettyLoop> loops = new ArrayList<>(foreign.size());
        for (IoEventLoop loop : foreign) {
            loops.add(new NettyLoop(loop, true));
        }
        return new NettyTransport(flavour, loops, nanoClock, settings);
    }

    /** Threads that Netty keeps its own things in fields of, rather than in maps. */
    private static ThreadFactory daemons(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new FastThreadLocalThread(task, prefix + number.incrementAndGet());
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
        return flavour.name();
    }

    @Override
    public EventLoop nextLoop() {
        return loops[Math.floorMod(next.getAndIncrement(), loops.length)];
    }

    @Override
    public @Nullable EventLoop currentLoop() {
        for (NettyLoop loop : loops) {
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
        NettyConnector connector = new NettyConnector(flavour, own(loop), request, listener, nanoClock, tls);
        loop.execute(connector);
        return connector;
    }

    private NettyLoop own(EventLoop loop) {
        for (NettyLoop mine : loops) {
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
            for (NettyLoop loop : loops) {
                loop.executeOrForget(() -> loop.shutDown(nanos));
            }
        }
        return ended;
    }
}
