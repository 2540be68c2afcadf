package dev.rotor.driver.integration;

import static dev.rotor.driver.integration.TestDeployment.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoLoopBlockedException;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandSucceededEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many operations at once, and code that must not wait. */
class LoadTest {

    private TestDeployment deployment;

    @BeforeEach
    void start() {
        deployment = TestDeployment.start();
    }

    @AfterEach
    void stop() {
        deployment.close();
    }

    @Test
    void tenThousandReadsShareTenConnectionsWithoutAThreadEach() throws Exception {
        try (MongoClient client =
                deployment.client(builder -> builder.applyToConnectionPoolSettings(pool -> pool.maxSize(10)))) {
            MongoCollection<Document> collection = deployment.collection(client, "numbers");
            await(collection.insertOne(new Document("_id", 1)));
            int threadsBefore = Thread.activeCount();
            List<CompletableFuture<Document>> reads = new ArrayList<>();

            for (int i = 0; i < 10_000; i++) {
                reads.add(collection.find(new Document("_id", 1)).first().toCompletableFuture());
            }
            int threadsDuring = Thread.activeCount();
            CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

            assertThat(reads).allSatisfy(read -> assertThat(read).isCompletedWithValue(new Document("_id", 1)));
            // The embedded server has threads of its own, a handful in all.
            assertThat(threadsDuring - threadsBefore).isLessThan(20);
        }
    }

