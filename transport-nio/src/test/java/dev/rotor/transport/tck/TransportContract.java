package dev.rotor.transport.tck;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.TcpOptions;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A transport with two loops, a server socket, and the means to connect the two. */
@Timeout(120)
public abstract class TransportContract {

    static final int MAX_FRAME = 48_000_000 + 16 * 1024;

    Transport transport;
    ServerSocketChannel server;

    private final List<RecordingListener> listeners = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> toClose = new ArrayList<>();

    /** The provider under test. */
    protected abstract TransportProvider provider();

    @BeforeEach
    void openBoth() throws IOException {
        transport = open(2);
        server = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    }

    /** Every test ends with this: the transport closes, and no listener has seen what it must never see. */
    @AfterEach
    void closeBoth() throws Exception {
        transport.close(Duration.ofSeconds(5)).toCompletableFuture().get(60, SECONDS);
        for (AutoCloseable closeable : toClose) {
            closeable.close();
        }
        for (RecordingListener listener : listeners) {
            assertThat(listener.breaches).isEmpty();
            assertThat(listener.closed).as("every listener hears the end").isDone();
        }
    }

    Transport open(int loops) {
        return provider().open(new TransportSettings(loops, "tck-loop-", null, null));
    }

    ServerSocketChannel listen(SocketAddress address, int backlog) throws IOException {
        ServerSocketChannel opened = address instanceof UnixDomainSocketAddress
                ? ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)
                : ServerSocketChannel.open();
        opened.bind(address, backlog);
        return closeLater(opened);
    }

    <C extends AutoCloseable> C closeLater(C closeable) {
        toClose.add(closeable);
        return closeable;
    }

    Peer accept() throws IOException {
        return closeLater(new Peer(server.accept()));
    }

    /** A listener whose breaches fail the test. */
    <L extends RecordingListener> L watched(L listener) {
        listeners.add(listener);
        return listener;
    }

    /** Connects a listener to the server; returns the accepted end once the listener has heard. */
    Peer connect(RecordingListener listener) throws Exception {
        transport.connect(transport.nextLoop(), request(server.getLocalAddress()), watched(listener));
        Peer peer = accept();
        listener.wire();
        return peer;
    }

    static ConnectRequest request(SocketAddress... addresses) {
        return request(Duration.ofSeconds(RecordingListener.PATIENCE_SECONDS), addresses);
    }

    static ConnectRequest request(Duration timeout, SocketAddress... addresses) {
        return new ConnectRequest(
                "db.example", 27017, List.of(addresses), timeout, TcpOptions.DEFAULT, null, MAX_FRAME);
    }

    /** Has a loop go through everything that it was handed before. */
    static void settle(EventLoop loop) throws Exception {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        loop.execute(() -> done.complete(true));
        done.get(60, SECONDS);
    }
}
