package dev.rotor.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.Wire;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A listener that throws loses its own wire, and nobody else's. */
public abstract class ListenerContract extends TransportContract {

    /** For the class that says what is tested. */
    protected ListenerContract() {}

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Has another wire of every loop carry a message. */
    private void assertLoopsLive() throws Exception {
        for (int i = 0; i < 2; i++) {
            RecordingListener other = new RecordingListener();
            Peer peer = connect(other);
            other.wire().send(ByteBuffer.wrap(Frames.frame(16, i)));
            assertThat(peer.readFrame()).isEqualTo(Frames.frame(16, i));
            peer.write(Frames.frame(17, i));
            assertThat(other.frame()).hasSize(17);
        }
    }

    @Test
    void aListenerThatThrowsWhenConnectedIsClosedWithIt() throws Exception {
        Broken broken = new Broken();
        RecordingListener listener = new RecordingListener() {
            @Override
            void connectedHook(Wire wire) {
                throw broken;
            }
        };
        Peer peer = connect(listener);

        assertThat(listener.closeCause()).isSameAs(broken);
        assertThat(peer.readToEnd()).isZero();
        assertLoopsLive();
    }

    @Test
    void aListenerThatThrowsWhenAskedForMemoryIsClosedWithIt() throws Exception {
        Error broken = new OutOfMemoryError("made up");
        RecordingListener listener = new RecordingListener() {
            @Override
            byte[] allocateHook(int length) {
                throw broken;
            }
        };
        Peer peer = connect(listener);
        peer.write(Frames.frame(100, 1));

        assertThat(listener.closeCause()).isSameAs(broken);
        assertLoopsLive();
    }

    @Test
    void aListenerThatGivesMemoryOfAnotherSizeIsClosedWithAWord() throws Exception {
        for (int wrong : new int[] {0, 99, 101}) {
            RecordingListener listener = new RecordingListener() {
                @Override
                byte[] allocateHook(int length) {
                    return new byte[wrong];
                }
            };
            Peer peer = connect(listener);
            peer.write(Frames.frame(100, 1));

            assertThat(listener.closeCause()).isInstanceOf(IllegalStateException.class);
        }
        assertLoopsLive();
    }

    @Test
    void aListenerThatGivesNoMemoryIsClosedWithAnError() throws Exception {
        RecordingListener listener = new RecordingListener() {
            @Override
            @SuppressWarnings("NullAway") // the mistake under test
            byte[] allocateHook(int length) {
                return null;
            }
        };
        Peer peer = connect(listener);
        peer.write(Frames.frame(100, 1));

        assertThat(listener.closeCause()).isInstanceOf(RuntimeException.class);
        assertLoopsLive();
    }

    @Test
    void aListenerThatThrowsInAMessageIsClosedWithItAndHearsNoFurtherMessage() throws Exception {
        Broken broken = new Broken();
        RecordingListener listener = new RecordingListener() {
            @Override
            void frameHook(byte[] frame) {
                if (frame.length == 21) {
                    throw broken;
                }
            }
        };
        Peer peer = connect(listener);
        peer.write(Frames.join(Frames.frame(20, 1), Frames.frame(21, 1), Frames.frame(22, 1)));

        assertThat(listener.closeCause()).isSameAs(broken);
        assertThat(listener.frames).hasSize(1);
        assertLoopsLive();
    }

    @Test
    void aListenerThatThrowsWhenBuffersComeBackIsClosedWithItAndTheSenderIsSpared() throws Exception {
        Broken broken = new Broken();
        RecordingListener listener = new RecordingListener() {
            @Override
            void sentHook(ByteBuffer[] buffers) {
                throw broken;
            }
        };
        connect(listener);

        listener.wire().send(ByteBuffer.wrap(Frames.frame(100, 1)));

        assertThat(listener.closeCause()).isSameAs(broken);
        assertLoopsLive();
    }

    @Test
    void aListenerThatThrowsWhenALargeMessageComesBackIsClosedWithIt() throws Exception {
        Broken broken = new Broken();
        RecordingListener listener = new RecordingListener() {
            @Override
            void sentHook(ByteBuffer[] buffers) {
                throw broken;
            }
        };
        Peer peer = connect(listener);

        listener.wire().send(ByteBuffer.wrap(Frames.frame(20_000_000, 1)));
        peer.readFrame();

        assertThat(listener.closeCause()).isSameAs(broken);
        assertLoopsLive();
    }

    @Test
    void aListenerThatThrowsAtTheEndHarmsNobody() throws Exception {
        RecordingListener listener = new RecordingListener() {
            @Override
            void closedHook() {
                closed.complete(null);
                throw new Broken();
            }
        };
        Peer peer = connect(listener);
        peer.close();

        listener.closeCause();
        assertLoopsLive();
    }

    @Test
    void aListenerThatThrowsWhenNothingWasReachedHarmsNobody() throws Exception {
        RecordingListener listener = watched(new RecordingListener() {
            @Override
            void closedHook() {
                closed.complete(null);
                throw new Broken();
            }
        });
        transport.connect(
                transport.nextLoop(),
                request(java.net.InetSocketAddress.createUnresolved("nowhere.invalid", 1)),
                listener);

        listener.closeCause();
        assertLoopsLive();
    }

    @Test
    void aListenerThatInterruptsTheLoopHarmsNobody() throws Exception {
        RecordingListener listener = new RecordingListener() {
            @Override
            void frameHook(byte[] frame) {
                Thread.currentThread().interrupt();
            }
        };
        Peer peer = connect(listener);
        for (int i = 0; i < 10; i++) {
            peer.write(Frames.frame(20, i));
            assertThat(listener.frame()).isEqualTo(Frames.frame(20, i));
        }
        assertLoopsLive();
    }
}
