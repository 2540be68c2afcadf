package dev.rotor.transport.tck;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.TcpOptions;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How wires come to be, or not. */
public abstract class ConnectContract extends TransportContract {

    /** For the class that says what is tested. */
    protected ConnectContract() {}

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void aWireKnowsItsLoopAndItsAddresses() throws Exception {
        RecordingListener listener = watched(new RecordingListener());
        EventLoop loop = transport.nextLoop();
        transport.connect(loop, request(server.getLocalAddress()), listener);
        Peer peer = accept();

        Wire wire = listener.wire();

        assertThat(wire.loop()).isSameAs(loop);
        assertThat(wire.remoteAddress()).isEqualTo(server.getLocalAddress());
        assertThat(wire.localAddress()).isEqualTo(peer.channel().getRemoteAddress());
        assertThat(wire.tlsSession()).isNull();
    }

    @Test
    void theListenerHearsOnTheLoopThatWasAskedFor() throws Exception {
        EventLoop loop = transport.nextLoop();
        CompletableFuture<Boolean> inLoop = new CompletableFuture<>();
        RecordingListener listener = watched(new RecordingListener() {
            @Override
            void connectedHook(Wire wire) {
                inLoop.complete(loop.inLoop() && transport.currentLoop() == loop);
            }
        });

        transport.connect(loop, request(server.getLocalAddress()), listener);

        assertThat(inLoop.get()).isTrue();
    }

    @Test
    void theEndOfAnAttemptIsHeardOnTheLoopThatWasAskedFor() throws Exception {
        SocketAddress silent = silent();
        for (ConnectRequest hopeless :
                List.of(request(refusing()), request(Duration.ofMillis(20), silent), request(LONG, silent))) {
            EventLoop loop = transport.nextLoop();
            CompletableFuture<Boolean> inLoop = new CompletableFuture<>();
            RecordingListener listener = watched(new RecordingListener() {
                @Override
                void closedHook() {
                    inLoop.complete(loop.inLoop() && transport.currentLoop() == loop);
                }
            });

            Cancellable attempt = transport.connect(loop, hopeless, listener);
            if (hopeless.timeout().equals(LONG)) {
                attempt.cancel();
            }

            listener.closeCause();
            assertThat(inLoop).isCompletedWithValue(true);
        }
    }

    @Test
    void aRefusalNamesTheServerTheAddressAndTheReason() throws Exception {
        InetSocketAddress address = refusing();

        ConnectFailedException failure = failure(start(request(address)));

        assertThat(failure)
                .hasMessageContaining("db.example:27017")
                .hasMessageContaining(address.toString())
                .hasMessageContaining("refused");
        assertThat(failure.isTimeout()).isFalse();
        assertThat(failure.getCause()).isInstanceOf(IOException.class);
    }

    @Test
    void everyAddressIsTriedInOrderUntilOneAnswers() throws Exception {
        SocketAddress good = server.getLocalAddress();

        RecordingListener listener = start(request(
                refusing(), InetSocketAddress.createUnresolved("nowhere.invalid", 1), refusing(), good, refusing()));

        assertThat(listener.wire().remoteAddress()).isEqualTo(good);
        accept();
    }

    @Test
    void aFailureOfAllAddressesNamesEachWithItsReason() throws Exception {
        InetSocketAddress first = refusing();
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        InetSocketAddress last = refusing();

        ConnectFailedException failure = failure(start(request(first, unresolved, last)));

        assertThat(failure)
                .hasMessageContaining(first.toString())
                .hasMessageContaining("nowhere.invalid")
                .hasMessageContaining("not resolved")
                .hasMessageContaining(last.toString());
        assertThat(failure.getSuppressed()).hasSize(2);
    }

    @Test
    void anAddressThatNeverAnswersEndsWithATimeout() throws Exception {
        SocketAddress silent = silent();

        assertThat(timeout("no answer within", limit -> request(limit, silent)))
                .hasMessageContaining(silent.toString());
    }

    @Test
    void anAddressThatNeverAnswersDoesNotUseUpTheTimeOfTheNext() throws Exception {
        SocketAddress silent = silent();

        RecordingListener listener = start(request(Duration.ofSeconds(10), silent, server.getLocalAddress()));

        assertThat(listener.wire().remoteAddress()).isEqualTo(server.getLocalAddress());
        accept();
    }

    @Test
    void aSilentAddressDoesNotKeepTheNextWaitingWhereThereIsNoTimeout() throws Exception {
        SocketAddress silent = silent();

        RecordingListener listener = start(request(Duration.ZERO, silent, server.getLocalAddress()));

        assertThat(listener.wire().remoteAddress()).isEqualTo(server.getLocalAddress());
        accept();
    }

