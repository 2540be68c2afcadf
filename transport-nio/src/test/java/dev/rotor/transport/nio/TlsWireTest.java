package dev.rotor.transport.nio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.TcpOptions;
import dev.rotor.driver.transport.TlsSpec;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportSettings;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import dev.rotor.testserver.tls.ServerTls;
import dev.rotor.testserver.tls.TestAuthority;
import dev.rotor.testserver.tls.TestCertificate;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted wires against the platform's blocking sockets. */
@Timeout(120)
class TlsWireTest {

    private static final TestCertificate CERTIFICATE =
            TestAuthority.create("Wires").server("127.0.0.1");
    private static final TlsSpec TLS = TlsWireTest::engine;

    private Transport transport;
    private ServerSocket server;
    private final List<AutoCloseable> toClose = new ArrayList<>();

    private static SSLEngine engine(String host, int port) {
        SSLEngine engine = CERTIFICATE.context().createSSLEngine(host, port);
        engine.setUseClientMode(true);
        return engine;
    }

    /** What a wire's owner hears. */
    private static final class Ears implements WireListener {
        final CompletableFuture<Wire> connected = new CompletableFuture<>();
        final CompletableFuture<@Nullable Throwable> closed = new CompletableFuture<>();
        final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
        final BlockingQueue<ByteBuffer[]> sent = new LinkedBlockingQueue<>();

        @Override
        public void onConnected(Wire wire) {
            connected.complete(wire);
        }

        @Override
        public void onFrame(byte[] frame) {
            frames.add(frame);
        }

        @Override
        public void onSent(ByteBuffer[] buffers) {
            sent.add(buffers);
        }

        @Override
        public void onClosed(@Nullable Throwable cause) {
            closed.complete(cause);
            connected.completeExceptionally(cause == null ? new IOException("closed") : cause);
        }

        Wire wire() throws Exception {
            return connected.get(60, SECONDS);
        }

        byte[] frame() throws Exception {
            byte[] frame = frames.poll(60, SECONDS);
            if (frame == null) {
                throw new AssertionError("no message came; closed: " + closed);
            }
            return frame;
        }

        Throwable cause() throws Exception {
            Throwable cause = closed.get(60, SECONDS);
            if (cause == null) {
                throw new AssertionError("closed without a cause");
            }
            return cause;
        }
    }

    @BeforeEach
    void open() throws IOException {
        transport = new NioTransportProvider().open(new TransportSettings(2, "tls-test-", null, null));
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
        server.close();
        transport.close(Duration.ofSeconds(5)).toCompletableFuture().get(60, SECONDS);
    }