    @Test
    void everyOperationInFlightEndsWhenTheClientIsClosed() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(5);
        byte[] none = ScriptedServer.bson(ScriptedServer.EMPTY);
        ScriptedServer.Script silent = (name, id) -> {
            sent.countDown();
            try {
                // No reply before the client is closed.
                over.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return ScriptedServer.reply(id, none);
        };
        try (ScriptedServer server = new ScriptedServer(silent)) {
            MongoClient client = MongoClient.create(MongoClientSettings.builder()
                    .applyConnectionString(new ConnectionString(server.uri()))
                    .applyToConnectionPoolSettings(pool -> pool.maxSize(5))
                    .build());
            MongoCollection<Document> collection = client.getDatabase("app").getCollection("numbers");
            List<CompletableFuture<Document>> reads = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                reads.add(collection.find(new Document("_id", 1)).first().toCompletableFuture());
            }

            // One on each connection; the others wait for one.
            assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
            client.close();

            assertThat(reads).allSatisfy(read -> assertThat(catchThrowable(() -> read.get(10, TimeUnit.SECONDS)))
                    .hasCauseInstanceOf(MongoException.class));
            assertThat(catchThrowable(() -> await(collection.find().first())))
                    .isInstanceOf(MongoClientClosedException.class);
        } finally {
            over.countDown();
        }
    }

    /** Keeps the reply to insert back, on the loop that has read it, until the test has attached what follows. */
    private static final class HeldReply implements CommandListener {

        final CountDownLatch attached = new CountDownLatch(1);

        @Override
        public void commandSucceeded(CommandSucceededEvent event) {
            if (event.commandName().equals("insert")) {
                try {
                    assertThat(attached.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @Test
    void waitingOnALoopFailsAtOnceAndTheLoopGoesOn() throws Exception {
        HeldReply held = new HeldReply();
        try (MongoClient client = deployment.client(builder -> builder.addCommandListener(held))) {
            MongoCollection<Document> collection = deployment.collection(client, "numbers");
            CompletableFuture<Throwable> onLoop = new CompletableFuture<>();
            collection
                    .insertOne(new Document("_id", 1))
                    .thenRun(() -> onLoop.complete(catchThrowable(() ->
                            collection.find().first().toCompletableFuture().join())));
            held.attached.countDown();

            Throwable failure = onLoop.get(20, TimeUnit.SECONDS);

            assertThat(failure)
                    .isInstanceOf(MongoLoopBlockedException.class)
                    .hasMessageContaining("rotor-loop")
                    .hasMessageContaining("thenCompose");
            assertThat(await(collection.countDocuments())).isEqualTo(1);
        }
    }

    @Test
    void aDerivedStageRefusesToBlockALoopToo() throws Exception {
        HeldReply held = new HeldReply();
        try (MongoClient client = deployment.client(builder -> builder.addCommandListener(held))) {
            MongoCollection<Document> collection = deployment.collection(client, "numbers");
            CompletableFuture<Throwable> onLoop = new CompletableFuture<>();
            collection
                    .insertOne(new Document("_id", 1))
                    .thenRun(() -> onLoop.complete(catchThrowable(() -> collection
                            .find()
                            .toList()
                            .thenApply(List::size)
                            .toCompletableFuture()
                            .get(1, TimeUnit.SECONDS))));
            held.attached.countDown();

            assertThat(onLoop.get(20, TimeUnit.SECONDS)).isInstanceOf(MongoLoopBlockedException.class);
        }
    }

    @Test
    void aFutureThatALibraryTakesFromTheDatabaseRefusesToBlockALoopToo() throws Exception {
        HeldReply held = new HeldReply();
        try (MongoClient client = deployment.client(builder -> builder.addCommandListener(held))) {
            MongoCollection<Document> collection = deployment.collection(client, "numbers");
            CompletableFuture<String> future = client.getDatabase("any").newIncompleteFuture();
            CompletableFuture<Throwable> onLoop = new CompletableFuture<>();
            collection
                    .insertOne(new Document("_id", 1))
                    .thenRun(() -> onLoop.complete(catchThrowable(
                            () -> future.thenApply(String::length).join())));
            held.attached.countDown();

            assertThat(onLoop.get(20, TimeUnit.SECONDS)).isInstanceOf(MongoLoopBlockedException.class);
            future.complete("four");
            assertThat(future.join()).isEqualTo("four");
        }
    }

    @Test
    void aServerThatIsNotThereIsNamedWithTheReasonWithinTheTimeout() throws Exception {
        deployment.kill();
        try (MongoClient client = deployment.client(builder ->
                builder.applyToTopologySettings(topology -> topology.serverSelectionTimeout(Duration.ofSeconds(1))))) {

            Throwable failure = catchThrowable(
                    () -> await(deployment.collection(client, "x").find().first()));

            String address = deployment.uri().substring("mongodb://".length());
            assertThat(failure).isInstanceOf(MongoException.class);
            assertThat(failure.getMessage().lines().findFirst().orElseThrow())
                    .contains(address)
                    .containsIgnoringCase("refused");
        }
    }

    @Test
    void aKilledServerFailsWhatIsInFlightAndTheClientLeavesNoThread() throws Exception {
        MongoClient client = deployment.client(builder ->
                builder.applyToTopologySettings(topology -> topology.serverSelectionTimeout(Duration.ofMillis(300))));
        MongoCollection<Document> collection = deployment.collection(client, "numbers");
        await(collection.insertOne(new Document("_id", 1)));

        deployment.kill();
        Throwable failure = catchThrowable(() -> await(collection.find().first()));
        client.close();

        assertThat(failure).isInstanceOf(MongoException.class).hasMessageContaining("127.0.0.1:");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("rotor-loop")) {
                // The loop's last action is to say that it has ended.
                thread.join(TimeUnit.SECONDS.toMillis(10));
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void aCancelledOperationLeavesTheClientUsable() throws Exception {
        try (MongoClient client =
                deployment.client(builder -> builder.applyToConnectionPoolSettings(pool -> pool.maxSize(1)))) {
            MongoCollection<Document> collection = deployment.collection(client, "numbers");
            await(collection.insertOne(new Document("_id", 1)));
            List<CompletableFuture<Document>> reads = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                reads.add(collection.find().first().toCompletableFuture());
            }

            reads.forEach(read -> read.cancel(true));

            assertThat(await(collection.find().first())).isEqualTo(new Document("_id", 1));
            assertThat(reads).allSatisfy(read -> assertThat(read.isDone()).isTrue());
        }
    }

    @Test
    void completionsRunOnTheExecutorThatWasSet() throws Exception {
        CompletableFuture<String> ran = new CompletableFuture<>();
        HeldReply held = new HeldReply();
        try (MongoClient client = deployment.client(builder ->
                builder.addCommandListener(held).completionExecutor(task -> new Thread(task, "mine").start()))) {
            MongoCollection<Document> collection = deployment.collection(client, "numbers");

            collection
                    .insertOne(new Document("_id", 1))
                    .thenRun(() -> ran.complete(Thread.currentThread().getName()));
            held.attached.countDown();

            assertThat(ran.get(20, TimeUnit.SECONDS)).isEqualTo("mine");
        } catch (CompletionException e) {
            throw new AssertionError(e);
        }
    }
}
