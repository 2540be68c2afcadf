package dev.rotor.transport.tck;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.TcpOptions;
import dev.rotor.driver.transport.TlsSpec;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A transport with two loops, a server socket, and the means to connect the two. After every test it is looked at what
 * is left behind: no thread of a loop, no socket, nothing that a {@link LeakProbe} counts.
 */
@Timeout(180)
public abstract class TransportContract {

    @RegisterExtension
    static final Tally TALLY = new Tally();

    static final int MAX_FRAME = 48_000_000 + 16 * 1024;

    /** How the names of the loops' threads begin. */
    static final String LOOP_PREFIX = "tck-loop-";

    /** The transport, where the test has opened one: not so when it was skipped. */
    @SuppressWarnings("NullAway.Init") // by openBoth
    Transport transport;

    @SuppressWarnings("NullAway.Init") // by openBoth
    ServerSocketChannel server;

    private final Queue<RecordingListener> listeners = new ConcurrentLinkedQueue<>();
    private final Queue<Transport> opened = new ConcurrentLinkedQueue<>();
    private final Queue<AutoCloseable> toClose = new ConcurrentLinkedQueue<>();
    /** Threads of an earlier test, which has failed for them. */
    private final List<Thread> others = new ArrayList<>();

    private @Nullable Leaks leaks;

    /** For the classes of claims. */
    protected TransportContract() {}

    /**
     * What is tested.
     *
     * @return the transport, and what the kit must know of it
     */
    protected abstract TransportUnderTest underTest();

    @BeforeEach
    final void openBoth() throws IOException {
        Availability availability = provider().availability();
        assumeTrue(
                availability.available(), () -> provider().name() + " is not available here: " + availability.reason());
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        others.addAll(loopThreads());
        leaks = Leaks.now(underTest().leakProbes());
        transport = open(2);
    }

    /** Every test ends with this: the transport closes, and no listener has seen what it must never see. */
    @AfterEach
    final void closeBoth() throws Exception {
        Leaks before = leaks;
        if (before == null) {
            return;
        }
        try (ServerSocketChannel last = server) {
            for (Transport each : opened) {
                close(each, Duration.ofMillis(Math.min(5000, millis())));
            }
            for (AutoCloseable closeable : toClose) {
                closeable.close();
            }
            listeners.forEach(TransportContract::check);
            for (Thread thread : loopThreads()) {
                thread.join(millis());
                assertThat(thread.isAlive()).as(thread + " is left").isFalse();
            }
            before.assertNoneSince();
            assertThat(last.isOpen()).isTrue();
        }
    }

    /** Closes, and waits for the end: as long as closing may take, and the patience on top of it. */
    final void close(Transport closing, Duration limit) throws Exception {
        closing.close(limit).toCompletableFuture().get(limit.toMillis() + millis(), MILLISECONDS);
    }

    private static void check(RecordingListener listener) {
        assertThat(listener.breaches).isEmpty();
        assertThat(listener.closed).as("every listener hears the end").isDone();
    }

    /** Checks a listener now instead of at the end, and holds nothing of it any more. */
    final void forget(RecordingListener listener) {
        check(listener);
        listeners.remove(listener);
    }

    final TransportProvider provider() {
        return underTest().provider();
    }

    /** Skips the test for a transport without the feature. */
    final void needs(TransportFeature feature) {
        assumeTrue(
                underTest().features().contains(feature),
                () -> provider().name() + " is said to have no " + feature + " (TransportUnderTest.features)");
    }

    /** The patience of what is under test. */
    final long millis() {
        return Math.max(1, underTest().patience().toMillis());
    }

    final Transport open(int loops) {
        return open(new TransportSettings(loops, LOOP_PREFIX, null, null));
    }

    /** A transport that is closed with the test, at the latest. */
    final Transport open(TransportSettings settings) {
        Transport another = provider().open(settings);
        opened.add(another);
        return another;
    }

    final ServerSocketChannel listen(SocketAddress address, int backlog) throws IOException {
        ServerSocketChannel listening = address instanceof UnixDomainSocketAddress
                ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                : ServerSocketChannel.open();
        closeLater(listening).bind(address, backlog);
        return listening;
    }

    final <C extends AutoCloseable> C closeLater(C closeable) {
        toClose.add(closeable);
        return closeable;
    }

    /** With the sockets that are closed after the transports. */
    final void endLater(AutoCloseable end) {
        toClose.add(end);
    }

    final Peer accept() throws IOException {
        return closeLater(new Peer(server.accept()));
    }

