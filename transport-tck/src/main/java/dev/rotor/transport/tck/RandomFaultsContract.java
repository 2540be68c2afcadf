package dev.rotor.transport.tck;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.TlsSpec;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * A thousand connects and closes under random faults. Either end of each wire draws a fault by lot: it closes, resets
 * or half-closes, when it connects, in a handshake, while it writes or reads, or inside a message; it is silent, talks
 * nonsense or unasked; it abandons the attempt; its listener throws; nobody listens, or nobody answers. At the end of a
 * wave of them, whatever is still there is closed, or the transport is, in the middle of it all. Nothing may be left of
 * them: no socket, no thread, no direct memory, nothing that a {@link LeakProbe} counts.
 *
 * <p>The system property {@value #SEED} repeats the faults of an earlier run, whose number is in the test's report and
 * in every failure. What they do to each other is still up to the machine's threads.
 */
public abstract class RandomFaultsContract extends TransportContract {

    /** The system property with the number that faults are drawn by; a new one for each run by default. */
    public static final String SEED = "dev.rotor.transport.tck.seed";

    private static final TransportSettings SETTINGS = new TransportSettings(2, LOOP_PREFIX, null, null);

    private static final int WAVES = 20;
    private static final int WIRES_PER_WAVE = 50;
    /** In so many thousands a pool that does not leak has stopped growing. */
    private static final int THOUSANDS = 5;

    /** Every how many waves the transport closes in the middle. */
    private static final int CLOSING_WAVES = 3;

    /** For the class that says what is tested. */
    protected RandomFaultsContract() {}

    @Test
    @Timeout(300)
    void aThousandConnectsAndClosesLeaveNothing(TestReporter reporter) throws Exception {
        storm(reporter, Encryption.NONE);
    }

    @Test
    @Timeout(300)
    void aThousandEncryptedConnectsAndClosesLeaveNothing(TestReporter reporter) throws Exception {
        needs(TransportFeature.TLS);
        storm(reporter, new FaultyTls());
    }

    /** Draws a seed, or takes the one that was set, and has it said. */
    final void storm(TestReporter reporter, Encryption encryption) throws Exception {
        long seed = Long.getLong(SEED, new Random().nextLong());
        reporter.publishEntry("seed", Long.toString(seed));
        try {
            thousands(new Random(seed), silent(), encryption);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "with the faults of -D" + SEED + "=" + seed + " on "
                            + provider().name() + ": " + e.getMessage(),
                    e);
        }
    }

    /**
     * A thousand; more of them only while a pool grows, if the transport has one. Some waves before are not counted:
     * they make whatever is made once for all.
     */
    private void thousands(Random random, SocketAddress silent, Encryption encryption) throws Exception {
        waves(2, random, silent, encryption);
        List<LeakProbe> pools = underTest().pooledMemory();
        Leaks before = Leaks.withThreads(underTest().leakProbes());
        for (int left = pools.isEmpty() ? 1 : THOUSANDS; left > 0; left--) {
            Leaks memory = Leaks.ofMemory(pools);
            waves(WAVES, random, silent, encryption);
            eventually(before::assertNoneSince);
            try {
                System.gc();
                memory.assertNoneSince();
                return;
            } catch (AssertionError e) {
                if (left == 1) {
                    eventually(() -> {
                        System.gc();
                        memory.assertNoneSince();
                    });
                }
            }
        }
    }

    /** Most waves share a transport, which closes when they are over. Nothing that has closed is held by this test. */
    private void waves(int count, Random random, SocketAddress silent, Encryption encryption) throws Exception {
        Transport lasting = provider().open(SETTINGS);
        try {
            for (int i = 0; i < count; i++) {
                boolean closing = i % CLOSING_WAVES == 0;
                wave(closing ? provider().open(SETTINGS) : lasting, closing, random, silent, encryption);
            }
        } finally {
            close(lasting, Duration.ofSeconds(5));
        }
    }

    private void wave(Transport on, boolean closing, Random random, SocketAddress silent, Encryption encryption)
            throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Semaphore progress = new Semaphore(0);
        ExecutorService peers = Executors.newCachedThreadPool();
        List<FaultyOwner> owners = new ArrayList<>();
        try (ServerSocketChannel here = ServerSocketChannel.open()) {
            here.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), WIRES_PER_WAVE);
            SplittableRandom peerSeeds = new SplittableRandom(random.nextLong());
            peers.execute(() -> accept(here, peers, peerSeeds, encryption, over));
            for (int i = 0; i < WIRES_PER_WAVE; i++) {
                FaultyOwner owner = begin(on, encryption, random, here.getLocalAddress(), silent);
                owners.add(owner);
                CompletableFuture.anyOf(owner.connected, owner.closed).thenRun(progress::release);
            }
            // Peers that are silent until the end are never so many.
            assertThat(progress.tryAcquire(random.nextInt(WIRES_PER_WAVE / 2), millis(), MILLISECONDS))
                    .as("some attempts come to something, or to nothing")
                    .isTrue();
            int turns = random.nextInt(100);
            for (int i = 0; i < turns; i++) {
                settle(on.nextLoop());
            }
            if (closing) {
                closeInTheMiddle(on, random, over);
            } else {
                closeEach(owners, random, over);
            }
            owners.forEach(this::forget);
        } finally {
            over.countDown();
            if (closing) {
                close(on, Duration.ZERO);
            }
            peers.shutdown();
            assertThat(peers.awaitTermination(millis(), MILLISECONDS))
                    .as("every peer hears the end")
                    .isTrue();
        }
    }

    /** Until the server's socket closes. */
    private static void accept(
            ServerSocketChannel here,
            ExecutorService peers,
            SplittableRandom seeds,
            Encryption encryption,
            CountDownLatch over) {
        for (; ; ) {
            Socket socket;
            try {
                socket = here.accept().socket();
            } catch (IOException e) {
                return;
            }
            FaultyPeer peer = new FaultyPeer(socket, encryption, new Random(seeds.nextLong()), over);
            try {
                peers.execute(peer);
            } catch (RejectedExecutionException e) {
                // Too late: the wave is over.
                peer.run();
            }
        }
    }

    private FaultyOwner begin(
            Transport on, Encryption encryption, Random random, SocketAddress here, SocketAddress silent)
            throws Exception {
        FaultyOwner owner = watched(new FaultyOwner(random));
        EventLoop loop = on.nextLoop();
        TlsSpec tls = encryption.ofOwner(random);
        Duration patience = underTest().patience();
        Duration little = Duration.ofMillis(1 + random.nextInt(100));
        ConnectRequest request =
                switch (owner.fault) {
                    case IS_REFUSED -> request(tls, patience, refusing());
                    case IS_REFUSED_AT_FIRST -> request(tls, patience, refusing(), here);
                    case IS_NOT_ANSWERED -> request(tls, little, silent);
                    case HAS_LITTLE_TIME -> request(tls, little, here);
                    default -> request(tls, patience, here);
                };
        Cancellable attempt = on.connect(loop, request, owner);
        switch (owner.fault) {
            case ABANDONS_AT_ONCE -> attempt.cancel();
            case ABANDONS_SOON -> {
                int turns = random.nextInt(20);
                cancelAfter(turns, loop, attempt);
            }
            default -> {
                // What it does, it does in its calls.
            }
        }
        return owner;
    }

    private static void cancelAfter(int turns, EventLoop loop, Cancellable attempt) {
        if (turns > 0) {
            try {
                loop.execute(() -> cancelAfter(turns - 1, loop, attempt));
                return;
            } catch (RejectedExecutionException e) {
                // The transport closes: too late is harmless.
            }
        }
        attempt.cancel();
    }

    private void closeInTheMiddle(Transport on, Random random, CountDownLatch over) throws Exception {
        var closed = on.close(random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(5));
        over.countDown();
        closed.toCompletableFuture().get(millis(), MILLISECONDS);
    }

    /** Ends what is not ended yet, and waits until all is. */
    private void closeEach(List<FaultyOwner> owners, Random random, CountDownLatch over) throws Exception {
        if (random.nextBoolean()) {
            // Each comes to its own end first, when nobody is silent any more.
            over.countDown();
            for (FaultyOwner owner : owners) {
                if (owner.fault != FaultyOwner.Fault.STOPS_READING) {
                    owner.closeCause();
                }
            }
        }
        for (FaultyOwner owner : owners) {
            boolean orderly = random.nextBoolean();
            owner.connected.thenAccept(wire -> {
                if (orderly) {
                    wire.close();
                } else {
                    wire.abort();
                }
            });
        }
        over.countDown();
        for (FaultyOwner owner : owners) {
            owner.closeCause();
        }
    }
}
