package dev.rotor.driver.integration;

import static dev.rotor.driver.integration.TestDeployment.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ChangeStreamCursor;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.event.ServerHeartbeatSucceededEvent;
import dev.rotor.driver.event.ServerMonitorListener;
import dev.rotor.driver.model.CursorType;
import dev.rotor.driver.model.DeleteOneModel;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.WriteModel;
import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import dev.rotor.testserver.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A value that is bound to the caller's thread at the call is there in everything that comes of it, on real loops and
 * on an executor for completions.
 */
class ContextTest {

    private static final String NONE = "none";

    private static final ThreadLocal<String> CURRENT = ThreadLocal.withInitial(() -> NONE);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> heartbeats = new CopyOnWriteArrayList<>();
    private final TestServer server = TestServer.replicaSet(1).start();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private @Nullable MongoClient client;

    private final ContextCarrier carrier = () -> {
        String captured = CURRENT.get();
        return () -> {
            String before = CURRENT.get();
            CURRENT.set(captured);
            return () -> CURRENT.set(before);
        };
    };

    private final CommandListener commands = new CommandListener() {
        @Override
        public void commandStarted(CommandStartedEvent event) {
            heard.add(event.commandName() + " started: " + CURRENT.get());
        }

        @Override
        public void commandSucceeded(CommandSucceededEvent event) {
            heard.add(event.commandName() + " succeeded: " + CURRENT.get());
        }

        @Override
        public void commandFailed(CommandFailedEvent event) {
            heard.add(event.commandName() + " failed: " + CURRENT.get());
        }
    };

    @AfterEach
    void everyThreadHasWhatItHadBefore() throws Exception {
        try {
            if (client != null) {
                client.close();
            }
            assertThat(executor.submit(() -> CURRENT.get()).get(20, TimeUnit.SECONDS))
                    .isEqualTo(NONE);
            assertThat(CURRENT.get()).isEqualTo(NONE);
            assertThat(heartbeats).isNotEmpty().containsOnly(NONE);
        } finally {
            executor.shutdownNow();
            server.close();
        }
    }

