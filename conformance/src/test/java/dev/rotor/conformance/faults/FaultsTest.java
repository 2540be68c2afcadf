package dev.rotor.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.testserver.Member;
import dev.rotor.testserver.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica set of three members that is killed, partitioned, stepped down and cut off at random, while writers write
 * with {@code w: majority}. Whatever happens, an acknowledged write is there exactly once, no failed one is there
 * twice, every call is answered, and the client has nothing left over when it is closed.
 *
 * <p>{@code -Dfaults.seconds=600} runs longer than the two minutes, {@code -Dfaults.seed=…} repeats the faults and the
 * writes of an earlier run: what is decided by the seed is which fault hits whom when and who writes what; which write
 * is under way at that moment is up to the threads.
 */
class FaultsTest {

    private static final Logger LOG = LoggerFactory.getLogger(FaultsTest.class);
    private static final int WRITERS = 8;

    private final long seed = Long.getLong("faults.seed", System.nanoTime());
    private final Duration duration = Duration.ofSeconds(Long.getLong("faults.seconds", 120));

    @Test
    void everyAcknowledgedWriteIsThereExactlyOnceWhateverHappensToTheServers() throws Exception {
        LOG.info("faults for {} s with -Dfaults.seed={}", duration.toSeconds(), seed);
        Random random = new Random(seed);
        Ledger ledger = new Ledger();
        PoolBalance balance = new PoolBalance();
        List<Thread> threadsBefore = driverThreads();
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        try (TestServer servers = TestServer.replicaSet(3).start()) {
            MongoClient client = MongoClient.create(MongoClientSettings.builder()
                    .applyConnectionString(new ConnectionString(servers.connectionString()))
                    .addConnectionPoolListener(balance)
                    .applyToTopologySettings(topology -> topology.heartbeatFrequency(Duration.ofMillis(500))
                            .serverSelectionTimeout(Duration.ofSeconds(3)))
                    .applyToSocketSettings(socket -> socket.connectTimeout(Duration.ofSeconds(1)))
                    .build());
            try {
                write(client, servers, ledger, random, faults);
                assertEndsAtZero(balance::missing, "connections that did not come back");
            } finally {
                client.close();
            }
            assertEndsAtZero(balance::open, "connections left open");
            for (Thread thread : driverThreads()) {
                // Threads that have nothing left to do may need a moment to be gone.
                thread.join(threadsBefore.contains(thread) ? 1 : 5_000);
            }
            assertThat(driverThreads()).as("threads of the driver").isSubsetOf(threadsBefore);
            assertThat(ledger.discrepancies(stored(servers)))
                    .as("with -Dfaults.seed=%d", seed)
                    .isEmpty();
        }
        LOG.info(
                "{} writes acknowledged, {} failed {}, {} connections made for {} checkouts, faults {}",
                ledger.count(Ledger.Outcome.ACKNOWLEDGED),
                ledger.count(Ledger.Outcome.FAILED),
                ledger.failures(),
                balance.created(),
                balance.checkedOut(),
                faults);
        assertThat(ledger.count(Ledger.Outcome.ACKNOWLEDGED)).isGreaterThan(duration.toSeconds());
    }

    /** A pool's events may be told by a thread that is late. */
    private static void assertEndsAtZero(LongSupplier count, String what) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (count.getAsLong() != 0 && System.nanoTime() - until < 0) {
            pause(10);
        }
        assertThat(count.getAsLong()).as(what).isZero();
    }

    private void write(MongoClient client, TestServer servers, Ledger ledger, Random random, Map<Fault, Integer> faults)
            throws Exception {
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
        try {
            MongoDatabase database = client.getDatabase("faults");
            List<Writer> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(new Writer(
                        "w" + i,
                        database.getCollection("inserts"),
                        database.getCollection("updates"),
                        ledger,
                        new Random(random.nextLong()),
                        scheduler));
            }
            writers.forEach(Writer::start);
            breakThings(servers, random, faults);
            CompletableFuture.allOf(writers.stream().map(Writer::stop).toArray(CompletableFuture[]::new))
                    .get(30, TimeUnit.SECONDS);
        } finally {
            scheduler.shutdownNow();
        }
    }

    private void breakThings(TestServer servers, Random random, Map<Fault, Integer> faults) throws Exception {
        List<Fault> kinds = List.of(Fault.values());
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            Member member = servers.member(random.nextInt(3));
            Fault fault = kinds.get(random.nextInt(kinds.size()));
            faults.merge(fault, 1, Integer::sum);
            fault.begin(member, random);
            pause(50 + random.nextInt(700));
            fault.end(member);
            pause(random.nextInt(400));
        }
    }

    private static void pause(long millis) throws InterruptedException {
        // Nobody ever counts this down: the faults are to last for a while.
        assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
    }

    /** Every id that the servers hold, as often as they hold it, read by a client that has seen no fault. */
    private static List<String> stored(TestServer servers) throws Exception {
        try (MongoClient reader = MongoClient.create(servers.connectionString())) {
            MongoDatabase database = reader.getDatabase("faults");
            List<String> ids = new ArrayList<>();
            for (Document document : all(database, "inserts")) {
                ids.add(document.getString("_id"));
            }
            for (Document document : all(database, "updates")) {
                ids.addAll(document.getList("ids", String.class));
            }
            return ids;
        }
    }

    private static List<Document> all(MongoDatabase database, String collection) throws Exception {
        return database.getCollection(collection)
                .find()
                .toList()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private static List<Thread> driverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("rotor-"))
                .toList();
    }
}
