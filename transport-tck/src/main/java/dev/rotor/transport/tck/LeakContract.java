package dev.rotor.transport.tck;

import static java.util.concurrent.TimeUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportSettings;
import dev.rotor.driver.transport.Wire;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Nothing is kept of what has ended: no socket, no thread, no memory. */
public abstract class LeakContract extends TransportContract {

    private static final int FAULTS = 1000;

    /** For the class that says what is tested. */
    protected LeakContract() {}

    // ---- sockets

    /** What goes wrong with one wire. */
    private enum Fault {
        NONE,
        PEER_CLOSES,
        PEER_HALF_CLOSES,
        PEER_RESETS,
        PEER_STOPS_INSIDE_A_MESSAGE,
        PEER_SENDS_NONSENSE,
        PEER_NEVER_READS,
        LISTENER_THROWS,
        ABANDONED_WHILE_CONNECTING,
        REFUSED
    }

    @Test
    void aThousandConnectsAndClosesUnderRandomFaultsLeaveNothing(TestReporter reporter) throws Exception {
        long seed = new Random().nextLong();
        reporter.publishEntry("seed", Long.toString(seed));
        Random random = new Random(seed);
        Leaks before = Leaks.now(List.of());
        Fault[] faults = Fault.values();
        for (int i = 0; i < FAULTS; i++) {
            suffer(faults[random.nextInt(faults.length)], random);
        }
        eventually(before::assertNoneSince);
    }

    private void suffer(Fault fault, Random random) throws Exception {
        RecordingListener listener = watched(new RecordingListener() {
            @Override
            void frameHook(byte[] frame) {
                if (fault == Fault.LISTENER_THROWS) {
                    throw new IllegalStateException("expected by a test");
                }
            }
        });
        if (fault == Fault.REFUSED) {
            transport.connect(transport.nextLoop(), request(refusing()), listener);
            listener.closeCause();
            return;
        }
        var attempt = transport.connect(transport.nextLoop(), request(server.getLocalAddress()), listener);
        if (fault == Fault.ABANDONED_WHILE_CONNECTING) {
            attempt.cancel();
        }
        if (fault == Fault.ABANDONED_WHILE_CONNECTING && !connectedAfterAll(listener)) {
            return;
        }
        try (Peer peer = new Peer(server.accept())) {
            converse(fault, peer, listener, random);
        }
        listener.closeCause();
    }

    /** An abandoned attempt may have come too far, so that there is somebody to accept; the server is never held up. */
    private boolean connectedAfterAll(RecordingListener listener) throws Exception {
        boolean connected = java.util.concurrent.CompletableFuture.anyOf(
                                listener.connected.thenApply(wire -> true), listener.closed.thenApply(cause -> false))
                        .get(seconds(), java.util.concurrent.TimeUnit.SECONDS)
                == Boolean.TRUE;
        if (!connected) {
            server.configureBlocking(false);
            try {
                var late = server.accept();
                if (late != null) {
                    late.close();
                }
            } finally {
                server.configureBlocking(true);
            }
        }
        return connected;
    }

    private static void converse(Fault fault, Peer peer, RecordingListener listener, Random random) throws Exception {
        Wire wire = listener.wire();
        byte[] message = Frames.frame(16 + random.nextInt(100_000), 1);
        switch (fault) {
            case NONE -> {
                wire.send(ByteBuffer.wrap(message));
                peer.readFrame();
                peer.write(message);
                listener.frame();
                wire.close();
            }
            case PEER_CLOSES -> peer.close();
            case PEER_HALF_CLOSES -> peer.channel().shutdownOutput();
            case PEER_RESETS -> {
                wire.send(ByteBuffer.wrap(message));
                peer.reset();
            }
            case PEER_STOPS_INSIDE_A_MESSAGE -> {
                peer.write(Arrays.copyOf(message, 1 + random.nextInt(message.length - 1)));
                peer.close();
            }
            case PEER_SENDS_NONSENSE -> peer.write(Frames.join(Frames.length(-random.nextInt(1000)), new byte[1000]));
            case PEER_NEVER_READS -> {
                wire.send(ByteBuffer.wrap(new byte[10_000_000]));
                wire.abort();
            }
            case LISTENER_THROWS -> peer.write(message);
            case ABANDONED_WHILE_CONNECTING, REFUSED -> wire.abort();
        }
    }