    private Ears connect(Duration timeout) {
        Ears ears = new Ears();
        transport.connect(
                transport.nextLoop(),
                new ConnectRequest(
                        "127.0.0.1",
                        server.getLocalPort(),
                        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort())),
                        timeout,
                        TcpOptions.DEFAULT,
                        TLS,
                        48_000_000),
                ears);
        return ears;
    }

    private Ears connect() {
        return connect(Duration.ofSeconds(60));
    }

    private Socket accept() throws IOException {
        Socket socket = server.accept();
        toClose.add(socket);
        return socket;
    }

    private SSLSocket accept(ServerTls tls) throws IOException {
        SSLSocket socket = tls.over(accept());
        socket.startHandshake();
        return socket;
    }

    private SSLSocket acceptTls(String... protocols) throws IOException {
        return accept(ServerTls.of(CERTIFICATE).protocols(protocols));
    }

    private static byte[] message(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, length);
        return bytes;
    }

    private static byte[] read(SSLSocket peer, int length) throws IOException {
        return new DataInputStream(peer.getInputStream()).readNBytes(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void messagesOfEverySizeGoBothWaysUnchanged(String protocol) throws Exception {
        Ears ears = connect();
        SSLSocket peer = acceptTls(protocol);
        Wire wire = ears.wire();
        assertThat(wire.tlsSession()).isNotNull().satisfies(session -> assertThat(session.getProtocol())
                .isEqualTo(protocol));
        for (int length : new int[] {16, 17, 1000, 16_383, 16_384, 16_385, 65_536, 200_001, 5_000_000}) {
            byte[] out = message(length, length);
            int half = length / 2;
            wire.send(ByteBuffer.wrap(out, 0, half), ByteBuffer.wrap(out, half, length - half));
            assertThat(Arrays.equals(read(peer, length), out)).isTrue();
            byte[] back = message(length, -length);
            peer.getOutputStream().write(back);
            assertThat(Arrays.equals(ears.frame(), back)).isTrue();
        }
        assertThat(ears.sent).hasSize(9);
    }

    @Test
    void manySmallMessagesInOneRecordAndOneMessageInManyRecordsArrive() throws Exception {
        Ears ears = connect();
        SSLSocket peer = acceptTls("TLSv1.3");
        ears.wire();
        ByteBuffer many = ByteBuffer.allocate(16_000);
        for (int i = 0; i < 1000; i++) {
            many.put(message(16, i));
        }
        peer.getOutputStream().write(many.array());
        for (int i = 0; i < 1000; i++) {
            assertThat(ears.frame()).isEqualTo(message(16, i));
        }
        byte[] one = message(300, 7);
        for (byte each : one) {
            peer.getOutputStream().write(each);
        }
        assertThat(ears.frame()).isEqualTo(one);
    }

    @Test
    void whatWasDecryptedAlreadyIsDeliveredWhenReadingIsTurnedOnAgain() throws Exception {
        Ears ears = connect();
        SSLSocket peer = acceptTls("TLSv1.3");
        Wire wire = ears.wire();
        wire.readInterest(false);
        byte[] all = new byte[40 * 3000];
        for (int i = 0; i < 40; i++) {
            System.arraycopy(message(3000, i), 0, all, i * 3000, 3000);
        }
        peer.getOutputStream().write(all);
        wire.readInterest(true);
        for (int i = 0; i < 40; i++) {
            assertThat(ears.frame()).isEqualTo(message(3000, i));
            wire.readInterest(false);
            wire.readInterest(true);
        }
    }

    @Test
    void aPeerThatDoesNotReadHoldsUpItsOwnWireOnlyAndLosesNothing() throws Exception {
        Ears ears = connect();
        SSLSocket peer = acceptTls("TLSv1.3");
        Wire wire = ears.wire();
        byte[] large = message(20_000_000, 1);
        wire.send(ByteBuffer.wrap(large));
        byte[] small = message(100, 2);
        wire.send(ByteBuffer.wrap(small));
        Ears other = connect();
        SSLSocket otherPeer = acceptTls("TLSv1.3");
        other.wire().send(ByteBuffer.wrap(small));
        assertThat(read(otherPeer, 100)).isEqualTo(small);
        assertThat(ears.sent).isEmpty();
        assertThat(Arrays.equals(read(peer, large.length), large)).isTrue();
        assertThat(read(peer, 100)).isEqualTo(small);
    }

    @Test
    void aNewKeyIsTakenAndAnswered() throws Exception {
        Ears ears = connect();
        SSLSocket peer = acceptTls("TLSv1.3");
        Wire wire = ears.wire();
        for (int i = 0; i < 5; i++) {
            // On an established connection of TLS 1.3 this asks for new keys both ways.
            peer.startHandshake();
            peer.getOutputStream().write(message(1000, i));
            assertThat(ears.frame()).isEqualTo(message(1000, i));
            wire.send(ByteBuffer.wrap(message(2000, i)));
            assertThat(read(peer, 2000)).isEqualTo(message(2000, i));
        }
    }

    @Test
    void renegotiationIsRefused() throws Exception {
        Ears ears = connect();
        SSLSocket peer = acceptTls("TLSv1.2");
        ears.wire();
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
            try {
                peer.startHandshake();
                read(peer, 1);
            } catch (IOException e) {
                // The wire ends, which is the point.
                assertThat(e).isNotNull();
            }
        });
        assertThat(ears.cause())
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("(renegotiation), which is refused");
        asking.get(60, SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anOrderlyCloseSendsWhatWasSentBeforeAndSaysGoodbye(String protocol) throws Exception {
        Ears ears = connect();
        SSLSocket peer = acceptTls(protocol);
        byte[] last = message(1_000_000, 3);
        ears.wire().send(ByteBuffer.wrap(last));
        ears.wire().close();
        assertThat(Arrays.equals(read(peer, last.length), last)).isTrue();
        // Without close_notify this would be an exception about a truncated stream.
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
        assertThat(ears.closed.get(60, SECONDS)).isNull();
    }

    @Test
    void aPeerThatSaysGoodbyeEndsTheWire() throws Exception {
        Ears ears = connect();
        SSLSocket peer = acceptTls("TLSv1.3");
        ears.wire();
        peer.close();
        assertThat(ears.cause()).isInstanceOf(java.io.EOFException.class);
    }

    @Test
    void aServerThatIsSilentInTheHandshakeIsATimeoutThatSaysSo() throws Exception {
        Ears ears = connect(Duration.ofMillis(300));
        accept();
        assertThat(ears.cause())
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining("the TLS handshake was not done within");
        assertThat(((ConnectFailedException) ears.cause()).isTimeout()).isTrue();
    }

    @Test
    void aServerThatClosesInsteadOfTheHandshakeMaySpeakPlainText() throws Exception {
        Ears ears = connect();
        Socket peer = accept();
        assertThat(peer.getInputStream().read()).isEqualTo(22);
        peer.shutdownOutput();
        assertThat(ears.cause())
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining("does it speak plain text (tls=false)?");
    }

    @Test
    void hostileBytesInTheHandshakeEndIt() throws Exception {
        byte[][] hostile = {
            "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            {0x16, 0x03, 0x03, (byte) 0xff, (byte) 0xff, 1, 2, 3},
            {0x17, 0x03, 0x03, 0, 1, 0},
            {0x15, 0x03, 0x03, 0, 2, 2, 40},
            {0x16, 0x03, 0x03, 0, 4, 2, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            {0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        };
        for (byte[] bytes : hostile) {
            Ears ears = connect();
            Socket peer = accept();
            peer.getOutputStream().write(bytes);
            peer.shutdownOutput();
            assertThat(ears.cause()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 6, 100, 16_400})
    void recordsThatSomebodyChangedEndTheWireWithoutAMessage(int at) throws Exception {
        Ears ears = connect();
        Socket raw = accept();
        SSLSocket peer = ServerTls.of(CERTIFICATE).over(raw);
        peer.startHandshake();
        ears.wire();
        OutputStream below = raw.getOutputStream();
        byte[] forged = new byte[16_406];
        new Random(at).nextBytes(forged);
        forged[0] = 23;
        forged[1] = 3;
        forged[2] = 3;
        forged[3] = 0x40;
        forged[4] = 0x10;
        forged[at] ^= 0x55;
        below.write(forged);
        raw.shutdownOutput();
        assertThat(ears.cause()).isInstanceOf(IOException.class);
        assertThat(ears.frames).isEmpty();
    }

    @Test
    void wiresThatWaitHoldNoMemoryForEncryptedBytes() throws Exception {
        for (int i = 0; i < 30; i++) {
            Ears ears = connect();
            SSLSocket peer = acceptTls("TLSv1.3");
            // The platform closes those that nobody refers to.
            toClose.add(peer);
            ears.wire().send(ByteBuffer.wrap(message(1000, i)));
            assertThat(read(peer, 1000)).isEqualTo(message(1000, i));
            peer.getOutputStream().write(message(500, i));
            assertThat(ears.frame()).isEqualTo(message(500, i));
        }
        NioTransport nio = (NioTransport) transport;
        assertThat(nio.tls().liveEngines()).isEqualTo(30);
        assertThat(nio.tls().buffersInUse()).isZero();
    }

    @Test
    void noThreadIsLeftWhenTheTransportHasClosed() throws Exception {
        Ears ears = connect();
        acceptTls("TLSv1.3");
        ears.wire();
        transport.close(Duration.ZERO).toCompletableFuture().get(60, SECONDS);
        for (Thread each : Thread.getAllStackTraces().keySet()) {
            if (each.getName().startsWith("tls-test-")) {
                each.join(60_000);
                assertThat(each.isAlive()).as(each.getName()).isFalse();
            }
        }
    }
}
