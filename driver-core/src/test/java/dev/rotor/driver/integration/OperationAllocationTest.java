package dev.rotor.driver.integration;

import static dev.rotor.driver.integration.TestDeployment.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.model.Filters;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What an operation through the public interfaces allocates, on all threads that take part. Bytes, not times. */
class OperationAllocationTest {

    private static final int ROUNDS = 9;
    private static final int OPERATIONS = 500;
    private static final long LIMIT = 4096;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Of this thread and of the driver's; the server's are other people's. */
    private long allocated() {
        long sum = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (Thread thread : driverThreads()) {
            sum += threads.getThreadAllocatedBytes(thread.getId());
        }
        return sum;
    }

    private static Set<Thread> driverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("rotor-"))
                .collect(Collectors.toSet());
    }

    private long median(Callable<?> operation) throws Exception {
        long[] perOperation = new long[ROUNDS];
        for (int warmUp = 0; warmUp < 4 * OPERATIONS; warmUp++) {
            operation.call();
        }
        for (int round = 0; round < ROUNDS; round++) {
            long before = allocated();
            for (int i = 0; i < OPERATIONS; i++) {
                operation.call();
            }
            perOperation[round] = (allocated() - before) / OPERATIONS;
        }
        Arrays.sort(perOperation);
        return perOperation[ROUNDS / 2];
    }

    private static MongoCollection<Document> collection(MongoClient client) {
        return client.getDatabase("app").getCollection("things");
    }

    @Test
    void findOneOfASmallDocumentAllocatesAtMostFourKibibytes() throws Exception {
        Assumptions.assumeTrue(
                threads.isThreadAllocatedMemorySupported(), "this JVM does not count what threads allocate");
        byte[] found = ScriptedServer.bson("{ok: 1, cursor: {id: {$numberLong: '0'}, ns: 'app.things', firstBatch:"
                + " [{_id: 1, name: 'Ada', born: 1815, place: 'London'}]}}");
        try (ScriptedServer server = new ScriptedServer((name, id) -> ScriptedServer.reply(id, found));
                MongoClient client = MongoClient.create(server.uri())) {
            MongoCollection<Document> collection = collection(client);
            Bson filter = Filters.eq("_id", 1);

            long bytes = median(() -> await(collection.find(filter).first()));

            assertThat(bytes).as("bytes per findOne").isBetween(200L, LIMIT);
        }
    }

    @Test
    void insertOneOfASmallDocumentAllocatesAtMostFourKibibytes() throws Exception {
        Assumptions.assumeTrue(
                threads.isThreadAllocatedMemorySupported(), "this JVM does not count what threads allocate");
        byte[] done = ScriptedServer.bson("{ok: 1, n: 1}");
        try (ScriptedServer server = new ScriptedServer((name, id) -> ScriptedServer.reply(id, done));
                MongoClient client = MongoClient.create(server.uri())) {
            MongoCollection<Document> collection = collection(client);

            long bytes = median(() -> await(collection.insertOne(new Document("_id", 1).append("name", "Ada"))));

            assertThat(bytes).as("bytes per insertOne").isBetween(200L, LIMIT);
        }
    }

    @Test
    void noOperationStartsAThread() throws Exception {
        byte[] found = ScriptedServer.bson(ScriptedServer.EMPTY);
        try (ScriptedServer server = new ScriptedServer((name, id) -> ScriptedServer.reply(id, found));
                MongoClient client = MongoClient.create(server.uri())) {
            MongoCollection<Document> collection = collection(client);
            for (int i = 0; i < 50; i++) {
                await(collection.find().first());
            }
            Set<Thread> before = driverThreads();

            for (int i = 0; i < 500; i++) {
                await(collection.find().first());
            }

            // One of a client closed before may have ended.
            assertThat(before).isNotEmpty().containsAll(driverThreads());
        }
    }
}
