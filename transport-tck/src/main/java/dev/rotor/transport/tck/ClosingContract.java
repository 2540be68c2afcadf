package dev.rotor.transport.tck;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How wires and transports end, at every moment that they can. */
public abstract class ClosingContract extends TransportContract {

    /** For the class that says what is tested. */
    protected ClosingContract() {}

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private void closeTransport() throws Exception {
        transport.close(PATIENCE).toCompletableFuture().get(millis(), MILLISECONDS);
    }

    @Test
    void anIdleWireClosesAndItsPeerSeesTheEnd() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);

        listener.wire().close();
        listener.wire().close();
        listener.wire().abort();

        assertThat(listener.closeCause()).isNull();
        assertThat(peer.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void anOrderlyCloseSendsWhatWasSentBefore() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        byte[] large = Frames.frame(30_000_000, 1);

        listener.wire().send(ByteBuffer.wrap(large));
        listener.wire().send(ByteBuffer.wrap(Frames.frame(16, 2)));
        listener.wire().close();
        listener.wire().send(ByteBuffer.wrap(Frames.frame(16, 3)));

        assertThat(Arrays.equals(peer.readFrame(), large)).isTrue();
        assertThat(peer.readFrame()).isEqualTo(Frames.frame(16, 2));
        assertThat(peer.readToEnd()).isZero();
        assertThat(listener.closeCause()).isNull();
    }

    @Test
    void anOrderlyCloseDoesNotStallOnAPeerThatIsItselfSending() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        byte[] there = Frames.frame(30_000_000, 1);
        byte[] back = Frames.frame(30_000_000, 2);
        listener.wire().readInterest(false);
        listener.wire().send(ByteBuffer.wrap(there));
        listener.wire().close();

        // Does not read a byte before all of its own is out.
        peer.write(back);

        assertThat(Arrays.equals(peer.readFrame(), there)).isTrue();
        assertThat(peer.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
        peer.close();
        assertThat(listener.closeCause()).isNull();
        assertThat(listener.frames).isEmpty();
    }

    @Test
    void anOrderlyCloseStillSendsToAPeerThatHasHalfClosed() throws Exception {
        needs(TransportFeature.HALF_CLOSE);
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        byte[] large = Frames.frame(30_000_000, 1);
        Wire wire = listener.wire();
        // On the loop, so that the end of the peer's stream cannot be seen before the close.
        wire.loop().execute(() -> {
            try {
                peer.channel().shutdownOutput();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            wire.send(ByteBuffer.wrap(large));
            wire.close();
        });

        assertThat(Arrays.equals(peer.readFrame(), large)).isTrue();
        assertThat(listener.closeCause()).isNull();
    }

    @Test
    void abortDropsWhatWasNotSent() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);

        listener.wire().send(ByteBuffer.wrap(Frames.frame(48_000_000, 1)));
        listener.wire().abort();

        assertThat(listener.closeCause()).isNull();
        assertThat(peer.readToEnd()).isLessThan(48_000_000);
        assertThat(listener.sent).isEmpty();
    }

    @Test
    void abortEndsAnOrderlyCloseThatHangs() throws Exception {
        RecordingListener listener = new RecordingListener();
        connect(listener);
        listener.wire().send(ByteBuffer.wrap(Frames.frame(48_000_000, 1)));
        listener.wire().close();
        settle(listener.wire().loop());
        assertThat(listener.closed).isNotDone();

        listener.wire().abort();

        assertThat(listener.closeCause()).isNull();
    }

    @Test
    void anOrderlyCloseToAPeerThatReadsNothingEndsByItself() throws Exception {
        RecordingListener listener = new RecordingListener();
        connect(listener);
        listener.wire().send(ByteBuffer.wrap(Frames.frame(48_000_000, 1)));

        listener.wire().close();

        assertThat(listener.closeCause()).isNull();
    }

    @Test
    void aWireClosedInsideAMessageDeliversNothingMore() throws Exception {
        for (boolean orderly : new boolean[] {true, false}) {
            RecordingListener listener = new RecordingListener() {
                @Override
                void frameHook(byte[] frame) {
                    if (orderly) {
                        connected.join().close();
                    } else {
                        connected.join().abort();
                    }
                }
            };
            Peer peer = connect(listener);

            peer.write(Frames.join(Frames.frame(50, 1), Frames.frame(50, 2), Frames.frame(50, 3)));

            assertThat(listener.closeCause()).isNull();
            assertThat(listener.frames).hasSize(1);
        }
    }

    @Test
    void aWireClosedInTheMiddleOfAMessageHearsOnlyTheEnd() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        RecordingListener listener = new RecordingListener() {
            @Override
            byte[] allocateHook(int length) {
                begun.countDown();
                return new byte[length];
            }
        };
        Peer peer = connect(listener);
        peer.write(Arrays.copyOf(Frames.frame(1000, 1), 100));
        SendingContract.await(begun);

        listener.wire().close();

        assertThat(listener.closeCause()).isNull();
        assertThat(listener.frames).isEmpty();
    }

    @Test
    void aWireClosedWhenItConnectsIsClosed() throws Exception {
        RecordingListener listener = new RecordingListener() {
            @Override
            void connectedHook(Wire wire) {
                wire.close();
            }
        };
        Peer peer = connect(listener);

        assertThat(listener.closeCause()).isNull();
        assertThat(peer.readToEnd()).isZero();
    }

    @Test
    void manyThreadsThatSendAndCloseAtOnceGetOneEnd() throws Exception {
        for (int round = 0; round < 50; round++) {
            RecordingListener listener = new RecordingListener();
            Peer peer = connect(listener);
            Wire wire = listener.wire();
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int number = t;
                Thread thread = new Thread(() -> {
                    SendingContract.await(go);
                    for (int i = 0; i < 20; i++) {
                        wire.send(ByteBuffer.wrap(Frames.frame(2000, i)));
                    }
                    if (number % 2 == 0) {
                        wire.close();
                    } else {
                        wire.abort();
                    }
                });
                threads.add(thread);
                thread.start();
            }
            go.countDown();

            assertThat(listener.closeCause()).isNull();
            for (Thread thread : threads) {
                thread.join();
            }
            peer.close();
        }
    }

    @Test
    void closingTheTransportClosesWiresInOrderAndEndsItsThreads() throws Exception {
        RecordingListener idle = new RecordingListener();
        Peer idlePeer = connect(idle);
        RecordingListener busy = new RecordingListener();
        Peer busyPeer = connect(busy);
        byte[] large = Frames.frame(20_000_000, 1);
        busy.wire().send(ByteBuffer.wrap(large));
        List<Thread> threads = loopThreads();
        assertThat(threads).isNotEmpty();

        CompletableFuture<?> closed = transport.close(PATIENCE).toCompletableFuture();

        assertThat(Arrays.equals(busyPeer.readFrame(), large)).isTrue();
        closed.get(millis(), MILLISECONDS);
        assertThat(idle.closeCause()).isNull();
        assertThat(busy.closeCause()).isNull();
        assertThat(idlePeer.readToEnd()).isZero();
        for (Thread thread : threads) {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void aTransportThatClosesWhileEverythingGoesOnEndsEveryWireAndAttempt() throws Exception {
        for (int round = 0; round < 10; round++) {
            Transport other = open(2);
            List<RecordingListener> all = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                RecordingListener listener = watched(new RecordingListener());
                // Its sender may be inside when the limit passes.
                listener.endOnTheLoop = false;
                all.add(listener);
                other.connect(other.nextLoop(), request(server.getLocalAddress()), listener);
                threads.add(chatter(accept()));
                threads.add(sender(listener, listener.wire()));
            }
            CountDownLatch connecting = new CountDownLatch(50);
            threads.add(connector(other, all, connecting));
            threads.forEach(Thread::start);
            SendingContract.await(connecting);

            other.close(Duration.ofMillis(50L * round)).toCompletableFuture().get(millis(), MILLISECONDS);

            for (Thread thread : threads) {
                thread.join(millis());
                assertThat(thread.isAlive()).isFalse();
            }
            for (RecordingListener listener : all) {
                assertThat(listener.closed).isDone();
            }
        }
    }

    /** A peer that sends, and reads what it is sent, until its wire is gone. */
    private static Thread chatter(Peer peer) {
        return new Thread(() -> {
            try {
                for (; ; ) {
                    peer.write(Frames.frame(5000, 2));
                    peer.readFrame();
                }
            } catch (IOException e) {
                peer.readToEnd();
            }
        });
    }

    private static Thread sender(RecordingListener listener, Wire wire) {
        return new Thread(() -> {
            while (!listener.closed.isDone()) {
                wire.send(ByteBuffer.wrap(Frames.frame(5000, 1)));
                wire.readInterest(false);
                wire.readInterest(true);
            }
        });
    }

    /** Connects until it is refused, to a server that accepts nobody; afterwards no other thread touches the list. */
    private Thread connector(Transport to, List<RecordingListener> all, CountDownLatch begun) throws IOException {
        SocketAddress address = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024)
                .getLocalAddress();
        return new Thread(() -> {
            try {
                for (int i = 0; i < 900; i++) {
                    RecordingListener listener = new RecordingListener();
                    to.connect(to.nextLoop(), request(address), listener);
                    all.add(watched(listener));
                    begun.countDown();
                }
            } catch (RejectedExecutionException e) {
                begun.countDown();
            }
        });
    }

    @Test
    void closingTwiceGivesTheSameStage() throws Exception {
        Object first = transport.close(PATIENCE);
        Object second = transport.close(Duration.ZERO);
        assertThat(first).isSameAs(second);
        closeTransport();
    }

    @Test
    void closingFromALoopDoesNotDeadlock() throws Exception {
        CompletableFuture<Boolean> asked = new CompletableFuture<>();
        transport.nextLoop().execute(() -> {
            transport.close(PATIENCE);
            asked.complete(true);
        });
        asked.get(millis(), MILLISECONDS);
        closeTransport();
    }

    @Test
    void withoutPatienceTheTransportClosesAbruptly() throws Exception {
        RecordingListener stuck = new RecordingListener();
        connect(stuck);
        stuck.wire().send(ByteBuffer.wrap(Frames.frame(48_000_000, 1)));

        transport.close(Duration.ZERO).toCompletableFuture().get(millis(), MILLISECONDS);

        assertThat(stuck.closed).isDone();
        assertThat(stuck.closeCause()).isNull();
    }

    @Test
    void attemptsToConnectEndWithTheTransport() throws Exception {
        List<RecordingListener> pending = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RecordingListener listener = watched(new RecordingListener());
            pending.add(listener);
            transport.connect(transport.nextLoop(), request(server.getLocalAddress()), listener);
        }

        closeTransport();

        for (RecordingListener listener : pending) {
            assertThat(listener.closed).isDone();
            assertThat(listener.closeCause()).isNull();
        }
    }

    @Test
    void tasksHandedOverBeforeTheCloseStillRun() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 10_000; i++) {
            transport.nextLoop().execute(ran::incrementAndGet);
        }

        closeTransport();

        assertThat(ran).hasValue(10_000);
    }

    @Test
    void everyTaskIsEitherRunOrRefused() throws Exception {
        for (int round = 0; round < 100; round++) {
            Transport other = open(1);
            EventLoop loop = other.nextLoop();
            AtomicInteger ran = new AtomicInteger();
            AtomicInteger accepted = new AtomicInteger();
            Thread caller = new Thread(() -> {
                try {
                    for (; ; ) {
                        loop.execute(ran::incrementAndGet);
                        accepted.incrementAndGet();
                    }
                } catch (RejectedExecutionException e) {
                    accepted.addAndGet(0);
                }
            });
            caller.start();
            other.close(Duration.ofMillis(20)).toCompletableFuture().get(millis(), MILLISECONDS);
            caller.join(60_000);

            assertThat(ran.get()).isEqualTo(accepted.get());
        }
    }

    @Test
    void aListenerThatHoldsASenderUpUntilTheLimitHasPassedStillHearsTheEnd() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        RecordingListener listener = new RecordingListener() {
            @Override
            void sentHook(ByteBuffer[] buffers) {
                inside.countDown();
                // A transport that gives buffers back on its loop alone holds nobody up.
                if (!connected.join().loop().inLoop()) {
                    SendingContract.await(released);
                }
            }
        };
        listener.endOnTheLoop = false;
        connect(listener);
        Thread sender = new Thread(() -> listener.connected.join().send(ByteBuffer.wrap(Frames.frame(50, 1))));
        sender.start();
        SendingContract.await(inside);

        transport.close(Duration.ofMillis(50)).toCompletableFuture().get(millis(), MILLISECONDS);
        released.countDown();

        assertThat(listener.closeCause()).isNull();
        sender.join(millis());
    }

    @Test
    void aClosedTransportRefusesEverythingAndTellsSo() throws Exception {
        RecordingListener listener = new RecordingListener();
        connect(listener);
        Wire wire = listener.wire();
        EventLoop loop = wire.loop();
        closeTransport();

        assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> loop.schedule(() -> {}, 1, TimeUnit.SECONDS))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> transport.connect(loop, request(server.getLocalAddress()), new RecordingListener()))
                .isInstanceOf(RejectedExecutionException.class);
        wire.send(ByteBuffer.allocate(16));
        wire.readInterest(false);
        wire.close();
        wire.abort();
        assertThat(loop.inLoop()).isFalse();
        assertThat(transport.currentLoop()).isNull();
    }

    @Test
    void timersThatHaveNotFiredAreDroppedByTheClose() throws Exception {
        AtomicInteger fired = new AtomicInteger();
        transport.nextLoop().schedule(fired::incrementAndGet, 1, TimeUnit.DAYS);

        closeTransport();

        assertThat(fired).hasValue(0);
    }

    @Test
    void listenersMayUseTheLoopWhileTheTransportCloses() throws Exception {
        CompletableFuture<Boolean> ran = new CompletableFuture<>();
        RecordingListener listener = new RecordingListener() {
            @Override
            void closedHook() {
                connected.join().loop().execute(() -> ran.complete(true));
            }
        };
        connect(listener);

        closeTransport();

        assertThat(ran).isCompletedWithValue(true);
    }
}
