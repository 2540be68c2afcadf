package dev.rotor.transport.tck;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.TcpOptions;
import dev.rotor.driver.transport.TlsSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How encrypted wires come about, or do not. */
public abstract class TlsHandshakeContract extends TlsBase {

    /** For the class that says what is tested. */
    protected TlsHandshakeContract() {}

    @Test
    void theServersNameIsIndicated() throws Exception {
        TlsPeer peer = connectTls(new RecordingListener());

        assertThat(peer.engine().getSession()).isInstanceOfSatisfying(ExtendedSSLSession.class, session -> assertThat(
                        session.getRequestedServerNames())
                .containsExactly(new SNIHostName("db.example")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theClientsCertificateIsShown(String protocol) throws Exception {
        RecordingListener listener = new RecordingListener();
        start(listener, KitTls.clientWithCertificate(protocol));
        SSLEngine engine = KitTls.server(protocol).serverEngine();
        engine.setNeedClientAuth(true);
        TlsPeer peer = TlsPeer.on(accept(), engine).handshake();

        Principal shown = peer.engine().getSession().getPeerPrincipal();
        assertThat(shown.getName()).contains("CN=client");
        peer.write(Frames.frame(20, 1));
        assertThat(listener.frame()).hasSize(20);
        assertThat(listener.wire().tlsSession()).isNotNull().satisfies(session -> assertThat(
                        session.getLocalPrincipal().getName())
                .contains("CN=client"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerThatMissesTheClientsCertificateEndsIt(String protocol) throws Exception {
        RecordingListener listener = new RecordingListener();
        start(listener, KitTls.client(protocol));
        SSLEngine engine = KitTls.server(protocol).serverEngine();
        engine.setNeedClientAuth(true);
        CompletableFuture<Boolean> refused = refusedHandshake(TlsPeer.on(accept(), engine));

        // In TLS 1.3 the client hears of it when it is connected already.
        assertThat(listener.closeCause()).isInstanceOf(SSLException.class);
        refused.get(millis(), MILLISECONDS);
    }

    /** A peer's handshake that must fail; then it closes. */
    private CompletableFuture<Boolean> refusedHandshake(TlsPeer peer) {
        return onItsOwnThread(() -> {
            try {
                peer.handshake();
                peer.readGoodbye();
            } catch (IOException expected) {
                try {
                    // The alert.
                    peer.sayGoodbye();
                } catch (IOException | RuntimeException e) {
                    expected.addSuppressed(e);
                }
            }
            peer.below().socket().shutdownOutput();
            peer.below().readToEnd();
            peer.below().close();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aCertificateForAnotherHostIsRefused(String protocol) throws Exception {
        RecordingListener listener = watched(new RecordingListener());
        ConnectRequest request = new ConnectRequest(
                "elsewhere.example",
                27017,
                List.of(server.getLocalAddress()),
                underTest().patience(),
                TcpOptions.DEFAULT,
                KitTls.client(protocol),
                MAX_FRAME);
        transport.connect(transport.nextLoop(), request, listener);
        CompletableFuture<Boolean> refused =
                refusedHandshake(TlsPeer.on(accept(), KitTls.server(protocol).serverEngine()));

        assertThat(listener.closeCause()).isInstanceOf(SSLException.class);
        assertThat(listener.connected).isNotDone();
        refused.get(millis(), MILLISECONDS);
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        RecordingListener listener = new RecordingListener();
        start(listener, KitTls.client());
        CompletableFuture<Boolean> refused =
                refusedHandshake(TlsPeer.on(accept(), KitTls.stranger().serverEngine()));

        assertThat(listener.closeCause()).isInstanceOf(SSLException.class);
        assertThat(listener.connected).isNotDone();
        refused.get(millis(), MILLISECONDS);
    }

    @Test
    void protocolsWithoutAnyInCommonAreRefused() throws Exception {
        RecordingListener listener = new RecordingListener();
        start(listener, KitTls.client("TLSv1.3"));
        CompletableFuture<Boolean> refused =
                refusedHandshake(TlsPeer.on(accept(), KitTls.server("TLSv1.2").serverEngine()));

        assertThat(listener.closeCause()).isInstanceOf(IOException.class);
        assertThat(listener.connected).isNotDone();
        refused.get(millis(), MILLISECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionIsResumed(String protocol) throws Exception {
        KitTls client = KitTls.client(protocol);
        KitTls shared = KitTls.server(protocol);
        int wires = 4;
        for (int i = 0; i < wires; i++) {
            RecordingListener listener = new RecordingListener();
            start(listener, client);
            TlsPeer peer = TlsPeer.on(accept(), shared.serverEngine()).handshake();
            // Behind the tickets for the next one.
            peer.write(Frames.frame(20, i));
            listener.frame();
            listener.wire().close();
            peer.readGoodbye();
            peer.below().close();
            assertThat(listener.closeCause()).isNull();
        }

        assertThat(client.checks()).as("handshakes with a certificate").isLessThan(wires);
    }

    @Test
    void aSpecificationThatHasAnEngineAndNothingElseDoes() throws Exception {
        KitTls client = KitTls.client();
        TlsSpec engineOnly = (host, port) -> client.newEngine(host, port);
        RecordingListener listener = new RecordingListener();
        start(listener, engineOnly);
        TlsPeer peer = TlsPeer.on(accept(), KitTls.server().serverEngine()).handshake();

        listener.wire().send(ByteBuffer.wrap(Frames.frame(100_000, 1)));

        assertThat(peer.readFrame()).isEqualTo(Frames.frame(100_000, 1));
        assertThat(client.checks()).isOne();
    }

    @Test
    void aSpecificationThatThrowsFailsTheAttempt() throws Exception {
        RecordingListener listener = new RecordingListener();
        start(listener, (host, port) -> {
            throw new IllegalStateException("no engine today");
        });
        accept();

        assertThat(listener.closeCause()).hasMessageContaining("no engine today");
    }

    @Test
    void engineAndCertificatesAreOtherThreadsWork() throws Exception {
        KitTls client = KitTls.client();
        CompletableFuture<Thread> maker = new CompletableFuture<>();
        RecordingListener listener = new RecordingListener();
        start(listener, (host, port) -> {
            maker.complete(Thread.currentThread());
            return client.newEngine(host, port);
        });
        TlsPeer.on(accept(), KitTls.server().serverEngine()).handshake();
        CompletableFuture<Thread> loop = new CompletableFuture<>();
        listener.wire().loop().execute(() -> loop.complete(Thread.currentThread()));

        assertThat(maker.get(millis(), MILLISECONDS)).isNotSameAs(loop.get(millis(), MILLISECONDS));
    }

    // ---- servers that speak something else, or nothing

    @Test
    void aServerThatClosesInsteadOfAnsweringMaySpeakPlainText() throws Exception {
        RecordingListener listener = new RecordingListener();
        start(listener, KitTls.client());
        Peer peer = accept();
        // The type of a record of a handshake.
        assertThat(peer.read(1)[0]).isEqualTo((byte) 22);
        peer.socket().shutdownOutput();

        ConnectFailedException failure = failure(listener);
        assertThat(failure.isTimeout()).isFalse();
        assertThat(failure).hasMessageContaining("plain text");
    }

    @Test
    void aServerThatClosesInTheMiddleOfTheHandshakeFailsTheAttempt() throws Exception {
        RecordingListener listener = new RecordingListener();
        start(listener, KitTls.client());
        Peer peer = accept();
        // The beginning of a record with the server's first message.
        peer.write(new byte[] {22, 3, 3, 0, 80, 2, 0, 0, 76});
        peer.socket().shutdownOutput();

        assertThat(failure(listener).isTimeout()).isFalse();
    }

    @Test
    void aServerThatResetsTheHandshakeFailsTheAttempt() throws Exception {
        RecordingListener listener = new RecordingListener();
        start(listener, KitTls.client());
        Peer peer = accept();
        peer.read(1);
        peer.reset();

        assertThat(failure(listener).isTimeout()).isFalse();
    }

    @Test
    void aSilentServerIsATimeoutThatSaysSo() throws Exception {
        SocketAddress address = server.getLocalAddress();

        timeout("TLS", limit -> request(KitTls.client(), limit, address));
    }

    @Test
    void aServerThatSpeaksSomethingElseFailsTheAttempt() throws Exception {
        byte[][] hostile = {
            "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII),
            {0x16, 0x03, 0x03, (byte) 0xff, (byte) 0xff, 1, 2, 3},
            {0x17, 0x03, 0x03, 0, 1, 0},
            {0x15, 0x03, 0x03, 0, 2, 2, 40},
            {0x16, 0x03, 0x03, 0, 4, 2, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            Frames.frame(300, 1),
        };
        for (byte[] bytes : hostile) {
            RecordingListener listener = new RecordingListener();
            start(listener, KitTls.client());
            Peer peer = accept();
            peer.write(bytes);
            peer.socket().shutdownOutput();
            assertThat(listener.closeCause()).as(Arrays.toString(bytes)).isInstanceOf(IOException.class);
            assertThat(listener.connected).isNotDone();
        }
    }

    @Test
    void theNextAddressIsTriedWhenTheFirstBreaksOffTheHandshake() throws Exception {
        ServerSocketChannel first = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        RecordingListener listener = watched(new RecordingListener());
        ConnectRequest request =
                request(KitTls.client(), underTest().patience(), first.getLocalAddress(), server.getLocalAddress());
        transport.connect(transport.nextLoop(), request, listener);
        Peer breaksOff = closeLater(new Peer(first.accept()));
        breaksOff.read(1);
        breaksOff.close();

        TlsPeer.on(accept(), KitTls.server().serverEngine()).handshake();

        assertThat(listener.wire().remoteAddress()).isEqualTo(server.getLocalAddress());
    }

    // ---- attempts that are given up

    @Test
    void anAttemptThatIsAbandonedInTheHandshakeIsHeardAsClosedByThisSide() throws Exception {
        for (int i = 0; i < 30; i++) {
            RecordingListener listener = new RecordingListener();
            Cancellable attempt = start(listener, KitTls.client());
            Peer peer = accept();
            if (i % 3 > 0) {
                peer.read(1);
            }
            if (i % 3 > 1) {
                peer.write(new byte[] {22, 3, 3, 0, 80, 2, 0, 0, 76});
            }
            attempt.cancel();

            assertThat(listener.closeCause()).isNull();
            peer.readToEnd();
        }
    }

    @Test
    void aTransportThatClosesEndsHandshakesAndTheirThreads() throws Exception {
        List<RecordingListener> listeners = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RecordingListener listener = new RecordingListener();
            start(listener, KitTls.client());
            accept();
            listeners.add(listener);
        }

        transport.close(Duration.ZERO).toCompletableFuture().get(millis(), MILLISECONDS);

        for (RecordingListener listener : listeners) {
            assertThat(listener.closeCause()).isNull();
            assertThat(listener.connected).isNotDone();
        }
    }

    @Test
    void manyWiresComeAndGo() throws Exception {
        KitTls client = KitTls.client();
        KitTls shared = KitTls.server();
        for (int round = 0; round < 10; round++) {
            List<RecordingListener> listeners = new ArrayList<>();
            List<TlsPeer> peers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                RecordingListener listener = new RecordingListener();
                start(listener, client);
                peers.add(TlsPeer.on(accept(), shared.serverEngine()).handshake());
                listeners.add(listener);
            }
            for (int i = 0; i < 20; i++) {
                listeners.get(i).wire().send(ByteBuffer.wrap(Frames.frame(1000, i)));
                assertThat(peers.get(i).readFrame()).isEqualTo(Frames.frame(1000, i));
                switch (i % 4) {
                    case 0 -> listeners.get(i).wire().close();
                    case 1 -> listeners.get(i).wire().abort();
                    case 2 -> peers.get(i).below().reset();
                    default -> peers.get(i).below().close();
                }
            }
            for (int i = 0; i < 20; i++) {
                listeners.get(i).closed.get(millis(), MILLISECONDS);
                peers.get(i).below().close();
            }
        }
    }
}