    @Test
    void theSocketsOfAddressesThatWereTooSlowAreClosedWhenOneIsConnected() throws Exception {
        SocketAddress silent = silent();
        Leaks before;
        // As many as the wire and its other end will be.
        try (SocketChannel one = SocketChannel.open();
                SocketChannel two = SocketChannel.open()) {
            assertThat(one.isOpen() && two.isOpen()).isTrue();
            before = Leaks.now(List.of());
        }

        RecordingListener listener = start(request(LONG, silent, silent, server.getLocalAddress()));
        accept();
        listener.wire();

        eventually(before::assertNoneSince);
    }

    @Test
    void anAttemptAbandonedWhileSeveralAddressesAreTriedLeavesNone() throws Exception {
        SocketAddress silent = silent();
        Leaks before = Leaks.now(List.of());
        RecordingListener listener = watched(new RecordingListener());
        EventLoop loop = transport.nextLoop();
        CompletableFuture<Boolean> underWay = new CompletableFuture<>();

        Cancellable attempt = transport.connect(loop, request(LONG, silent, silent, silent), listener);
        loop.schedule(() -> underWay.complete(true), 300, MILLISECONDS);
        underWay.get(millis(), MILLISECONDS);
        attempt.cancel();

        assertThat(listener.closeCause()).isNull();
        eventually(before::assertNoneSince);
    }

    @Test
    void aTimeTooShortForAnythingIsATimeoutOfEveryAddress() throws Exception {
        SocketAddress silent = silent();

        ConnectFailedException failure = failure(start(request(Duration.ofNanos(2), silent, silent)));

        assertThat(failure.isTimeout()).isTrue();
    }

    @Test
    void anEndlessTimeoutIsNoMistake() throws Exception {
        for (Duration endless : List.of(Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE))) {
            RecordingListener listener = start(request(endless, server.getLocalAddress()));
            accept();
            listener.wire();
        }
    }

    @Test
    void anAbandonedAttemptIsHeardAsClosedByThisSide() throws Exception {
        RecordingListener listener = watched(new RecordingListener());

        Cancellable attempt = transport.connect(transport.nextLoop(), request(LONG, silent()), listener);
        attempt.cancel();
        attempt.cancel();

        assertThat(listener.closeCause()).isNull();
        assertThat(listener.connected).isNotDone();
    }

    @Test
    void anAttemptAbandonedOnItsLoopNeverConnects() throws Exception {
        RecordingListener listener = watched(new RecordingListener());
        EventLoop loop = transport.nextLoop();
        ConnectRequest request = request(server.getLocalAddress());

        loop.execute(() -> transport.connect(loop, request, listener).cancel());

        assertThat(listener.closeCause()).isNull();
        assertThat(listener.connected).isNotDone();
    }

    @Test
    void abandoningTooLateChangesNothing() throws Exception {
        RecordingListener listener = watched(new RecordingListener());
        Cancellable attempt = transport.connect(transport.nextLoop(), request(server.getLocalAddress()), listener);
        Peer peer = accept();
        Wire wire = listener.wire();

        attempt.cancel();
        settle(wire.loop());
        wire.send(ByteBuffer.wrap(Frames.frame(16, 1)));

        assertThat(peer.read(16)).isEqualTo(Frames.frame(16, 1));
        assertThat(listener.closed).isNotDone();
    }

    @Test
    void aForeignLoopIsRefused() {
        Transport other = open(1);
        try {
            EventLoop foreign = other.nextLoop();
            assertThatThrownBy(() ->
                            transport.connect(foreign, request(server.getLocalAddress()), new RecordingListener()))
                    .isInstanceOf(IllegalArgumentException.class);
        } finally {
            other.close(LONG);
        }
    }

    @Test
    void socketOptionsThatArePutAreTakenOrSkipped() throws Exception {
        TcpOptions odd = new TcpOptions(
                false, true, Duration.ofDays(400), Duration.ofMillis(1), Integer.MAX_VALUE, 50_000, 60_000);
        for (TcpOptions options : List.of(odd, new TcpOptions(true, false, Duration.ZERO, Duration.ZERO, 0, 0, 0))) {
            RecordingListener listener = start(
                    new ConnectRequest("db", 1, List.of(server.getLocalAddress()), LONG, options, null, MAX_FRAME));
            accept();
            listener.wire();
        }
    }
}
