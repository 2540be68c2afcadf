package dev.rotor.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.FrameException;
import dev.rotor.driver.transport.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a stream of bytes becomes messages. */
public abstract class FramingContract extends TransportContract {

    /** For the class that says what is tested. */
    protected FramingContract() {}

    @Test
    void aMessageArrivesWhole() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        byte[] sent = Frames.frame(100, 7);

        peer.write(sent);

        assertThat(listener.frame()).isEqualTo(sent);
    }

    @Test
    void theSmallestMessageIsAHeaderAlone() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        byte[] sent = Frames.frame(16, 7);

        peer.write(sent);

        assertThat(listener.frame()).isEqualTo(sent);
    }

    @Test
    void messagesSplitAtEveryByteArriveWhole() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        byte[] two = Frames.join(Frames.frame(29, 1), Frames.frame(18, 2));
        byte[] marker = Frames.frame(16, 3);

        for (int split = 1; split < two.length; split++) {
            peer.write(Arrays.copyOfRange(two, 0, split));
            // A turn of the loop in between, so that the two parts are not read as one.
            settle(listener.wire().loop());
            settle(listener.wire().loop());
            peer.write(Arrays.copyOfRange(two, split, two.length));
            peer.write(marker);

            assertThat(listener.frame()).as("split at %d", split).isEqualTo(Frames.frame(29, 1));
            assertThat(listener.frame()).as("split at %d", split).isEqualTo(Frames.frame(18, 2));
            assertThat(listener.frame()).isEqualTo(marker);
        }
    }

    @Test
    void aMessageThatTricklesInByteByByteArrivesWhole() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        byte[] sent = Frames.frame(300, 5);

        for (byte one : sent) {
            peer.write(new byte[] {one});
            settle(listener.wire().loop());
        }

        assertThat(listener.frame()).isEqualTo(sent);
    }

    @Test
    void messagesThatArriveTogetherAreToldApart() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        byte[][] sent = new byte[5000][];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = Frames.frame(16 + i % 200, i);
        }

        peer.write(Frames.join(sent));

        for (byte[] expected : sent) {
            assertThat(listener.frame()).isEqualTo(expected);
        }
    }

    @Test
    void messagesOfEverySizeAroundTheReceiveBufferArriveWhole() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        int[] sizes = {65_535, 65_536, 65_537, 65_540, 131_072, 131_073, 262_143, 1 << 20, 17};
        byte[][] sent = new byte[sizes.length][];
        for (int i = 0; i < sizes.length; i++) {
            sent[i] = Frames.frame(sizes[i], i);
        }

        peer.write(Frames.join(sent));

        for (byte[] expected : sent) {
            assertThat(listener.frame()).isEqualTo(expected);
        }
    }

    @Test
    void aMessageOf48MegabytesArrivesWhole() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        byte[] sent = Frames.frame(48_000_000, 9);

        peer.write(sent);

        assertThat(Arrays.equals(listener.frame(), sent)).isTrue();
    }

    @Test
    void theListenersOwnMemoryIsFilled() throws Exception {
        byte[] mine = new byte[64];
        RecordingListener listener = new RecordingListener() {
            @Override
            byte[] allocateHook(int length) {
                assertThat(length).isEqualTo(64);
                return mine;
            }
        };
        Peer peer = connect(listener);

        peer.write(Frames.frame(64, 1));

        assertThat(listener.frame()).isSameAs(mine).isEqualTo(Frames.frame(64, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1, 15, Integer.MIN_VALUE, Integer.MAX_VALUE, MAX_FRAME + 1, 0x50545448})
    void aLengthOutOfRangeClosesTheWireBeforeAnythingIsAllocated(int length) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        RecordingListener listener = new RecordingListener() {
            @Override
            byte[] allocateHook(int length) {
                asked.incrementAndGet();
                return new byte[length];
            }
        };
        Peer peer = connect(listener);

        peer.write(Frames.join(Frames.frame(20, 1), Frames.length(length), new byte[64]));

        assertThat(listener.frame()).isEqualTo(Frames.frame(20, 1));
        assertThat(listener.closeCause()).isInstanceOfSatisfying(FrameException.class, e -> assertThat(e.length())
                .isEqualTo(length));
        assertThat(asked).hasValue(1);
        peer.readToEnd();
    }

    @Test
    void theLargestLengthAllowedIsAllowedAndOneMoreIsNot() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        listener.wire().maxFrameBytes(1000);

        peer.write(Frames.frame(1000, 1));
        assertThat(listener.frame()).hasSize(1000);
        peer.write(Frames.frame(1001, 1));

        assertThat(listener.closeCause()).isInstanceOf(FrameException.class);
    }

    @Test
    void aLimitRaisedInsideAMessageHoldsFromTheNextOn() throws Exception {
        RecordingListener listener = new RecordingListener() {
            @Override
            void connectedHook(Wire wire) {
                wire.maxFrameBytes(100);
            }

            @Override
            void frameHook(byte[] frame) {
                connected.join().maxFrameBytes(5000);
            }
        };
        Peer peer = connect(listener);

        peer.write(Frames.join(Frames.frame(100, 1), Frames.frame(5000, 2)));

        assertThat(listener.frame()).hasSize(100);
        assertThat(listener.frame()).hasSize(5000);
    }

    @Test
    void theStreamsEndBetweenMessagesIsSaid() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);

        peer.write(Frames.frame(20, 1));
        peer.close();

        assertThat(listener.closeCause()).isInstanceOf(EOFException.class).hasMessageContaining("db.example:27017");
        assertThat(listener.frames).hasSize(1);
    }

    @Test
    void theStreamsEndInsideAMessageSaysHowFarItHadCome() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);

        peer.write(Arrays.copyOf(Frames.frame(116, 1), 12));
        peer.close();

        assertThat(listener.closeCause())
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("12")
                .hasMessageContaining("116");
        assertThat(listener.frames).isEmpty();
    }

    @Test
    void theStreamsEndInsideALengthIsSaid() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);

        peer.write(new byte[] {100, 0});
        peer.close();

        assertThat(listener.closeCause()).isInstanceOf(EOFException.class).hasMessageContaining("2 of the 4 bytes");
    }

    @Test
    void aPeerThatHalfClosesEndsTheWire() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);

        peer.channel().shutdownOutput();

        assertThat(listener.closeCause()).isInstanceOf(EOFException.class);
        assertThat(peer.readToEnd()).isZero();
    }

    @Test
    void aResetEndsTheWireWithItsCause() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);

        peer.reset();

        assertThat(listener.closeCause()).isInstanceOf(IOException.class).isNotInstanceOf(EOFException.class);
    }
}
