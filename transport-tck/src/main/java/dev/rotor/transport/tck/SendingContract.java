package dev.rotor.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.transport.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What goes out on a wire, in which order, and how buffers come back. */
public abstract class SendingContract extends TransportContract {

    /** For the class that says what is tested. */
    protected SendingContract() {}

    private static ByteBuffer[] one(byte[] bytes) {
        return new ByteBuffer[] {ByteBuffer.wrap(bytes)};
    }

    @Test
    void oneMessageOfSeveralBuffersHeapAndDirectGoesOutInOrder() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        byte[] message = Frames.frame(1000, 3);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(500).put(message, 100, 500).flip();
        ByteBuffer[] buffers = {
            ByteBuffer.wrap(message, 0, 100),
            ByteBuffer.allocate(0),
            direct,
            ByteBuffer.wrap(message, 600, 400).asReadOnlyBuffer(),
            ByteBuffer.allocate(0)
        };

        listener.wire().send(buffers);

        assertThat(peer.read(1000)).isEqualTo(message);
        assertThat(listener.givenBack()).isSameAs(buffers);
    }

    @Test
    void nothingToSendIsGivenBackToo() throws Exception {
        RecordingListener listener = new RecordingListener();
        connect(listener);
        ByteBuffer[] none = {};
        ByteBuffer[] empty = {ByteBuffer.allocate(0)};

        listener.wire().send(none);
        listener.wire().send(empty);

        assertThat(listener.givenBack()).isSameAs(none);
        assertThat(listener.givenBack()).isSameAs(empty);
    }

    @Test
    void bytesBeforeAPositionAndBehindALimitStayHere() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        ByteBuffer middle =
                ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}).position(2).limit(5);

        listener.wire().send(middle);
        listener.wire().send(ByteBuffer.wrap(new byte[] {9}));

        assertThat(peer.read(4)).containsExactly(3, 4, 5, 9);
        assertThat(middle.limit()).isEqualTo(5);
    }

    @Test
    void moreBuffersThanOneSystemCallTakesGoOutInOrder() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        byte[] message = Frames.frame(5000, 3);
        ByteBuffer[] buffers = new ByteBuffer[message.length];
        for (int i = 0; i < message.length; i++) {
            buffers[i] = ByteBuffer.wrap(message, i, 1);
        }

        listener.wire().send(buffers);

        assertThat(peer.read(message.length)).isEqualTo(message);
        assertThat(listener.givenBack()).isSameAs(buffers);
    }

    @Test
    void aMessageLargerThanTheSocketsBuffersFollowsFromTheLoopAndComesBackOnce() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        byte[] message = Frames.frame(48_000_000, 4);
        ByteBuffer[] buffers = {
            ByteBuffer.wrap(message, 0, 1_000_001),
            ByteBuffer.wrap(message, 1_000_001, 46_000_000),
            ByteBuffer.wrap(message, 47_000_001, message.length - 47_000_001)
        };
        byte[] small = Frames.frame(32, 5);

        // Returns although the peer has not read a byte.
        listener.wire().send(buffers);
        listener.wire().send(ByteBuffer.wrap(small));
        assertThat(listener.sent).isEmpty();

        assertThat(Arrays.equals(peer.readFrame(), message)).isTrue();
        assertThat(peer.readFrame()).isEqualTo(small);
        assertThat(listener.givenBack()).isSameAs(buffers);
        assertThat(listener.givenBack()[0].array()).isSameAs(small);
        settle(listener.wire().loop());
        assertThat(listener.sent).isEmpty();
    }

    @Test
    void largeMessagesCrossBothWaysAtOnce() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        byte[] there = Frames.frame(48_000_000, 4);
        byte[] back = Frames.frame(48_000_000, 5);
        CompletableFuture<Void> writing = new CompletableFuture<>();
        Thread writer = new Thread(() -> {
            try {
                peer.write(back);
                writing.complete(null);
            } catch (IOException e) {
                writing.completeExceptionally(e);
            }
        });
        writer.start();

        listener.wire().send(ByteBuffer.wrap(there));

        assertThat(Arrays.equals(peer.readFrame(), there)).isTrue();
        assertThat(Arrays.equals(listener.frame(), back)).isTrue();
        writing.get();
        writer.join();
    }

    @Test
    void messagesOfOneThreadKeepTheirOrderAndNeverMixWithThoseOfOthers() throws Exception {
        int threads = 8;
        int each = 3000;
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        Wire wire = listener.wire();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> senders = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int sender = t;
            Thread thread = new Thread(() -> {
                await(go);
                for (int i = 0; i < each; i++) {
                    byte[] message = Frames.numbered(sender, i);
                    // In two parts, so that a mix would show.
                    wire.send(ByteBuffer.wrap(message, 0, 10), ByteBuffer.wrap(message, 10, 14));
                }
            });
            senders.add(thread);
            thread.start();
        }
        go.countDown();

        int[] next = new int[threads];
        for (int i = 0; i < threads * each; i++) {
            byte[] message = peer.readFrame();
            assertThat(message).hasSize(24);
            assertThat(Frames.number(message)).isEqualTo(next[Frames.sender(message)]++);
        }
        int[] back = new int[threads];
        for (int i = 0; i < threads * each; i++) {
            byte[] message = listener.givenBack()[0].array();
            assertThat(Frames.number(message)).isEqualTo(back[Frames.sender(message)]++);
        }
        for (Thread thread : senders) {
            thread.join();
        }
        settle(wire.loop());
        assertThat(listener.sent).isEmpty();
    }

    @Test
    void sendersAndRepliesNeverMakeTheListenersCallsOverlap() throws Exception {
        int messages = 20_000;
        CountDownLatch heard = new CountDownLatch(messages);
        RecordingListener listener = new RecordingListener() {
            @Override
            void frameHook(byte[] frame) {
                heard.countDown();
            }
        };
        Peer peer = connect(listener);
        Wire wire = listener.wire();
        Thread echo = new Thread(() -> {
            try {
                for (int i = 0; i < messages; i++) {
                    peer.write(peer.read(24));
                }
            } catch (IOException e) {
                listener.breaches.add("the echo failed: " + e);
            }
        });
        echo.start();
        List<Thread> senders = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int sender = t;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < messages / 4; i++) {
                    wire.send(ByteBuffer.wrap(Frames.numbered(sender, i)));
                }
            });
            senders.add(thread);
            thread.start();
        }

        // The breaches that the listener notes are looked at after every test.
        assertThat(heard.await(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < messages; i++) {
            listener.givenBack();
        }
        for (Thread thread : senders) {
            thread.join();
        }
        echo.join();
    }

    @Test
    void aListenerMaySendFromEveryCallback() throws Exception {
        int rounds = 20_000;
        AtomicInteger left = new AtomicInteger(rounds);
        RecordingListener listener = new RecordingListener() {
            @Override
            void connectedHook(Wire wire) {
                wire.send(one(Frames.numbered(0, 0)));
            }

            @Override
            void frameHook(byte[] frame) {
                connected.join().send(one(Frames.numbered(1, 0)));
            }

            @Override
            void sentHook(ByteBuffer[] buffers) {
                // As deep as the stack would go, if buffers were given back inside each other.
                if (left.getAndDecrement() > 0) {
                    connected.join().send(one(Frames.numbered(2, rounds - left.get())));
                }
            }

            @Override
            void closedHook() {
                connected.join().send(one(Frames.numbered(3, 0)));
            }
        };
        Peer peer = connect(listener);

        assertThat(Frames.sender(peer.read(24))).isZero();
        for (int i = 1; i <= rounds; i++) {
            byte[] message = peer.read(24);
            assertThat(Frames.sender(message)).isEqualTo(2);
            assertThat(Frames.number(message)).isEqualTo(i);
        }
        peer.write(Frames.frame(16, 1));
        assertThat(Frames.sender(peer.read(24))).isEqualTo(1);
        peer.close();
        listener.closeCause();
    }

    @Test
    void aListenerThatChainsOnTheLoopIsServedThere() throws Exception {
        int rounds = 2000;
        RecordingListener listener = new RecordingListener() {
            @Override
            void frameHook(byte[] frame) {
                int number = Frames.number(frame);
                if (number < rounds) {
                    connected.join().send(one(Frames.numbered(0, number + 1)));
                }
            }
        };
        Peer peer = connect(listener);
        peer.write(Frames.numbered(0, 0));

        for (int i = 1; i <= rounds; i++) {
            byte[] message = peer.read(24);
            assertThat(Frames.number(message)).isEqualTo(i);
            peer.write(message);
        }
    }

    @Test
    void sendingOnAClosedWireIsSilent() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        Wire wire = listener.wire();
        wire.close();
        assertThat(listener.closeCause()).isNull();

        wire.send(one(Frames.frame(16, 1)));

        assertThat(peer.readToEnd()).isZero();
        assertThat(listener.sent).isEmpty();
    }

    @Test
    void aMissingBufferIsTheCallersMistake() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        Wire wire = listener.wire();
        @SuppressWarnings("NullAway") // the mistake under test
        ByteBuffer[] broken = {ByteBuffer.allocate(1), null};

        assertThatThrownBy(() -> wire.send(broken)).isInstanceOf(NullPointerException.class);

        wire.send(one(Frames.frame(16, 1)));
        assertThat(peer.read(16)).isEqualTo(Frames.frame(16, 1));
    }

    @Test
    void anInterruptedSenderDoesNotBreakTheWire() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        Wire wire = listener.wire();

        Thread.currentThread().interrupt();
        wire.send(one(Frames.frame(16, 1)));
        assertThat(Thread.interrupted()).isTrue();
        wire.send(one(Frames.frame(16, 2)));

        assertThat(peer.read(16)).isEqualTo(Frames.frame(16, 1));
        assertThat(peer.read(16)).isEqualTo(Frames.frame(16, 2));
    }

    @Test
    void whoeverSendsToAPeerThatIsGoneHearsItThroughTheListener() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        Wire wire = listener.wire();

        peer.reset();
        for (int i = 0; i < 1000 && !listener.closed.isDone(); i++) {
            wire.send(one(new byte[1000]));
        }

        assertThat(listener.closeCause()).isInstanceOf(IOException.class);
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, java.util.concurrent.TimeUnit.SECONDS)) {
                throw new AssertionError("the latch was not opened");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
