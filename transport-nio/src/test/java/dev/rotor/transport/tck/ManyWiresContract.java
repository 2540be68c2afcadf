package dev.rotor.transport.tck;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.Wire;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many wires at once. */
public abstract class ManyWiresContract extends TransportContract {

    private static final int WIRES = 2000;

    /** The process's open files where the system shows them, else -1. */
    private static int openFiles() {
        String[] entries = new File("/proc/self/fd").list();
        return entries == null ? -1 : entries.length;
    }

    private List<RecordingListener> openMany(List<Peer> peers) throws Exception {
        List<RecordingListener> listeners = new ArrayList<>();
        Thread acceptor = new Thread(() -> {
            try {
                for (int i = 0; i < WIRES; i++) {
                    peers.add(new Peer(server.accept()));
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        acceptor.start();
        for (int i = 0; i < WIRES; i++) {
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
        settle(transport.nextLoop());
        int before = openFiles();
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
        for (int i = 0; i < WIRES; i++) {
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
        for (int i = 0; i < 4; i++) {
            settle(transport.nextLoop());
        }
        // A few more may be the class loader's.
        assertThat(openFiles()).isLessThan(before + 50);
    }

    @Test
    void closingTheTransportLeavesNoThreadAndNoSocket() throws Exception {
        List<Peer> peers = new ArrayList<>();
        List<RecordingListener> listeners = openMany(peers);
        List<Thread> threads = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("tck-loop-")) {
                threads.add(thread);
            }
        }

        transport.close(Duration.ofSeconds(30)).toCompletableFuture().get(60, SECONDS);

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
        assertThat(openFiles()).isLessThan(WIRES);
    }
}
