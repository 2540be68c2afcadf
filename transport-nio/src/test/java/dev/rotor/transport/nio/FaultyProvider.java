package dev.rotor.transport.nio;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.ForwardingTransport;
import dev.rotor.driver.transport.TlsSpec;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import dev.rotor.driver.transport.WireListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A transport that breaks one promise, or none: what it does is done by the transport of this module.
 *
 * @param fault the promise to break, or {@code null}
 * @param leftBehind what the fault does not close, for the test to close afterwards
 */
record FaultyProvider(@Nullable Fault fault, Queue<AutoCloseable> leftBehind) implements TransportProvider {

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public int preference() {
        return -1;
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public Transport open(TransportSettings settings) {
        Object foreign = fault == Fault.FOREIGN_LOOPS_IGNORED ? null : settings.foreignLoops();
        return new FaultyTransport(new NioTransportProvider()
                .open(new TransportSettings(
                        settings.loops(), settings.threadNamePrefix(), settings.threadFactory(), foreign)));
    }

    private final class FaultyTransport extends ForwardingTransport {

        private final Map<EventLoop, EventLoop> loops = new ConcurrentHashMap<>();

        FaultyTransport(Transport target) {
            super(target);
        }

        private EventLoop faulty(EventLoop loop) {
            return loops.computeIfAbsent(loop, FaultyLoop::new);
        }

        @Override
        public String name() {
            return FaultyProvider.this.name();
        }

        @Override
        public EventLoop nextLoop() {
            return faulty(super.nextLoop());
        }

        @Override
        public @Nullable EventLoop currentLoop() {
            EventLoop current = super.currentLoop();
            return current == null ? null : faulty(current);
        }

        @Override
        public Cancellable connect(EventLoop loop, ConnectRequest request, WireListener listener) {
            if (fault == Fault.SOCKETS_LEFT || fault == Fault.LOSERS_LEFT) {
                try {
                    leftBehind.add(SocketChannel.open());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            if (!(loop instanceof FaultyLoop mine)) {
                throw new IllegalArgumentException("a foreign loop");
            }
            FaultyListener between = new FaultyListener(fault, listener, this::faulty, leftBehind);
            Cancellable attempt = super.connect(mine.target, spoilt(request, loop, between), between);
            return fault == Fault.ABANDONING_IGNORED ? () -> {} : attempt;
        }

        private ConnectRequest spoilt(ConnectRequest request, EventLoop loop, FaultyListener between) {
            return new ConnectRequest(
                    request.host(),
                    request.port(),
                    fault == Fault.FIRST_ADDRESS_ONLY || fault == Fault.SILENCE_WAITED_FOR
                            ? List.of(request.addresses().get(0))
                            : request.addresses(),
                    fault == Fault.TIMEOUT_IGNORED || fault == Fault.HANDSHAKE_WITHOUT_TIMEOUT
                            ? Duration.ZERO
                            : request.timeout(),
                    request.tcp(),
                    fault == Fault.PROXY_IGNORED ? null : request.proxy(),
                    spoilt(request.tls(), loop, between),
                    request.maxFrameBytes());
        }

        private @Nullable TlsSpec spoilt(@Nullable TlsSpec tls, EventLoop loop, FaultyListener between) {
            if (tls == null || fault == null) {
                return tls;
            }
            return fault == Fault.NOT_ENCRYPTED ? null : new FaultySpec(fault, tls, loop, between);
        }

        @Override
        public CompletionStage<@Nullable Void> close(Duration limit) {
            if (fault == Fault.THREADS_LEFT) {
                leftBehind.add(() -> super.close(Duration.ZERO));
                return CompletableFuture.completedStage(null);
            }
            return super.close(limit);
        }
    }

    private final class FaultyLoop implements EventLoop {

        private final EventLoop target;
        private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

        FaultyLoop(EventLoop target) {
            this.target = target;
        }

        @Override
        public boolean inLoop() {
            return target.inLoop();
        }

        @Override
        public void execute(Runnable task) {
            target.execute(task);
        }

        @Override
        public Cancellable schedule(Runnable task, long delay, TimeUnit unit) {
            if (fault == Fault.CANCELLED_TIMERS_HELD) {
                held.add(task);
            }
            long nanos = unit.toNanos(delay);
            Runnable given = task;
            if (fault == Fault.TIMERS_ON_ANOTHER_THREAD) {
                given = () -> new Thread(task).start();
            }
            Cancellable timer = target.schedule(given, fault == Fault.TIMERS_EARLY ? 0 : nanos, TimeUnit.NANOSECONDS);
            return fault == Fault.CANCELLED_TIMERS_FIRE ? () -> {} : timer;
        }
    }
}
