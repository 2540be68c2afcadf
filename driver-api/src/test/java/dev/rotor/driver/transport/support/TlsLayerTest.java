package dev.rotor.driver.transport.support;

import static dev.rotor.driver.transport.support.ScriptedEngine.fails;
import static dev.rotor.driver.transport.support.ScriptedEngine.ok;
import static dev.rotor.driver.transport.support.ScriptedEngine.record;
import static dev.rotor.driver.transport.support.ScriptedEngine.says;
import static dev.rotor.driver.transport.support.ScriptedEngine.takes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an engine does that is neither simple nor often seen on a network. */
class TlsLayerTest {

    private static final byte[] GOOD = record((byte) 1, (byte) 2, (byte) 3);
    private static final byte[] OTHER = record((byte) 9);

    private final ByteBuffer into = ByteBuffer.allocate(1000);
    private ScriptedTls tls = new ScriptedTls(true, Thread::new);
    private TlsLayer layer;

    TlsLayerTest() throws IOException {
        layer = tls.established();
    }

    @AfterEach
    void everythingIsGivenBackOnce() {
        layer.close();
        assertThat(tls.resources.buffersInUse()).isZero();
        assertThat(tls.released).isOne();
    }

    private void likeThePlatforms() throws IOException {
        layer.close();
        tls = new ScriptedTls(false, Thread::new);
        layer = tls.established();
    }

    private static byte[] join(byte[]... records) {
        int length = 0;
        for (byte[] each : records) {
            length += each.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] each : records) {
            all.put(each);
        }
        return all.array();
    }

    // ---- errors that the engine keeps to itself

    @Test
    void whatTheEngineKeepsToItselfIsSaidThenThrown() throws IOException {
        tls.socket.arriving.add(OTHER);
        tls.engine.unwraps.add(takes(HandshakeStatus.NEED_WRAP));
        tls.engine.wraps.add(says(7));
        tls.engine.wraps.add(fails("bad record mac"));

        assertThat(layer.read(into)).isZero();
        assertThat(layer.hasOutput()).isTrue();

        assertThatThrownBy(layer::flush).isInstanceOf(SSLException.class).hasMessage("bad record mac");
        assertThat(tls.socket.written.size()).isEqualTo(7);
    }

    @Test
    void whatTheEngineKeepsToItselfIsThrownToOneWhoReadsOn() throws IOException {
        tls.socket.arriving.add(join(OTHER, GOOD));
        tls.engine.unwraps.add(takes(HandshakeStatus.NEED_WRAP));
        tls.engine.unwraps.add((from, to) -> ok(HandshakeStatus.NEED_WRAP, 0, 0));
        tls.engine.wraps.add(says(7));
        tls.engine.wraps.add(fails("bad record mac"));

        assertThat(layer.read(into)).isZero();
        assertThat(layer.hasInput()).isTrue();

        assertThatThrownBy(() -> layer.read(into))
                .isInstanceOf(SSLException.class)
                .hasMessage("bad record mac");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEngineThatDoesNothingWithARecordIsAnError(boolean likeOpenSsl) throws IOException {
        if (!likeOpenSsl) {
            likeThePlatforms();
        }
        tls.socket.arriving.add(GOOD);
        tls.engine.unwraps.add((from, to) -> ok(HandshakeStatus.NOT_HANDSHAKING, 0, 0));

        assertThatThrownBy(() -> layer.read(into))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("does nothing");
    }

    @Test
    void anAnswerThatIsNoAlertEndsNothing() throws IOException {
        tls.socket.arriving.add(join(OTHER, GOOD));
        tls.engine.unwraps.add(takes(HandshakeStatus.NEED_WRAP));
        tls.engine.wraps.add(says(7));

        assertThat(layer.read(into)).isZero();
        assertThat(layer.flush()).isTrue();
        assertThat(layer.hasOutput()).isFalse();
        assertThat(tls.socket.written.size()).isEqualTo(7);
        assertThat(layer.hasInput()).isTrue();
        assertThat(layer.read(into)).isEqualTo(3);
    }

    // ---- what a full socket did not take

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatAFullSocketDidNotTakeIsNotForgotten(boolean likeOpenSsl) throws IOException {
        if (!likeOpenSsl) {
            likeThePlatforms();
        }
        tls.socket.arriving.add(OTHER);
        tls.engine.unwraps.add((from, to) -> {
            tls.engine.status = likeOpenSsl ? HandshakeStatus.NOT_HANDSHAKING : HandshakeStatus.NEED_WRAP;
            return takes(HandshakeStatus.NEED_WRAP).go(from, to);
        });
        tls.engine.wraps.add((from, to) -> {
            tls.engine.status = HandshakeStatus.NOT_HANDSHAKING;
            return says(7).go(from, to);
        });
        tls.socket.room = 3;

        assertThat(layer.read(into)).isZero();
        assertThat(layer.flush()).isFalse();
        assertThat(layer.hasOutput()).isTrue();

        tls.socket.room = 100;
        assertThat(layer.flush()).isTrue();
        assertThat(layer.hasOutput()).isFalse();
        assertThat(tls.socket.written.size()).isEqualTo(7);
    }

    // ---- bytes before an error

    @Test
    void bytesBeforeARecordThatFailsArePassedOn() throws IOException {
        tls.socket.arriving.add(join(GOOD, OTHER));
        tls.engine.unwraps.add((from, to) -> {
            tls.engine.unwraps.add(fails("unexpected message"));
            int length = from.get();
            to.put(from.slice(from.position(), length));
            from.position(from.position() + length);
            return ok(HandshakeStatus.NOT_HANDSHAKING, length + 1, length);
        });

        assertThat(layer.read(into)).isEqualTo(3);
        assertThat(layer.hasInput()).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> layer.read(into)).hasMessage("unexpected message");
        }
    }

    @Test
    void bytesBeforeASocketThatBreaksArePassedOn() throws IOException {
        byte[] whole = new byte[TlsBuffers.BYTES];
        // A read that fills the buffer does not say that the socket is empty.
        for (int i = 0; i < whole.length; i += 64) {
            whole[i] = 63;
        }
        tls.socket.arriving.add(whole);
        tls.socket.failure = new IOException("reset");
        ByteBuffer large = ByteBuffer.allocate(2 * TlsBuffers.BYTES);

        assertThat(layer.read(large)).isEqualTo(TlsBuffers.BYTES / 64 * 63);
        assertThat(layer.hasInput()).isTrue();
        assertThatThrownBy(() -> layer.read(large)).hasMessage("reset");
    }

    // ---- sending

    @Test
    void whatTheEngineSaysFirstIsNoReasonToFailAMessageOfSeveralBuffers() throws IOException {
        tls.engine.wraps.add(says(7));
        tls.engine.wraps.add(says(5));

        long taken = layer.write(new ByteBuffer[] {ByteBuffer.allocate(20), ByteBuffer.allocate(30)}, 0, 2);

        assertThat(taken).isEqualTo(50);
        assertThat(layer.flush()).isTrue();
        assertThat(tls.socket.written.size()).isEqualTo(7 + 5 + 51);
    }
}
