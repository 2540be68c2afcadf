package dev.rotor.driver.integration;

import static dev.rotor.driver.integration.TestDeployment.await;
import static dev.rotor.driver.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ClientSessionOptions;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoLoopBlockedException;
import dev.rotor.driver.TransactionState;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.testserver.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Sessions that end by themselves, whatever becomes of what was done in them. */
class SessionScopeTest {

    private static TestServer server;
    private static MongoClient client;

    private final List<ClientSession> sessions = new ArrayList<>();
    private MongoCollection<Document> collection;

    @BeforeAll
    static void start() {
        server = TestServer.replicaSet(1).start();
        client = MongoClient.create(server.connectionString());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void freshCollection(TestInfo test) throws Exception {
        collection = client.getDatabase("scopes")
                .getCollection(test.getTestMethod().orElseThrow().getName());
        await(collection.insertOne(new Document("_id", 0)));
    }

    private ClientSession only() {
        assertThat(sessions).hasSize(1);
        return sessions.get(0);
    }

    @Test
    void theBodysResultComesWhenTheSessionHasEnded() throws Exception {
        Document found = await(client.inSession(session -> {
            sessions.add(session);
            MongoCollection<Document> bound = collection.withSession(session);
            assertThat(bound.session()).isSameAs(session);
            return bound.insertOne(new Document("_id", 1))
                    .thenCompose(inserted -> bound.findOne(eq("_id", 1)))
                    .thenApply(one -> {
                        assertThat(session.isClosed()).isFalse();
                        return one;
                    });
        }));

        assertThat(found).isEqualTo(new Document("_id", 1));
        assertThat(only().isClosed()).isTrue();
        assertThat(only().client()).isSameAs(client);
    }

    @Test
    void aFailureIsPassedOnAsItIsAndTheSessionHasEnded() {
        Throwable failure = catchThrowable(() -> await(client.inSession(session -> {
            sessions.add(session);
            return collection.withSession(session).insertOne(new Document("_id", 0));
        })));

        assertThat(failure).isInstanceOfSatisfying(MongoException.class, e -> assertThat(e.code())
                .isEqualTo(11000));
        assertThat(only().isClosed()).isTrue();
    }

    @Test
    void aBodyThatThrowsOrGivesNoStageFailsTheResultAndEndsTheSession() {
        IllegalStateException thrown = new IllegalStateException("out of order");

        assertThat(catchThrowable(() -> await(client.inSession(session -> {
                    sessions.add(session);
                    throw thrown;
                }))))
                .isSameAs(thrown);
        assertThat(catchThrowable(() -> await(client.inSession(this::nothing))))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("the body gave no stage");

        assertThat(sessions).hasSize(2).allSatisfy(session -> assertThat(session.isClosed())
                .isTrue());
    }

    @SuppressWarnings("NullAway") // What a user's body may do all the same.
    private CompletionStage<@Nullable String> nothing(ClientSession session) {
        sessions.add(session);
        return null;
    }

    @Test
    void aTransactionThatIsLeftOpenIsAbortedBeforeTheResultComes() throws Exception {
        await(client.inSession(session -> {
            sessions.add(session);
            session.startTransaction();
            assertThat(session.inTransaction()).isTrue();
            return collection.withSession(session).insertOne(new Document("_id", 1));
        }));

        assertThat(only().inTransaction()).isFalse();
        assertThat(only().transactionState()).isEqualTo(TransactionState.ABORTED);
        assertThat(await(collection.findOne(eq("_id", 1)))).isNull();
        // The write lock of the transaction is gone as well.
        await(collection.insertOne(new Document("_id", 1)));
    }

    @Test
    void aTransactionInsideIsCommitted() throws Exception {
        await(client.inSession(session ->
                session.withTransaction(within -> collection.withSession(within).insertOne(new Document("_id", 1)))));

        assertThat(await(collection.findOne(eq("_id", 1)))).isNotNull();
    }

    @Test
    void cancellingEndsTheSessionAndWhatTheBodyCallsLaterFails() {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        CompletableFuture<Object> result = client.inSession(session -> {
                    sessions.add(session);
                    return stage;
                })
                .toCompletableFuture();

        assertThat(result.cancel(false)).isTrue();

        assertThat(stage).isCancelled();
        assertThat(only().isClosed()).isTrue();
        assertThat(catchThrowable(() -> await(collection.withSession(only()).countDocuments())))
                .isInstanceOf(IllegalStateException.class);
        assertThat(catchThrowable(result::join)).isInstanceOf(CancellationException.class);
    }

    @Test
    void theOptionsAreThoseOfTheSession() throws Exception {
        ClientSessionOptions snapshot = ClientSessionOptions.DEFAULT.snapshot(true);

        ClientSessionOptions seen =
                await(client.inSession(session -> CompletableFuture.completedFuture(session.options()), snapshot));

        assertThat(seen.snapshot()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.inSession(
                        session -> CompletableFuture.completedFuture(1), snapshot.causalConsistency(true)));
        assertThatNullPointerException().isThrownBy(() -> client.inSession(nullBody()));
    }

    @SuppressWarnings("NullAway") // What a caller may pass all the same.
    private static Function<ClientSession, CompletionStage<String>> nullBody() {
        return null;
    }

    @Test
    void waitingForTheResultOnALoopFailsAtOnce() throws Exception {
        CompletableFuture<@Nullable Throwable> refused = new CompletableFuture<>();
        CompletableFuture<MongoClient> made = new CompletableFuture<>();
        // A reply is heard of on the loop that has read it.
        CommandListener onLoop = new CommandListener() {
            @Override
            public void commandSucceeded(CommandSucceededEvent event) {
                CompletableFuture<Object> pending = made.join()
                        .inSession(session -> new CompletableFuture<Object>())
                        .toCompletableFuture();
                refused.complete(catchThrowable(() -> pending.get(20, TimeUnit.SECONDS)));
                pending.cancel(false);
            }
        };
        MongoClientSettings listening = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.connectionString()))
                .addCommandListener(onLoop)
                .build();

        try (MongoClient other = MongoClient.create(listening)) {
            made.complete(other);
            await(other.getDatabase("admin").runCommand("ping"));
        }

        assertThat(refused.join()).isInstanceOf(MongoLoopBlockedException.class);
    }

    @Test
    void aClosedClientStartsNoSession() {
        MongoClient closed = MongoClient.create(server.connectionString());
        closed.close();

        assertThat(catchThrowable(() -> closed.inSession(session -> CompletableFuture.completedFuture(1))))
                .isInstanceOf(MongoClientClosedException.class);
    }

    @Test
    void aSessionThatTheBodyClosesStaysClosed() throws Exception {
        await(client.inSession(session -> {
            sessions.add(session);
            return session.closeAsync();
        }));

        assertThat(only().isClosed()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> only().startTransaction());
    }
}