    @Test
    void abandonedAttemptsLeaveNoSocket() throws Exception {
        SocketAddress silent = silent();
        Leaks before = Leaks.now(List.of());
        for (int i = 0; i < 100; i++) {
            RecordingListener listener = watched(new RecordingListener());
            transport.connect(transport.nextLoop(), request(silent), listener).cancel();
            assertThat(listener.closeCause()).isNull();
        }

        eventually(before::assertNoneSince);
    }

    @Test
    void attemptsThatTimeOutLeaveNoSocket() throws Exception {
        SocketAddress silent = silent();
        Leaks before = Leaks.now(List.of());
        List<RecordingListener> attempts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            attempts.add(start(request(Duration.ofMillis(20), silent)));
        }
        for (RecordingListener attempt : attempts) {
            assertThat(failure(attempt).isTimeout()).isTrue();
        }

        eventually(before::assertNoneSince);
    }

    // ---- memory

    /** The only reference to the object is this one, as soon as the method that made it has returned. */
    private void assertForgotten(String what, WeakReference<?> reference) throws Exception {
        eventually(() -> {
            System.gc();
            assertThat(reference.get()).as(what + " is still held").isNull();
        });
    }

    private static final class Owner extends RecordingListener {}

    private WeakReference<Owner> ownerOfAClosedWire() throws Exception {
        Owner listener = new Owner();
        transport.connect(transport.nextLoop(), request(server.getLocalAddress()), listener);
        try (Peer peer = new Peer(server.accept())) {
            listener.wire().send(ByteBuffer.wrap(Frames.frame(100, 1)));
            peer.readFrame();
            peer.write(Frames.frame(100, 1));
            listener.frame();
            listener.wire().close();
            listener.closeCause();
        }
        return new WeakReference<>(listener);
    }

    @Test
    void theListenerOfAClosedWireIsForgotten() throws Exception {
        assertForgotten("the listener of a closed wire", ownerOfAClosedWire());
    }

    private WeakReference<byte[]> sentAndAborted() throws Exception {
        RecordingListener listener = new RecordingListener();
        connect(listener);
        byte[] large = Frames.frame(20_000_000, 1);
        listener.wire().send(ByteBuffer.wrap(large));
        listener.wire().abort();
        assertThat(listener.closeCause()).isNull();
        return new WeakReference<>(large);
    }

    @Test
    void whatAnAbortedWireDidNotSendIsForgotten() throws Exception {
        assertForgotten("the buffer of an aborted wire", sentAndAborted());
    }

    private static WeakReference<Object> cancelledTimer(EventLoop loop) {
        Object held = new Object();
        loop.schedule(() -> fail("fired: " + held), 1, DAYS).cancel();
        return new WeakReference<>(held);
    }

    @Test
    void theTaskOfACancelledTimerIsForgotten() throws Exception {
        assertForgotten("the task of a cancelled timer", cancelledTimer(transport.nextLoop()));
    }

    /** How many buffers outside of the heap there are. */
    private static long directBuffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getCount)
                .sum();
    }

    private void openUseAndClose() throws Exception {
        // Neither of them watched, which would hold it until the test's end.
        Transport other = provider().open(new TransportSettings(2, LOOP_PREFIX, null, null));
        for (int i = 0; i < 2; i++) {
            RecordingListener listener = new RecordingListener();
            other.connect(other.nextLoop(), request(server.getLocalAddress()), listener);
            try (Peer peer = new Peer(server.accept())) {
                listener.wire().send(ByteBuffer.wrap(Frames.frame(100_000, 1)));
                peer.readFrame();
                peer.write(Frames.frame(100_000, 1));
                listener.frame();
            }
            listener.closeCause();
        }
        other.close(Duration.ofSeconds(5)).toCompletableFuture().get(seconds(), java.util.concurrent.TimeUnit.SECONDS);
    }

    @Test
    void transportsThatHaveClosedLeaveNoDirectMemory() throws Exception {
        // What is made once for all is made by the first.
        openUseAndClose();
        long before = directBuffers();
        int rounds = 30;
        for (int i = 0; i < rounds; i++) {
            openUseAndClose();
        }

        // One per transport would be a leak; a few more are other threads' of the JDK.
        eventually(() -> {
            System.gc();
            assertThat(directBuffers()).isLessThan(before + rounds / 2);
        });
    }

    @Test
    void transportsThatWereNeverUsedLeaveNothing() throws IOException {
        Leaks before = Leaks.now(underTest().leakProbes());
        for (int i = 0; i < 20; i++) {
            open(3).close(Duration.ZERO).toCompletableFuture().join();
        }
        assertThat(server.isOpen()).isTrue();
        before.assertNoneSince();
    }
}
