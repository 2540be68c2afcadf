package dev.rotor.transport.tck;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.TlsSpec;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportSettings;
import java.lang.ref.WeakReference;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Loops of a framework that a transport shares, or refuses in words. */
public abstract class ForeignLoopsContract extends TransportContract {

    /** For the class that says what is tested. */
    protected ForeignLoopsContract() {}

    /** Loops of the framework; skips the test for a transport that shares none. */
    private ForeignLoops foreign(int loops) {
        ForeignLoops foreign = underTest().foreignLoops(loops);
        assumeTrue(
                foreign != null,
                () -> provider().name()
                        + " is said to share no loops of a framework (TransportUnderTest.foreignLoops)");
        ForeignLoops given = Objects.requireNonNull(foreign);
        endLater(given::end);
        return given;
    }

    private static TransportSettings sharing(Object group) {
        return new TransportSettings(0, LOOP_PREFIX, null, group);
    }

    private Transport share(ForeignLoops foreign) {
        return open(sharing(foreign.group()));
    }

    private void close(Transport transport) throws Exception {
        transport.close(Duration.ofSeconds(5)).toCompletableFuture().get(millis(), MILLISECONDS);
    }

    private <T> T heard(CompletableFuture<T> news) throws Exception {
        return news.get(millis(), MILLISECONDS);
    }

    /** Has the framework's loops go through everything that they were handed before. */
    private void settle(ForeignLoops foreign, int loops) throws Exception {
        for (int i = 0; i < loops; i++) {
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            foreign.execute(() -> done.complete(true));
            heard(done);
        }
    }

    private Peer connect(Transport to, RecordingListener listener) throws Exception {
        to.connect(to.nextLoop(), request(server.getLocalAddress()), watched(listener));
        Peer peer = accept();
        listener.wire();
        return peer;
    }

