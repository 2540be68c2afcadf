package dev.rotor.transport.tck;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportSettings;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing is kept of what has ended: no socket, no thread, no memory. */
public abstract class LeakContract extends TransportContract {

    /** For the class that says what is tested. */
    protected LeakContract() {}

    // ---- sockets

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
        other.close(Duration.ofSeconds(5)).toCompletableFuture().get(millis(), MILLISECONDS);
    }

    @Test
    void transportsThatHaveClosedLeaveNoDirectMemory() throws Exception {
        // What is made once for all is made by the first.
        openUseAndClose();
        long before = Leaks.directBuffers();
        int rounds = 30;
        for (int i = 0; i < rounds; i++) {
            openUseAndClose();
        }

        // One per transport would be a leak; a few more are other threads' of the JDK.
        eventually(() -> {
            System.gc();
            assertThat(Leaks.directBuffers()).isLessThan(before + rounds / 2);
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
