package dev.rotor.transport.tck;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many wires at once. */
public abstract class ManyWiresContract extends TransportContract {

    /** For the class that says what is tested. */
    protected ManyWiresContract() {}

    private int wires() {
        return Math.max(10, underTest().manyWires());
    }

    private List<RecordingListener> openMany(List<Peer> peers) throws Exception {
        int wires = wires();
        List<RecordingListener> listeners = new ArrayList<>();
        Thread acceptor = new Thread(() -> {
            try {
                for (int i = 0; i < wires; i++) {
                    peers.add(accept());
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        acceptor.start();
        for (int i = 0; i < wires; i++) {
            RecordingListener listener = watched(new RecordingListener());
            listeners.add(listener);
            transport.connect(transport.nextLoop(), request(server.getLocalAddress()), listener);
        }
        for (RecordingListener listener : listeners) {
            listener.wire();
        }
        acceptor.join();
        return listeners;
    }

    @Test
    void manyWiresCarryMessagesAndLeaveNoSocketWhenTheyClose() throws Exception {
        int wires = wires();
        Leaks before = Leaks.now(List.of());
        List<Peer> peers = new ArrayList<>();
        List<RecordingListener> listeners = openMany(peers);

        for (Peer peer : peers) {
            peer.write(Frames.frame(100, 1));
        }
        for (RecordingListener listener : listeners) {
            assertThat(listener.frame()).hasSize(100);
            listener.wire().send(ByteBuffer.wrap(Frames.frame(50, 2)));
        }
        for (Peer peer : peers) {
            assertThat(peer.readFrame()).hasSize(50);
        }
        for (int i = 0; i < wires; i++) {
            Wire wire = listeners.get(i).wire();
            if (i % 2 == 0) {
                wire.close();
            } else {
                wire.abort();
            }
        }
        for (RecordingListener listener : listeners) {
            assertThat(listener.closeCause()).isNull();
        }
        // Not one of the two ends is left: the peers see the end, and the process's files are those of before.
        for (Peer peer : peers) {
            assertThat(peer.readToEnd()).isZero();
            peer.close();
        }
        // The transport is still open: it keeps nothing of wires that have closed.
        eventually(before::assertNoneSince);
    }

    @Test
    void closingTheTransportLeavesNoThreadAndNoSocket() throws Exception {
        List<Peer> peers = new ArrayList<>();
        List<RecordingListener> listeners = openMany(peers);
        List<Thread> threads = loopThreads();

        transport.close(Duration.ofSeconds(30)).toCompletableFuture().get(millis(), MILLISECONDS);

        for (RecordingListener listener : listeners) {
            assertThat(listener.closed).isDone();
        }
        for (Peer peer : peers) {
            assertThat(peer.readToEnd()).isZero();
            peer.close();
        }
        for (Thread thread : threads) {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
