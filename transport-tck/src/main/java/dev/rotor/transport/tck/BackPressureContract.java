package dev.rotor.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.Wire;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Turning reading off and on. */
public abstract class BackPressureContract extends TransportContract {

    /** For the class that says what is tested. */
    protected BackPressureContract() {}

    /** Turns reading off in every message. */
    private static final class OneAtATime extends RecordingListener {
        @Override
        void frameHook(byte[] frame) {
            connected.join().readInterest(false);
        }
    }

    @Test
    void aListenerThatTurnsReadingOffHearsNoFurtherMessageUntilItTurnsItOn() throws Exception {
        OneAtATime listener = new OneAtATime();
        Peer peer = connect(listener);
        byte[][] sent = new byte[400][];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = Frames.numbered(0, i);
        }

        // All of it is read at once: what the listener does not want yet must be kept.
        peer.write(Frames.join(sent));

        for (int i = 0; i < sent.length; i++) {
            assertThat(Frames.number(listener.frame())).isEqualTo(i);
            settle(listener.wire().loop());
            assertThat(listener.frames).isEmpty();
            listener.wire().readInterest(true);
        }
    }

    @Test
    void aMessageUnderWayIsFinishedFirst() throws Exception {
        RecordingListener listener = new RecordingListener() {
            @Override
            byte[] allocateHook(int length) {
                connected.join().readInterest(false);
                return new byte[length];
            }
        };
        Peer peer = connect(listener);
        byte[] first = Frames.frame(3_000_000, 1);
        byte[] second = Frames.frame(300, 2);

        peer.write(Arrays.copyOf(first, 100));
        settle(listener.wire().loop());
        peer.write(Frames.join(Arrays.copyOfRange(first, 100, first.length), second));

        assertThat(Arrays.equals(listener.frame(), first)).isTrue();
        settle(listener.wire().loop());
        assertThat(listener.frames).isEmpty();
        listener.wire().readInterest(true);
        assertThat(listener.frame()).isEqualTo(second);
    }

    @Test
    void aPeerIsHeldUpWhileReadingIsOff() throws Exception {
        OneAtATime listener = new OneAtATime();
        Peer peer = connect(listener);
        int count = 600;
        int size = 100_000;
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        Thread writer = new Thread(() -> {
            try {
                peer.write(Frames.frame(size, 0));
                // Far more than the sockets' buffers hold.
                for (int i = 1; i < count; i++) {
                    peer.write(Frames.frame(size, i));
                }
                written.complete(true);
            } catch (java.io.IOException e) {
                written.completeExceptionally(e);
            }
        });
        writer.start();

        assertThat(listener.frame()).isEqualTo(Frames.frame(size, 0));
        settle(listener.wire().loop());
        assertThat(written).isNotDone();
        for (int i = 1; i < count; i++) {
            listener.wire().readInterest(true);
            assertThat(Arrays.equals(listener.frame(), Frames.frame(size, i))).isTrue();
        }
        assertThat(written.get()).isTrue();
        writer.join();
    }

    @Test
    void sendingGoesOnWhileReadingIsOff() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        Wire wire = listener.wire();
        wire.readInterest(false);

        byte[] large = Frames.frame(20_000_000, 1);
        wire.send(ByteBuffer.wrap(large));

        assertThat(Arrays.equals(peer.readFrame(), large)).isTrue();
        listener.givenBack();
    }

    @Test
    void theStreamsEndIsHeardWhenReadingIsTurnedOnAgain() throws Exception {
        OneAtATime listener = new OneAtATime();
        Peer peer = connect(listener);
        peer.write(Frames.join(Frames.frame(20, 1), Frames.frame(20, 2)));
        peer.close();

        listener.frame();
        listener.wire().readInterest(true);
        listener.frame();
        assertThat(listener.closed).isNotDone();
        listener.wire().readInterest(true);

        assertThat(listener.closeCause()).isInstanceOf(EOFException.class);
    }

    @Test
    void togglingFromOtherThreadsLosesNothing() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        Wire wire = listener.wire();
        int count = 20_000;
        Thread toggler = new Thread(() -> {
            while (listener.frames.size() < count && !listener.closed.isDone()) {
                wire.readInterest(false);
                wire.readInterest(true);
            }
        });
        toggler.start();

        for (int i = 0; i < count; i++) {
            peer.write(Frames.numbered(0, i));
        }

        toggler.join(60_000);
        for (int i = 0; i < count; i++) {
            assertThat(Frames.number(listener.frame())).isEqualTo(i);
        }
    }
}
