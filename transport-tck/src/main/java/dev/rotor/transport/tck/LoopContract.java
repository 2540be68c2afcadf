package dev.rotor.transport.tck;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportSettings;
import dev.rotor.driver.transport.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Loops: threads, tasks and timers. */
public abstract class LoopContract extends TransportContract {

    /** For the class that says what is tested. */
    protected LoopContract() {}

    @Test
    void theProviderTellsWhatItIs() {
        assertThat(provider().name()).matches("[a-z0-9_]+").isEqualTo(transport.name());
        assertThat(provider().availability().available()).isTrue();
    }

    @Test
    void thereAreAsManyLoopsAsAskedForTakenInTurn() {
        Transport three = open(3);
        Set<EventLoop> seen = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            seen.add(three.nextLoop());
        }
        assertThat(seen).hasSize(3);
        for (int i = 0; i < 30; i++) {
            assertThat(seen).contains(three.nextLoop());
        }
        three.close(Duration.ZERO);
    }

    @Test
    void loopThreadsAreNamedDaemons() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        transport.nextLoop().execute(() -> thread.complete(Thread.currentThread()));

        assertThat(thread.get(millis(), MILLISECONDS).getName()).matches("tck-loop-[0-9]+");
        assertThat(thread.get().isDaemon()).isTrue();
    }

    @Test
    void aThreadFactoryOfTheUsersIsUsed() throws Exception {
        needs(TransportFeature.THREAD_FACTORY);
        Queue<Thread> made = new ConcurrentLinkedQueue<>();
        Transport other = open(new TransportSettings(
                2,
                "ignored-",
                task -> {
                    Thread thread = new Thread(task, "mine");
                    thread.setDaemon(true);
                    made.add(thread);
                    return thread;
                },
                null));
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        other.nextLoop().execute(() -> thread.complete(Thread.currentThread()));

        assertThat(made).hasSize(2).contains(thread.get(millis(), MILLISECONDS));
        other.close(Duration.ZERO);
    }

    @Test
    void aLoopKnowsItsThread() throws Exception {
        EventLoop loop = transport.nextLoop();
        EventLoop other = transport.nextLoop();
        CompletableFuture<List<Object>> seen = new CompletableFuture<>();

        loop.execute(() -> seen.complete(
                List.of(loop.inLoop(), other.inLoop(), java.util.Objects.requireNonNull(transport.currentLoop()))));

        assertThat(seen.get(millis(), MILLISECONDS)).containsExactly(true, false, loop);
        assertThat(loop.inLoop()).isFalse();
        assertThat(transport.currentLoop()).isNull();
    }

    @Test
    void tasksOfOneThreadRunInOrderOnOneThread() throws Exception {
        EventLoop loop = transport.nextLoop();
        int threads = 4;
        int each = 20_000;
        int[][] next = {new int[threads]};
        Set<Thread> ranOn = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(threads * each);
        for (int t = 0; t < threads; t++) {
            int caller = t;
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            int number = i;
                            // Everything that the task touches is confined to the loop: no lock.
                            loop.execute(() -> {
                                ranOn.add(Thread.currentThread());
                                if (next[0][caller]++ != number) {
                                    wrong.add(caller + ": " + number);
                                }
                                done.countDown();
                            });
                        }
                    })
                    .start();
        }

        assertThat(done.await(millis(), MILLISECONDS)).isTrue();
        settle(loop);
        assertThat(wrong).isEmpty();
        assertThat(ranOn).hasSize(1);
    }

    @Test
    void tasksTimersAndWiresOfALoopAreOneThreads() throws Exception {
        Set<Thread> all = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            EventLoop loop = transport.nextLoop();
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            CompletableFuture<Boolean> fired = new CompletableFuture<>();
            loop.execute(() -> threads.add(Thread.currentThread()));
            loop.schedule(() -> fired.complete(threads.add(Thread.currentThread())), 5, MILLISECONDS);
            RecordingListener listener = watched(new RecordingListener() {
                @Override
                void connectedHook(Wire wire) {
                    threads.add(Thread.currentThread());
                }

                @Override
                void closedHook() {
                    threads.add(Thread.currentThread());
                }
            });
            transport.connect(loop, request(server.getLocalAddress()), listener);
            accept().close();
            listener.closeCause();
            fired.get(millis(), MILLISECONDS);

            assertThat(threads).hasSize(1);
            all.addAll(threads);
        }
        assertThat(all).hasSize(2);
    }

    @Test
    void aTaskHandedOverOnTheLoopRunsAfterTheOneThatHandsItOver() throws Exception {
        EventLoop loop = transport.nextLoop();
        BlockingQueue<String> order = new LinkedBlockingQueue<>();

        loop.execute(() -> {
            loop.execute(() -> order.add("inner"));
            order.add("outer");
        });

        assertThat(order.poll(millis(), MILLISECONDS)).isEqualTo("outer");
        assertThat(order.poll(millis(), MILLISECONDS)).isEqualTo("inner");
    }

    @Test
    void aTaskThatReturnsForEverDoesNotStarveSockets() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);
        EventLoop loop = listener.wire().loop();
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            if (listener.frames.isEmpty() && !listener.closed.isDone()) {
                loop.execute(again[0]);
            }
        };
        loop.execute(again[0]);

        peer.write(Frames.frame(20, 1));

        assertThat(listener.frame()).hasSize(20);
    }

    @Test
    void aTaskThatThrowsDoesNotEndTheLoop() throws Exception {
        EventLoop loop = transport.nextLoop();

        loop.execute(() -> {
            throw new IllegalStateException("expected by a test");
        });
        loop.schedule(
                () -> {
                    throw new AssertionError("expected by a test");
                },
                0,
                SECONDS);

        settle(loop);
        CompletableFuture<Boolean> fired = new CompletableFuture<>();
        loop.schedule(() -> fired.complete(true), 1, MILLISECONDS);
        assertThat(fired.get(millis(), MILLISECONDS)).isTrue();
    }

    @Test
    void noTaskIsTheCallersMistake() {
        EventLoop loop = transport.nextLoop();
        Runnable none = nothing();
        assertThatThrownBy(() -> loop.execute(none)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> loop.schedule(none, 1, SECONDS)).isInstanceOf(NullPointerException.class);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // the mistake under test
    private static <T> T nothing() {
        return null;
    }

    /** A timer that fired: its deadline lies between the two. */
    private record Fired(long earliest, long latest, long at) {}

    @Test
    void timersFireInTheOrderOfTheirDeadlinesAndNeverEarly() throws Exception {
        EventLoop loop = transport.nextLoop();
        List<Fired> fired = new ArrayList<>();
        int count = 500;
        CountDownLatch done = new CountDownLatch(count);
        loop.execute(() -> {
            for (int i = 0; i < count; i++) {
                long delay = MICROSECONDS.toNanos(ThreadLocalRandom.current().nextLong(50_000));
                long[] after = new long[1];
                long before = System.nanoTime();
                loop.schedule(
                        () -> {
                            fired.add(new Fired(before + delay, after[0] + delay, System.nanoTime()));
                            done.countDown();
                        },
                        delay,
                        NANOSECONDS);
                after[0] = System.nanoTime();
            }
        });

        assertThat(done.await(millis(), MILLISECONDS)).isTrue();
        settle(loop);
        for (int i = 0; i < count; i++) {
            Fired one = fired.get(i);
            assertThat(one.at() - one.earliest()).as("late").isNotNegative();
            for (int j = i + 1; j < count; j++) {
                assertThat(fired.get(j).latest() - one.earliest())
                        .as("a later one's deadline was not certainly before")
                        .isNotNegative();
            }
        }
    }

    @Test
    void timersOfOtherThreadsFireNeverEarly() throws Exception {
        EventLoop loop = transport.nextLoop();
        for (int i = 0; i < 100; i++) {
            long delay = i % 7;
            long before = System.nanoTime();
            CompletableFuture<Long> fired = new CompletableFuture<>();
            loop.schedule(() -> fired.complete(System.nanoTime()), delay, MILLISECONDS);
            assertThat(fired.get(millis(), MILLISECONDS) - before).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(delay));
        }
    }

    @Test
    void aTimerSetWhileTheLoopSleepsTowardsALaterOneFiresBeforeIt() throws Exception {
        EventLoop loop = transport.nextLoop();
        Cancellable later = loop.schedule(() -> {}, 1, DAYS);
        settle(loop);
        CompletableFuture<Boolean> fired = new CompletableFuture<>();

        loop.schedule(() -> fired.complete(true), 5, MILLISECONDS);

        assertThat(fired.get(millis(), MILLISECONDS)).isTrue();
        later.cancel();
    }

    @Test
    void oddDelaysAreTakenAsTheyAreMeant() throws Exception {
        EventLoop loop = transport.nextLoop();
        CountDownLatch soon = new CountDownLatch(3);
        AtomicInteger never = new AtomicInteger();
        loop.schedule(soon::countDown, 0, SECONDS);
        loop.schedule(soon::countDown, -5, DAYS);
        loop.schedule(soon::countDown, Long.MIN_VALUE, NANOSECONDS);
        loop.schedule(never::incrementAndGet, Long.MAX_VALUE, NANOSECONDS);
        loop.schedule(never::incrementAndGet, Long.MAX_VALUE, DAYS);

        assertThat(soon.await(millis(), MILLISECONDS)).isTrue();
        settle(loop);
        assertThat(never).hasValue(0);
    }

    @Test
    void aTimerCancelledOnItsLoopNeverFires() throws Exception {
        EventLoop loop = transport.nextLoop();
        AtomicInteger fired = new AtomicInteger();
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        loop.execute(() -> {
            List<Cancellable> timers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                timers.add(loop.schedule(fired::incrementAndGet, i % 10, MILLISECONDS));
            }
            // Even one that is due already.
            Cancellable due = loop.schedule(fired::incrementAndGet, 0, SECONDS);
            loop.schedule(() -> done.complete(true), 20, MILLISECONDS);
            due.cancel();
            timers.forEach(Cancellable::cancel);
            timers.forEach(Cancellable::cancel);
        });

        assertThat(done.get(millis(), MILLISECONDS)).isTrue();
        assertThat(fired).hasValue(0);
    }

    @Test
    void aTimerCancelledByAnotherThreadInTimeNeverFires() throws Exception {
        EventLoop loop = transport.nextLoop();
        AtomicInteger fired = new AtomicInteger();
        for (int i = 0; i < 1000; i++) {
            loop.schedule(fired::incrementAndGet, 1, DAYS).cancel();
        }
        Cancellable fires = loop.schedule(() -> {}, 0, SECONDS);
        settle(loop);
        fires.cancel();

        assertThat(fired).hasValue(0);
    }

    @Test
    void aTimerMaySetTheNext() throws Exception {
        EventLoop loop = transport.nextLoop();
        CountDownLatch left = new CountDownLatch(50);
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            left.countDown();
            if (left.getCount() > 0) {
                loop.schedule(again[0], 0, SECONDS);
            }
        };
        loop.schedule(again[0], 0, SECONDS);

        assertThat(left.await(millis(), MILLISECONDS)).isTrue();
    }
}