    /** A listener whose breaches fail the test. */
    final <L extends RecordingListener> L watched(L listener) {
        listener.patienceMillis = millis();
        listener.framesOnTheLoop = underTest().features().contains(TransportFeature.FRAMES_ON_THE_LOOP);
        listeners.add(listener);
        return listener;
    }

    /** Connects a listener to the server; returns the accepted end once the listener has heard. */
    final Peer connect(RecordingListener listener) throws Exception {
        transport.connect(transport.nextLoop(), request(server.getLocalAddress()), watched(listener));
        Peer peer = accept();
        listener.wire();
        return peer;
    }

    final ConnectRequest request(SocketAddress... addresses) {
        return request(underTest().patience(), addresses);
    }

    final ConnectRequest request(Duration timeout, SocketAddress... addresses) {
        return request(null, timeout, addresses);
    }

    /** Encrypted, where it is said how. */
    static ConnectRequest request(@Nullable TlsSpec tls, Duration timeout, SocketAddress... addresses) {
        return new ConnectRequest("db.example", 27017, List.of(addresses), timeout, TcpOptions.DEFAULT, tls, MAX_FRAME);
    }

    /** Begins to connect, with a listener that is watched. */
    final RecordingListener start(ConnectRequest request) {
        RecordingListener listener = watched(new RecordingListener());
        transport.connect(transport.nextLoop(), request, listener);
        return listener;
    }

    /** The failure that the listener of an attempt hears. */
    static ConnectFailedException failure(RecordingListener listener) throws Exception {
        Throwable cause = listener.closeCause();
        assertThat(listener.connected).isNotDone();
        if (cause instanceof ConnectFailedException failure) {
            return failure;
        }
        throw new AssertionError("not the failure of a connect", cause);
    }

    /**
     * The failure of an attempt whose time runs out at the point that these words are about. A machine that holds a
     * thread up lets a short time pass before that point: then it is given more.
     */
    final ConnectFailedException timeout(String words, Function<Duration, ConnectRequest> hopeless) throws Exception {
        for (long limit = 50; ; limit *= 4) {
            ConnectFailedException failure = failure(start(hopeless.apply(Duration.ofMillis(limit))));
            assertThat(failure.isTimeout()).isTrue();
            if (String.valueOf(failure.getMessage()).contains(words) || limit > 10_000) {
                assertThat(failure).hasMessageContaining(words);
                return failure;
            }
        }
    }

    /** An address on which nobody listens. */
    static InetSocketAddress refusing() throws IOException {
        try (ServerSocketChannel gone = ServerSocketChannel.open()) {
            gone.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return (InetSocketAddress) gone.getLocalAddress();
        }
    }

    /** An address that never answers: its server accepts nothing and its backlog is full. */
    final SocketAddress silent() throws IOException {
        ServerSocketChannel full = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        SocketAddress address = full.getLocalAddress();
        // The system adds to the backlog as it likes, so fill it until one is left waiting.
        for (int i = 0; i < 64; i++) {
            SocketChannel filler = closeLater(SocketChannel.open());
            filler.configureBlocking(false);
            if (!filler.connect(address)) {
                try (var selector = Selector.open()) {
                    filler.register(selector, SelectionKey.OP_CONNECT);
                    if (selector.select(300) == 0) {
                        return address;
                    }
                }
                filler.finishConnect();
            }
        }
        throw new IllegalStateException("the backlog would not fill");
    }

    /** Has a loop go through everything that it was handed before. */
    final void settle(EventLoop loop) throws Exception {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        loop.execute(() -> done.complete(true));
        done.get(millis(), MILLISECONDS);
    }

    /**
     * Waits for what happens by itself soon, such as a socket that the system takes back. The pauses are a loop's
     * timers.
     */
    final void eventually(Runnable assertion) throws Exception {
        long until = System.nanoTime() + MILLISECONDS.toNanos(millis());
        for (; ; ) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() - until > 0) {
                    throw e;
                }
            }
            CompletableFuture<Boolean> paused = new CompletableFuture<>();
            transport.nextLoop().schedule(() -> paused.complete(true), 5, MILLISECONDS);
            paused.get(millis(), MILLISECONDS);
        }
    }

    /** The threads of all loops that this test has opened and that are still alive. */
    final List<Thread> loopThreads() {
        List<Thread> found = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(LOOP_PREFIX) && !others.contains(thread)) {
                found.add(thread);
            }
        }
        return found;
    }
}
