package dev.rotor.transport.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.TcpOptions;
import dev.rotor.driver.transport.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Wires through a proxy, for transports that support them. The proxy of these tests is spoken to in a language of its
 * own: a transport carries a handshake's bytes and knows nothing of what they mean.
 */
public abstract class ProxyContract extends TransportContract {

    private static final Duration LONG = Duration.ofMinutes(1);

    /** For the class that says what is tested. */
    protected ProxyContract() {}

    @BeforeEach
    final void skipWithoutThem() {
        assumeTrue(transport.supportsProxies(), () -> provider().name() + " supports no proxies (supportsProxies())");
    }

    private static ConnectRequest through(Knock proxy, Duration timeout, SocketAddress... addresses) {
        return new ConnectRequest(
                "db.example", 27017, List.of(addresses), timeout, TcpOptions.DEFAULT, proxy, null, MAX_FRAME);
    }

    private ConnectRequest through(Knock proxy) throws IOException {
        return through(proxy, LONG, server.getLocalAddress());
    }

    /** The proxy, which has been told whom it is wanted to connect to. */
    private Peer knocked() throws IOException {
        Peer proxy = accept();
        // A transport that passes the proxy by would leave it waiting for ever.
        proxy.socket().setSoTimeout((int) millis());
        assertThat(proxy.socket().getInputStream().readNBytes("db.example:27017".length()))
                .isEqualTo(Knock.bytes("db.example:27017"));
        return proxy;
    }

    private Peer asked() throws IOException {
        Peer proxy = knocked();
        proxy.write(Knock.bytes(Knock.QUESTION));
        proxy.read(3);
        return proxy;
    }

    @Test
    void theHandshakeComesFirstAndMessagesFollowOnTheSameSocket() throws Exception {
        RecordingListener listener = start(through(new Knock()));
        Peer proxy = asked();
        assertThat(listener.connected)
                .as("connected before the proxy has said so")
                .isNotDone();
        proxy.write(Knock.bytes(Knock.WELCOME));

        Wire wire = listener.wire();
        wire.send(ByteBuffer.wrap(Frames.frame(100, 1)));
        assertThat(proxy.readFrame()).isEqualTo(Frames.frame(100, 1));
        proxy.write(Frames.frame(50, 2));
        assertThat(listener.frame()).isEqualTo(Frames.frame(50, 2));
        assertThat(wire.remoteAddress()).isEqualTo(server.getLocalAddress());
    }

    @Test
    void theProxysAnswersMayComeInPieces() throws Exception {
        Knock knock = new Knock();
        EventLoop loop = transport.nextLoop();
        RecordingListener listener = watched(new RecordingListener());
        transport.connect(loop, through(knock), listener);
        Peer proxy = knocked();
        inPieces(proxy, Knock.QUESTION, loop);
        assertThat(proxy.read(3)).isEqualTo(new byte[3]);
        inPieces(proxy, Knock.WELCOME, loop);

        listener.wire();
        assertThat(knock.pieces.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(Knock.QUESTION.length() + Knock.WELCOME.length());
    }

    private void inPieces(Peer proxy, String answer, EventLoop loop) throws Exception {
        for (int i = 0; i < answer.length(); i++) {
            proxy.write(Knock.bytes(answer.substring(i, i + 1)));
            settle(loop);
        }
    }

    @Test
    void whatTheProxyIsToldMayBeMoreThanTheSocketTakesAtOnce() throws Exception {
        int bytes = 8_000_000;
        RecordingListener listener = start(through(new Knock(bytes)));
        Peer proxy = knocked();
        proxy.write(Knock.bytes(Knock.QUESTION));
        assertThat(proxy.read(bytes)).isEqualTo(new byte[bytes]);
        proxy.write(Knock.bytes(Knock.WELCOME));

        listener.wire();
    }

    @Test
    void aProxyThatRefusesEndsTheAttemptWithItsReasonWhateverAddressesItHas() throws Exception {
        RecordingListener listener =
                start(through(new Knock(), LONG, server.getLocalAddress(), server.getLocalAddress()));
        Peer proxy = knocked();
        proxy.write(Knock.bytes("nobody is at home"));

        ConnectFailedException failure = failure(listener);
        assertThat(failure)
                .hasMessageContaining("db.example:27017")
                .hasMessageContaining("the proxy door.example:7")
                .hasMessageContaining("it says \"");
        assertThat(failure.isTimeout()).isFalse();
        proxy.readToEnd();
    }

    @Test
    void aProxyThatHangsUpIsTriedAtItsNextAddress() throws Exception {
        ServerSocketChannel second =
                listen(new InetSocketAddress(((InetSocketAddress) server.getLocalAddress()).getAddress(), 0), 8);
        RecordingListener listener =
                start(through(new Knock(), LONG, server.getLocalAddress(), second.getLocalAddress()));
        knocked().close();
        Peer proxy = closeLater(new Peer(second.accept()));
        proxy.read("db.example:27017".length());
        proxy.write(Knock.bytes(Knock.QUESTION));
        proxy.read(3);
        proxy.write(Knock.bytes(Knock.WELCOME));

        assertThat(listener.wire().remoteAddress()).isEqualTo(second.getLocalAddress());
    }

    @Test
    void aProxyThatHangsUpIsSaidToHaveDoneSo() throws Exception {
        RecordingListener ended = start(through(new Knock()));
        asked().close();
        assertThat(failure(ended))
                .hasMessageContaining("the proxy door.example:7")
                .hasMessageContaining("the proxy closed the connection instead of sending a welcome");

        RecordingListener reset = start(through(new Knock()));
        asked().reset();
        assertThat(failure(reset)).hasMessageContaining("the proxy door.example:7");
    }

    @Test
    void aProxyThatIsSilentEndsWithATimeoutThatSaysWhatWasWaitedFor() throws Exception {
        SocketAddress address = server.getLocalAddress();

        assertThat(timeout("the proxy did not send a question within", limit -> through(new Knock(), limit, address)))
                .hasMessageContaining("db.example:27017");
        accept().readToEnd();
    }

    @Test
    void aProxyThatIsNotThereIsNamedAsTheProxy() throws Exception {
        InetSocketAddress address = refusing();
        assertThat(failure(start(through(new Knock(), LONG, address))))
                .hasMessageContaining("the proxy door.example:7")
                .hasMessageContaining("db.example:27017")
                .hasMessageContaining(address.toString())
                .hasMessageContaining("refused");
    }

    @Test
    void anAttemptMayBeAbandonedInTheMiddleOfTheHandshake() throws Exception {
        RecordingListener listener = watched(new RecordingListener());
        Cancellable attempt = transport.connect(transport.nextLoop(), through(new Knock()), listener);
        Peer proxy = asked();
        attempt.cancel();

        assertThat(listener.closeCause()).isNull();
        assertThat(listener.connected).isNotDone();
        proxy.readToEnd();
    }

    @Test
    void aTransportThatClosesEndsTheHandshake() throws Exception {
        RecordingListener listener = start(through(new Knock()));
        Peer proxy = knocked();
        transport.close(LONG);

        assertThat(listener.closeCause()).isNull();
        proxy.readToEnd();
    }
}