    @Test
    void loopsThatDoNotFitAreRefusedInWords() {
        for (Object odd : List.of("not a loop group", new Object[0])) {
            assertThatThrownBy(() -> provider().open(sharing(odd)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(odd.getClass().getTypeName().replace("[]", ""));
        }
    }

    @Test
    void everyLoopIsUsedAndNoThreadIsStarted() throws Exception {
        ForeignLoops foreign = foreign(3);
        Set<Thread> theirs = new HashSet<>();
        Set<Thread> ours = new HashSet<>();
        int before = loopThreads().size();
        Transport sharing = share(foreign);
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Thread> their = new CompletableFuture<>();
            foreign.execute(() -> their.complete(Thread.currentThread()));
            theirs.add(heard(their));
            CompletableFuture<Thread> our = new CompletableFuture<>();
            sharing.nextLoop().execute(() -> our.complete(Thread.currentThread()));
            ours.add(heard(our));
        }

        assertThat(theirs).hasSize(3);
        assertThat(ours).isEqualTo(theirs);
        assertThat(loopThreads()).hasSize(before);
    }

    @Test
    void theFrameworksOwnTasksAreOnTheLoop() throws Exception {
        ForeignLoops foreign = foreign(1);
        Transport sharing = share(foreign);
        EventLoop loop = sharing.nextLoop();
        CompletableFuture<List<Object>> seen = new CompletableFuture<>();

        foreign.execute(() -> seen.complete(List.of(loop.inLoop(), Objects.requireNonNull(sharing.currentLoop()))));

        assertThat(heard(seen)).containsExactly(true, loop);
        assertThat(loop.inLoop()).isFalse();
    }

    @Test
    void wiresCarryMessagesOnThem() throws Exception {
        Transport sharing = share(foreign(2));
        byte[] large = Frames.frame(5_000_000, 1);
        for (int i = 0; i < 4; i++) {
            // The kit's listener holds that its calls come on the wire's loop.
            RecordingListener listener = new RecordingListener();
            Peer peer = connect(sharing, listener);

            listener.wire().send(ByteBuffer.wrap(large));
            assertThat(Arrays.equals(peer.readFrame(), large)).isTrue();
            peer.write(large);

            assertThat(Arrays.equals(listener.frame(), large)).isTrue();
        }
    }

    @Test
    void timersFireOnThemNeverEarly() throws Exception {
        ForeignLoops foreign = foreign(1);
        Transport sharing = share(foreign);
        EventLoop loop = sharing.nextLoop();
        AtomicInteger cancelled = new AtomicInteger();
        // Nothing fires between a timer's start and its cancellation, however long this thread is held up.
        CompletableFuture<Boolean> held = new CompletableFuture<>();
        loop.execute(() -> held.orTimeout(60, SECONDS).join());
        loop.schedule(cancelled::incrementAndGet, 5, MILLISECONDS).cancel();
        held.complete(true);

        // Many: one that is too early may be held up by chance, and look as if it were not.
        for (int i = 0; i < 100; i++) {
            long delay = i % 7;
            CompletableFuture<Long> fired = new CompletableFuture<>();
            long start = System.nanoTime();
            loop.schedule(() -> fired.complete(loop.inLoop() ? System.nanoTime() : start - 1), delay, MILLISECONDS);
            assertThat(heard(fired) - start).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(delay));
        }
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void theyAreLeftRunningWithNothingOfTheTransportsOnThem() throws Exception {
        ForeignLoops foreign = foreign(2);
        // A timer that fires before the close says nothing of it: a machine that is so slow is given more time.
        long delay = 30;
        while (!leavesNothing(foreign, delay)) {
            delay *= 4;
        }
    }

    /** Whether the timer of so many milliseconds was still waiting when the transport had closed. */
    private boolean leavesNothing(ForeignLoops foreign, long delay) throws Exception {
        Transport sharing = share(foreign);
        EventLoop loop = sharing.nextLoop();
        AtomicInteger late = new AtomicInteger();
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(sharing, listener);
        listener.wire().send(ByteBuffer.wrap(Frames.frame(100, 1)));
        loop.schedule(late::incrementAndGet, 1, DAYS);
        loop.schedule(late::incrementAndGet, delay, MILLISECONDS);

        close(sharing);

        int before = late.get();
        assertThat(listener.closed).isDone();
        assertThat(peer.readToEnd()).isEqualTo(100);
        assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> loop.schedule(() -> {}, 1, SECONDS)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> sharing.connect(loop, request(server.getLocalAddress()), new RecordingListener()))
                .isInstanceOf(RejectedExecutionException.class);
        // A timer of another transport's, set now, is behind those that were dropped.
        Transport another = share(foreign);
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Boolean> later = new CompletableFuture<>();
            another.nextLoop().schedule(() -> later.complete(true), 2 * delay, MILLISECONDS);
            assertThat(heard(later)).isTrue();
        }
        assertThat(late).hasValue(before);
        return before == 0;
    }

    @Test
    void twoTransportsShareThem() throws Exception {
        ForeignLoops foreign = foreign(1);
        Transport one = share(foreign);
        Transport other = share(foreign);
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(other, listener);
        assertThatThrownBy(
                        () -> other.connect(one.nextLoop(), request(server.getLocalAddress()), new RecordingListener()))
                .isInstanceOf(IllegalArgumentException.class);

        close(one);

        listener.wire().send(ByteBuffer.wrap(Frames.frame(100, 1)));
        assertThat(peer.readFrame()).isEqualTo(Frames.frame(100, 1));
        peer.write(Frames.frame(200, 2));
        assertThat(listener.frame()).isEqualTo(Frames.frame(200, 2));
    }

    @Test
    void aTransportClosesFromOneOfThem() throws Exception {
        ForeignLoops foreign = foreign(2);
        Transport sharing = share(foreign);
        CompletableFuture<CompletionStage<@Nullable Void>> closing = new CompletableFuture<>();

        foreign.execute(() -> closing.complete(sharing.close(Duration.ofSeconds(5))));

        heard(closing).toCompletableFuture().get(millis(), MILLISECONDS);
        settle(foreign, 2);
    }

    /** The only strong references are the loops', if they have any. */
    private WeakReference<Transport> usedAndClosed(ForeignLoops foreign) throws Exception {
        Transport sharing = provider().open(sharing(foreign.group()));
        AtomicReference<@Nullable Transport> held = new AtomicReference<>(sharing);
        sharing.nextLoop().schedule(() -> held.set(null), 1, DAYS);
        RecordingListener listener = new RecordingListener();
        sharing.connect(sharing.nextLoop(), request(server.getLocalAddress()), listener);
        try (Peer peer = new Peer(server.accept())) {
            peer.write(Frames.frame(100, 1));
            listener.frame();
        }
        listener.closeCause();
        close(sharing);
        return new WeakReference<>(sharing);
    }

    @Test
    void aClosedTransportIsForgottenByThem() throws Exception {
        ForeignLoops foreign = foreign(1);
        WeakReference<Transport> closed = usedAndClosed(foreign);

        eventually(() -> {
            System.gc();
            assertThat(closed.get()).as("the closed transport is still held").isNull();
        });
        settle(foreign, 1);
    }

    @Test
    void loopsThatHaveEndedAreRefusedInWords() throws Exception {
        ForeignLoops foreign = foreign(1);
        foreign.end();

        assertThatThrownBy(() -> provider().open(sharing(foreign.group())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(foreign.group().getClass().getSimpleName());
    }

    @Test
    void loopsThatEndUnderAWireEndItWithACauseAndTheTransportCloses() throws Exception {
        ForeignLoops foreign = foreign(2);
        Transport sharing = share(foreign);
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(sharing, listener);

        foreign.end();

        assertThat(listener.closeCause()).isNotNull();
        assertThat(peer.readToEnd()).isZero();
        assertThatThrownBy(() -> sharing.nextLoop().execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        close(sharing);
    }

    @Test
    void loopsThatEndUnderAnAttemptEndItWithACauseAndTheTransportCloses() throws Exception {
        ForeignLoops foreign = foreign(1);
        Transport sharing = share(foreign);
        RecordingListener listener = watched(new RecordingListener());
        // When the first comes to nothing because its loop ends, it would be the next one's turn.
        SocketAddress silent = silent();
        sharing.connect(sharing.nextLoop(), request(silent, silent, silent, silent), listener);
        settle(foreign, 1);

        foreign.end();

        assertThat(listener.closeCause()).isNotNull();
        assertThat(listener.connected).isNotDone();
        close(sharing);
    }

    @Test
    void loopsThatEndWhileAnotherThreadWorksOnAHandshakeEndTheAttempt() throws Exception {
        needs(TransportFeature.TLS);
        ForeignLoops foreign = foreign(1);
        Transport sharing = share(foreign);
        RecordingListener listener = watched(new RecordingListener());
        KitTls client = KitTls.client();
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        CompletableFuture<Boolean> goOn = new CompletableFuture<>();
        TlsSpec slow = (host, port) -> {
            begun.complete(true);
            goOn.join();
            return client.newEngine(host, port);
        };
        try {
            sharing.connect(
                    sharing.nextLoop(), request(slow, underTest().patience(), server.getLocalAddress()), listener);
            Peer peer = accept();
            heard(begun);

            foreign.end();

            assertThat(listener.closeCause()).isNotNull();
            assertThat(listener.connected).isNotDone();
            assertThat(peer.readToEnd()).isZero();
        } finally {
            goOn.complete(true);
        }
        close(sharing);
    }
}
