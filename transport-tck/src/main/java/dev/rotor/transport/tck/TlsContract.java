package dev.rotor.transport.tck;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.transport.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages on encrypted wires. How they come about is {@link TlsHandshakeContract}'s. */
public abstract class TlsContract extends TlsBase {

    /** For the class that says what is tested. */
    protected TlsContract() {}

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void messagesOfEverySizeGoBothWaysUnchanged(String protocol) throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener, protocol);
        Wire wire = listener.wire();
        SSLSession session = Objects.requireNonNull(wire.tlsSession());
        assertThat(session.getProtocol()).isEqualTo(protocol);
        for (int length : new int[] {16, 17, 1000, 16_383, 16_384, 16_385, 65_536, 200_001, 5_000_000}) {
            byte[] out = Frames.frame(length, length);
            int half = length / 2;
            wire.send(ByteBuffer.wrap(out, 0, half), ByteBuffer.wrap(out, half, length - half));
            assertThat(Arrays.equals(peer.readFrame(), out)).isTrue();
            listener.givenBack();
            byte[] back = Frames.frame(length, -length);
            peer.write(back);
            assertThat(Arrays.equals(listener.frame(), back)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void handshakesAndRecordsSplitAtEveryByteArriveWhole(String protocol) throws Exception {
        RecordingListener listener = new RecordingListener();
        start(listener, KitTls.client(protocol));
        TlsPeer peer = TlsPeer.inPieces(accept(), KitTls.server(protocol).serverEngine(), 1)
                .handshake();
        peer.write(Frames.frame(300, 1));
        peer.write(Frames.frame(20, 2));

        assertThat(listener.frame()).isEqualTo(Frames.frame(300, 1));
        assertThat(listener.frame()).isEqualTo(Frames.frame(20, 2));
    }

    @Test
    void recordsAndMessagesThatComeTogetherAreToldApart() throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener);
        byte[][] messages = new byte[900][];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = Frames.numbered(0, i);
        }
        // Many messages in a record, then a message in a record each, then one that is spread over records of 1 byte.
        byte[] records = peer.sealed(Frames.join(Arrays.copyOf(messages, 600)));
        for (int i = 600; i < 900; i++) {
            records = Frames.join(records, peer.sealed(messages[i]));
        }
        byte[] last = Frames.frame(200, 5);
        for (byte each : last) {
            records = Frames.join(records, peer.sealed(new byte[] {each}));
        }

        peer.below().write(records);

        for (int i = 0; i < messages.length; i++) {
            assertThat(Frames.number(listener.frame())).isEqualTo(i);
        }
        assertThat(listener.frame()).isEqualTo(last);
    }

    @Test
    void theLargestMessagesGoBothWaysAtOnce() throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener);
        byte[] out = Frames.frame(48_000_000, 1);
        byte[] back = Frames.frame(48_000_000, 2);

        listener.wire().send(ByteBuffer.wrap(out));
        // The peer begins to read when it has written: what it is sent has to wait, and does not hold up what it sends.
        peer.write(back);
        assertThat(Arrays.equals(peer.readFrame(), out)).isTrue();

        assertThat(Arrays.equals(listener.frame(), back)).isTrue();
        listener.givenBack();
    }

    @Test
    void aPeerThatDoesNotReadHoldsUpItsOwnWireOnlyAndLosesNothing() throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener);
        byte[] large = Frames.frame(20_000_000, 1);
        byte[] small = Frames.frame(100, 2);
        listener.wire().send(ByteBuffer.wrap(large));
        listener.wire().send(ByteBuffer.wrap(small));
        for (int i = 0; i < 2; i++) {
            RecordingListener other = new RecordingListener();
            TlsPeer otherPeer = connectTls(other);
            other.wire().send(ByteBuffer.wrap(small));
            assertThat(otherPeer.readFrame()).isEqualTo(small);
        }

        assertThat(listener.sent).isEmpty();
        assertThat(Arrays.equals(peer.readFrame(), large)).isTrue();
        assertThat(peer.readFrame()).isEqualTo(small);
    }

    @Test
    void aPeerIsHeldUpWhileReadingIsOffAndNothingIsLost() throws Exception {
        RecordingListener listener = new RecordingListener() {
            @Override
            void frameHook(byte[] frame) {
                connected.join().readInterest(false);
            }
        };
        TlsPeer peer = connectTls(listener);
        int count = 400;
        int size = 100_000;
        CompletableFuture<Boolean> written = onItsOwnThread(() -> {
            for (int i = 0; i < count; i++) {
                peer.write(Frames.frame(size, i));
            }
        });

        assertThat(listener.frame()).isEqualTo(Frames.frame(size, 0));
        settle(listener.wire().loop());
        assertThat(written).isNotDone();
        for (int i = 1; i < count; i++) {
            assertThat(listener.frames).isEmpty();
            listener.wire().readInterest(true);
            assertThat(Arrays.equals(listener.frame(), Frames.frame(size, i))).isTrue();
        }
        written.get(millis(), MILLISECONDS);
    }

    @Test
    void whatCameInOneRecordIsDeliveredOneByOneWhereThatIsWanted() throws Exception {
        RecordingListener listener = new RecordingListener() {
            @Override
            void frameHook(byte[] frame) {
                connected.join().readInterest(false);
            }
        };
        TlsPeer peer = connectTls(listener);
        byte[][] messages = new byte[200][];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = Frames.numbered(0, i);
        }
        peer.write(Frames.join(messages));
        peer.sayGoodbye();
        peer.below().close();

        for (int i = 0; i < messages.length; i++) {
            assertThat(Frames.number(listener.frame())).isEqualTo(i);
            settle(listener.wire().loop());
            assertThat(listener.frames).isEmpty();
            assertThat(listener.closed).isNotDone();
            listener.wire().readInterest(true);
        }
        assertThat(listener.closeCause()).isInstanceOf(EOFException.class);
    }

    @Test
    void messagesOfManyThreadsNeverMix() throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener);
        Wire wire = listener.wire();
        int senders = 4;
        int each = 2000;
        for (int s = 0; s < senders; s++) {
            int sender = s;
            var unused = onItsOwnThread(() -> {
                for (int i = 0; i < each; i++) {
                    byte[] bytes = Frames.numbered(sender, i);
                    wire.send(ByteBuffer.wrap(bytes, 0, 16), ByteBuffer.wrap(bytes, 16, 8));
                }
            });
        }

        int[] next = new int[senders];
        for (int i = 0; i < senders * each; i++) {
            byte[] frame = peer.readFrame();
            assertThat(Frames.number(frame)).isEqualTo(next[Frames.sender(frame)]++);
            if (i % 100 == 0) {
                peer.write(frame);
                assertThat(listener.frame()).isEqualTo(frame);
            }
        }
        for (int i = 0; i < senders * each; i++) {
            listener.givenBack();
        }
    }

    // ---- keys

    @Test
    void newKeysAreTakenAndAnsweredWhileMessagesGoBothWays() throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener, "TLSv1.3");
        Wire wire = listener.wire();
        for (int i = 0; i < 5; i++) {
            byte[] large = Frames.frame(3_000_000, i);
            wire.send(ByteBuffer.wrap(large));
            peer.renew();
            peer.write(Frames.frame(1000, i));
            assertThat(Arrays.equals(peer.readFrame(), large)).isTrue();
            assertThat(listener.frame()).isEqualTo(Frames.frame(1000, i));
            wire.send(ByteBuffer.wrap(Frames.frame(2000, i)));
            assertThat(peer.readFrame()).isEqualTo(Frames.frame(2000, i));
        }
    }

    @Test
    void newKeysAreTakenByAWireThatIsSilent() throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener, "TLSv1.3");
        for (int i = 0; i < 40; i++) {
            peer.renew();
            peer.write(Frames.frame(100, i));
            assertThat(listener.frame()).isEqualTo(Frames.frame(100, i));
        }
        listener.wire().send(ByteBuffer.wrap(Frames.frame(50, 1)));
        assertThat(peer.readFrame()).isEqualTo(Frames.frame(50, 1));
    }

    @Test
    void newKeysAreAnsweredBeforeAMessageOfSeveralBuffers() throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener, "TLSv1.3");
        byte[] frame = Frames.frame(300, 1);
        for (int i = 0; i < 10; i++) {
            peer.renew();
            peer.write(frame);
            assertThat(listener.frame()).isEqualTo(frame);
            listener.wire()
                    .send(
                            ByteBuffer.wrap(frame, 0, 16),
                            ByteBuffer.wrap(frame, 16, 100),
                            ByteBuffer.wrap(frame, 116, 184));
            assertThat(peer.readFrame()).isEqualTo(frame);
        }
    }

    @Test
    void renegotiationEndsTheWire() throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener, "TLSv1.2");
        listener.wire();

        peer.renew();

        assertThat(listener.closeCause()).isInstanceOf(SSLException.class).hasMessageContaining("renegotiation");
    }

    // ---- the end

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anOrderlyCloseSendsWhatWasSentBeforeAndSaysGoodbye(String protocol) throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener, protocol);
        byte[] last = Frames.frame(2_000_000, 3);
        listener.wire().send(ByteBuffer.wrap(last));
        listener.wire().close();

        assertThat(Arrays.equals(peer.readFrame(), last)).isTrue();
        peer.readGoodbye();
        peer.below().close();
        assertThat(listener.closeCause()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aPeersGoodbyeEndsTheWireBehindItsLastMessage(String protocol) throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener, protocol);
        listener.wire();

        peer.write(Frames.frame(70_000, 1));
        peer.sayGoodbye();

        assertThat(listener.frame()).isEqualTo(Frames.frame(70_000, 1));
        assertThat(listener.closeCause())
                .isInstanceOf(EOFException.class)
                .satisfies(cause -> assertThat(cause.getMessage()).doesNotContain("close_notify"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aStreamThatIsCutOffIsToldFromOneThatEnded(String protocol) throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener, protocol);
        listener.wire();

        peer.write(Frames.frame(1000, 1));
        peer.below().socket().shutdownOutput();

        assertThat(listener.frame()).isEqualTo(Frames.frame(1000, 1));
        assertThat(listener.closeCause()).isInstanceOf(EOFException.class).hasMessageContaining("close_notify");
    }

    @Test
    void aRecordThatIsCutOffIsNoMessage() throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener);
        listener.wire();
        byte[] record = peer.sealed(Frames.frame(1000, 1));

        peer.below().write(Arrays.copyOf(record, record.length - 1));
        peer.below().close();

        assertThat(listener.closeCause()).isInstanceOf(IOException.class);
        assertThat(listener.frames).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, 0", "TLSv1.2, 5", "TLSv1.2, 100", "TLSv1.2, 1000",
        "TLSv1.3, 0", "TLSv1.3, 5", "TLSv1.3, 100", "TLSv1.3, 1000"
    })
    void aRecordThatSomebodyChangedEndsTheWireWithoutAMessage(String protocol, int at) throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener, protocol);
        listener.wire();

        // The stream goes on: nothing else may end the wire.
        peer.below().write(changed(peer.sealed(Frames.frame(1000, 1)), at));

        assertBroken(listener);
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, 0", "TLSv1.2, 5", "TLSv1.2, 100", "TLSv1.2, 1000",
        "TLSv1.3, 0", "TLSv1.3, 5", "TLSv1.3, 100", "TLSv1.3, 1000"
    })
    void aRecordThatSomebodyChangedEndsTheWireWhenOthersFollow(String protocol, int at) throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener, protocol);
        listener.wire();
        byte[] first = changed(peer.sealed(Frames.frame(1000, 1)), at);
        byte[] second = peer.sealed(Frames.frame(1000, 2));
        byte[] third = peer.sealed(Frames.frame(1000, 3));

        peer.below().write(Frames.join(first, Frames.join(second, third)));

        assertBroken(listener);
        settle(listener.wire().loop());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aMessageBeforeARecordThatSomebodyChangedIsHeard(String protocol) throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener, protocol);
        listener.wire();
        byte[] good = peer.sealed(Frames.frame(1000, 1));
        byte[] bad = changed(peer.sealed(Frames.frame(1000, 2)), 100);

        peer.below().write(Frames.join(good, bad));

        assertThat(listener.frame()).isEqualTo(Frames.frame(1000, 1));
        assertBroken(listener);
    }

    private static byte[] changed(byte[] record, int at) {
        record[at] ^= 0x55;
        return record;
    }

    /** Closed for the record, of which the cause says what is wrong, and for nothing that comes of it. */
    private static void assertBroken(RecordingListener listener) throws Exception {
        assertThat(listener.closeCause()).isInstanceOf(SSLException.class).satisfies(cause -> assertThat(
                        String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
                // The engines' words for a checksum, padding or type that is none.
                .containsAnyOf("mac", "decrypt", "tag mismatch", "record", "padding", "ssl message"));
        assertThat(listener.frames).isEmpty();
    }

    @Test
    void lengthsOutOfRangeEndTheWire() throws Exception {
        RecordingListener listener = new RecordingListener();
        TlsPeer peer = connectTls(listener);
        listener.wire();

        peer.write(Frames.length(15));

        assertThat(listener.closeCause()).isInstanceOf(dev.rotor.driver.transport.FrameException.class);
    }

    @Test
    void anAbruptCloseAmidTrafficLeavesNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            RecordingListener listener = new RecordingListener();
            TlsPeer peer = connectTls(listener);
            Wire wire = listener.wire();
            wire.send(ByteBuffer.wrap(Frames.frame(10_000_000, i)));
            peer.write(Frames.frame(100, i));
            var unused = onItsOwnThread(() -> wire.send(ByteBuffer.wrap(Frames.frame(500_000, 1))));
            wire.abort();
            assertThat(listener.closeCause()).isNull();
            assertThatThrownBy(peer::readGoodbye).isInstanceOf(IOException.class);
        }
    }
}
