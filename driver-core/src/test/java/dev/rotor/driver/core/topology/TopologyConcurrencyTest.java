package dev.rotor.driver.core.topology;

import static dev.rotor.driver.core.topology.TopologyFixture.A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.event.TopologyDescriptionChangedEvent;
import dev.rotor.driver.event.TopologyListener;
import dev.rotor.driver.topology.TopologyDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class TopologyConcurrencyTest {

    private static final int THREADS = 4;
    private static final int SELECTIONS = 300;

    /** Checks that events come one at a time, each going on from where the one before ended. */
    private static final class Chain implements TopologyListener {
        private final AtomicBoolean inside = new AtomicBoolean();
        final AtomicInteger breaks = new AtomicInteger();
        final AtomicInteger events = new AtomicInteger();
        private volatile TopologyDescription last = TopologyDescription.EMPTY;

        @Override
        public void topologyDescriptionChanged(TopologyDescriptionChangedEvent event) {
            if (!inside.compareAndSet(false, true)
                    || !event.previousDescription().equals(last)) {
                breaks.incrementAndGet();
            }
            last = event.newDescription();
            events.incrementAndGet();
            inside.set(false);
        }
    }

    @Test
    void everySelectionOfManyThreadsEndsOnceWhileTheServerComesAndGoes() throws Exception {
        Chain chain = new Chain();
        TopologyFixture fixture = new TopologyFixture(
                        settings -> settings.hosts(List.of(A)).serverSelectionTimeout(Duration.ofDays(1)),
                        List.of(chain),
                        false)
                .start();
        ServerHandle server = fixture.server(A);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                threads.add(executor.submit(() -> selectAgainAndAgain(fixture.manager, server)));
            }
            // Until all are served: the server is found, and lost through the failures that the threads report.
            while (threads.stream().anyMatch(thread -> !thread.isDone())) {
                for (ScriptedMonitorConnections.Scripted connection : fixture.connections.open(A)) {
                    if (connection.isAsked()) {
                        connection.answer(BsonDocument.parse(TopologyFixture.standalone()), 1_000_000);
                    }
                }
                fixture.advance(Duration.ofMillis(500));
            }
            int served = 0;
            for (Future<Integer> thread : threads) {
                served += thread.get(30, TimeUnit.SECONDS);
            }
            assertThat(served).isEqualTo(THREADS * SELECTIONS);
            assertThat(server.operationCount()).isZero();
            assertThat(fixture.manager.waiting()).isZero();
            assertThat(chain.breaks).hasValue(0);
            assertThat(chain.events).hasValueGreaterThan(THREADS);
        } finally {
            executor.shutdownNow();
        }
    }

    private static int selectAgainAndAgain(TopologyManager manager, ServerHandle server) throws Exception {
        int served = 0;
        for (int i = 0; i < SELECTIONS; i++) {
            CompletableFuture<Server> future = new CompletableFuture<>();
            SelectionListener listener = new SelectionListener() {
                @Override
                public void onSelected(Server selected) {
                    if (!future.complete(selected)) {
                        throw new IllegalStateException("told twice");
                    }
                }

                @Override
                public void onSelectionFailed(MongoException cause) {
                    future.completeExceptionally(cause);
                }
            };
            Server selected = manager.select(ServerSelector.WRITABLE, Set.of(), "find", Deadline.NONE, listener);
            if (selected == null) {
                selected = future.get(60, TimeUnit.SECONDS);
            }
            if (i % 7 == 0) {
                // Of a generation that is never stale, so that each such failure counts.
                MongoException failure = new MongoConnectionException("broken", null, A, false);
                manager.onApplicationError(server, ApplicationError.of(failure, true, Integer.MAX_VALUE, null));
            }
            selected.operationFinished();
            served++;
        }
        return served;
    }
}