    private MongoCollection<Document> collection(boolean onExecutor) {
        client = MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.connectionString()))
                .completionExecutor(onExecutor ? executor : null)
                .contextCarrier(carrier)
                .addCommandListener(commands)
                .addServerMonitorListener(new ServerMonitorListener() {
                    @Override
                    public void serverHeartbeatSucceeded(ServerHeartbeatSucceededEvent event) {
                        heartbeats.add(CURRENT.get());
                    }
                })
                .build());
        return client.getDatabase("app").getCollection("things");
    }

    private <T> T with(String value, Supplier<T> call) {
        String before = CURRENT.get();
        CURRENT.set(value);
        try {
            return call.get();
        } finally {
            CURRENT.set(before);
        }
    }

    /** What was heard since the last time. */
    private List<String> heard() {
        List<String> all = List.copyOf(heard);
        heard.clear();
        return all;
    }

    private void fill(MongoCollection<Document> collection, int documents) throws Exception {
        List<Document> all = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            all.add(new Document("_id", i));
        }
        await(collection.insertMany(all));
        heard.clear();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itIsThereInEachStageOfAChainAndInTheOperationsThatTheyStart(boolean onExecutor) throws Exception {
        MongoCollection<Document> collection = collection(onExecutor);
        List<String> seen = new CopyOnWriteArrayList<>();

        await(with("request 7", () -> collection
                .insertOne(new Document("_id", 1))
                .thenRun(() -> seen.add(CURRENT.get()))
                .thenCompose(none -> collection.find().first())
                .thenAccept(found -> seen.add(CURRENT.get()))
                .thenCompose(none -> collection.insertOne(new Document("_id", 1)))
                .handle((result, failure) -> seen.add(failure == null ? "no failure" : CURRENT.get()))));

        assertThat(seen).containsExactly("request 7", "request 7", "request 7");
        assertThat(heard())
                .containsExactly(
                        "insert started: request 7",
                        "insert succeeded: request 7",
                        "find started: request 7",
                        "find succeeded: request 7",
                        "insert started: request 7",
                        "insert succeeded: request 7");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherAttemptIsStillTheSameCall(boolean onExecutor) throws Exception {
        MongoCollection<Document> collection = collection(onExecutor);
        await(Objects.requireNonNull(client)
                .getDatabase("admin")
                .runCommand(Document.parse("{configureFailPoint: 'failCommand', mode: {times: 1},"
                        + " data: {failCommands: ['find'], closeConnection: true}}")));
        heard.clear();

        String seen =
                await(with("tried twice", () -> collection.find().first().handle((found, failure) -> CURRENT.get())));

        assertThat(seen).isEqualTo("tried twice");
        assertThat(heard())
                .containsExactly(
                        "find started: tried twice",
                        "find failed: tried twice",
                        "find started: tried twice",
                        "find succeeded: tried twice");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theConsumerOfForEachHasItInEveryBatch(boolean onExecutor) throws Exception {
        MongoCollection<Document> collection = collection(onExecutor);
        fill(collection, 10);
        List<String> seen = new CopyOnWriteArrayList<>();

        String after = await(with("all of them", () -> collection
                .find()
                .batchSize(3)
                .forEach(document -> seen.add(CURRENT.get()))
                .thenApply(none -> CURRENT.get())));

        assertThat(after).isEqualTo("all of them");
        assertThat(seen).hasSize(10).containsOnly("all of them");
        assertThat(heard()).contains("getMore started: all of them").allSatisfy(event -> assertThat(event)
                .endsWith(": all of them"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void batchesThatTheServerSendsUnaskedAreOfTheSameCall(boolean onExecutor) throws Exception {
        MongoCollection<Document> collection = collection(onExecutor);
        fill(collection, 10);
        List<String> seen = new CopyOnWriteArrayList<>();

        String after = await(with("exhaust", () -> collection
                .find()
                .cursorType(CursorType.EXHAUST)
                .batchSize(3)
                .forEach(document -> seen.add(CURRENT.get()))
                .thenApply(none -> CURRENT.get())));

        assertThat(after).isEqualTo("exhaust");
        assertThat(seen).hasSize(10).containsOnly("exhaust");
        assertThat(heard()).contains("getMore succeeded: exhaust").allSatisfy(event -> assertThat(event)
                .endsWith(": exhaust"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachCallOfNextHasItsOwnEvenWhereItsBatchWasFetchedForAnother(boolean onExecutor) throws Exception {
        MongoCollection<Document> collection = collection(onExecutor);
        fill(collection, 8);
        AsyncCursor<Document> cursor =
                await(with("open", () -> collection.find().batchSize(2).open()));

        for (int i = 0; i < 8; i++) {
            String name = "next " + i;
            String seen = await(with(name, () -> cursor.next().thenApply(document -> CURRENT.get())));
            assertThat(seen).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCursorIsKilledInTheContextOfItsClose(boolean onExecutor) throws Exception {
        MongoCollection<Document> collection = collection(onExecutor);
        fill(collection, 8);
        AsyncCursor<Document> cursor =
                await(with("open", () -> collection.find().batchSize(2).open()));

        String seen = await(with("close", () -> cursor.closeAsync().thenApply(none -> CURRENT.get())));

        assertThat(seen).isEqualTo("close");
        assertThat(heard())
                .contains("find started: open", "killCursors started: close", "killCursors succeeded: close");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSubscriberHasThatOfTheSubscriptionWhoeverRequests(boolean onExecutor) throws Exception {
        MongoCollection<Document> collection = collection(onExecutor);
        fill(collection, 7);
        List<String> seen = new CopyOnWriteArrayList<>();
        CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
        CountDownLatch completed = new CountDownLatch(1);

        with("subscribe", () -> {
            collection.find().batchSize(2).subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscribed.complete(subscription);
                }

                @Override
                public void onNext(Document document) {
                    seen.add(CURRENT.get());
                }

                @Override
                public void onError(Throwable failure) {
                    seen.add(failure.toString());
                    completed.countDown();
                }

                @Override
                public void onComplete() {
                    seen.add(CURRENT.get());
                    completed.countDown();
                }
            });
            return "";
        });
        String requester = with("request", () -> {
            for (int i = 0; i < 8; i++) {
                subscribed.join().request(1);
            }
            return CURRENT.get();
        });

        assertThat(completed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(requester).isEqualTo("request");
        assertThat(seen).hasSize(8).containsOnly("subscribe");
        assertThat(heard())
                .contains("find started: subscribe", "getMore started: subscribe")
                .allSatisfy(event -> assertThat(event).endsWith(": subscribe"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChangeStreamHasThatOfTheCallThatWaits(boolean onExecutor) throws Exception {
        MongoCollection<Document> collection = collection(onExecutor);
        await(collection.insertOne(new Document("_id", 0)));
        ChangeStreamCursor<ChangeStreamDocument<Document>> changes =
                await(with("watch", () -> collection.watch().open()));
        heard.clear();

        CompletionStage<String> seen = with("waits", () -> changes.next().thenApply(change -> CURRENT.get()));
        await(with("writes", () -> collection.insertOne(new Document("_id", 1))));

        assertThat(await(seen)).isEqualTo("waits");
        assertThat(heard()).contains("getMore started: waits", "getMore succeeded: waits", "insert succeeded: writes");
        changes.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyCommandOfABulkWriteIsOfItsCall(boolean onExecutor) throws Exception {
        MongoCollection<Document> collection = collection(onExecutor);
        List<WriteModel<Document>> models = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            models.add(new InsertOneModel<>(new Document("_id", i)));
            models.add(new DeleteOneModel<>(new Document("_id", i)));
        }

        String seen = await(with("bulk", () -> collection.bulkWrite(models).thenApply(result -> CURRENT.get())));

        assertThat(seen).isEqualTo("bulk");
        assertThat(heard()).hasSize(12).allSatisfy(event -> assertThat(event).endsWith(": bulk"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyAttemptOfATransactionIsOfItsCallWhoeverEndsTheBody(boolean onExecutor) throws Exception {
        MongoCollection<Document> collection = collection(onExecutor);
        await(collection.insertOne(new Document("_id", 0)));
        await(Objects.requireNonNull(client)
                .getDatabase("admin")
                .runCommand(Document.parse("{configureFailPoint: 'failCommand', mode: {times: 2},"
                        + " data: {failCommands: ['commitTransaction'], errorCode: 251,"
                        + " errorLabels: ['TransientTransactionError']}}")));
        heard.clear();
        List<String> seen = new CopyOnWriteArrayList<>();
        List<Integer> attempts = new CopyOnWriteArrayList<>();

        String after;
        try (ClientSession session = Objects.requireNonNull(client).startSession()) {
            Function<ClientSession, CompletionStage<String>> body = lent -> {
                attempts.add(attempts.size());
                seen.add(CURRENT.get());
                CompletableFuture<String> elsewhere = new CompletableFuture<>();
                collection
                        .withSession(lent)
                        .insertOne(new Document("_id", "from the body"))
                        .thenRun(() -> new Thread(() -> elsewhere.complete("done")).start());
                return elsewhere;
            };
            after = await(with(
                    "transaction", () -> session.withTransaction(body).thenApply(done -> done + " " + CURRENT.get())));
        }

        assertThat(after).isEqualTo("done transaction");
        assertThat(attempts).hasSize(3);
        assertThat(seen).hasSize(3).containsOnly("transaction");
        assertThat(heard())
                .contains("commitTransaction failed: transaction", "commitTransaction succeeded: transaction")
                .allSatisfy(event -> assertThat(event).endsWith(": transaction"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theEndOfASessionScopeIsOfItsCallWhoeverEndsTheBody(boolean onExecutor) throws Exception {
        MongoCollection<Document> collection = collection(onExecutor);
        Function<ClientSession, CompletionStage<String>> body = lent -> {
            lent.startTransaction();
            CompletableFuture<String> elsewhere = new CompletableFuture<>();
            collection.withSession(lent).insertOne(new Document("_id", 1)).thenRun(() -> new Thread(
                            () -> with("stranger", () -> elsewhere.complete("done")))
                    .start());
            return elsewhere;
        };

        String after = await(with(
                "scope",
                () -> Objects.requireNonNull(client).inSession(body).thenApply(done -> done + " " + CURRENT.get())));

        assertThat(after).isEqualTo("done scope");
        assertThat(heard()).contains("abortTransaction started: scope", "abortTransaction succeeded: scope");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theEndsOfSessionsAndClientsHaveItToo(boolean onExecutor) throws Exception {
        MongoCollection<Document> collection = collection(onExecutor);
        MongoClient closing = Objects.requireNonNull(client);
        ClientSession session = closing.startSession();
        session.startTransaction();
        await(collection.withSession(session).insertOne(new Document("_id", 1)));
        heard.clear();

        String ended = await(with("session", () -> session.closeAsync().thenApply(none -> CURRENT.get())));
        assertThat(heard()).contains("abortTransaction started: session");
        String closed = await(with("client", () -> closing.closeAsync().thenApply(none -> CURRENT.get())));

        assertThat(List.of(ended, closed)).containsExactly("session", "client");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFutureThatALibraryTakesFromTheDatabaseIsCompletedInTheContextInWhichItWasTaken(boolean onExecutor)
            throws Exception {
        collection(onExecutor);
        CompletableFuture<Integer> future = with(
                "library",
                () -> Objects.requireNonNull(client).getDatabase("app").newIncompleteFuture());
        CompletableFuture<String> seen = future.handle((value, failure) -> value + " " + CURRENT.get());
        assertThat(with("another", () -> future.complete(1))).isTrue();
        assertThat(future.completeExceptionally(new IllegalStateException())).isFalse();

        assertThat(await(seen)).isEqualTo("1 library");
        await(Objects.requireNonNull(client).getDatabase("app").runCommand(new Document("ping", 1)));
    }
}
