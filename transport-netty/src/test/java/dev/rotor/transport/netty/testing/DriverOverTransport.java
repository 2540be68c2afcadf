package dev.rotor.transport.netty.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.testserver.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A whole driver over a transport that is named in the connection string. */
@ExtendWith(LeakWatch.class)
@Timeout(120)
public abstract class DriverOverTransport {

    /** For tests. */
    protected DriverOverTransport() {}

    /** The transport under test. */
    protected abstract TransportProvider provider();

    @BeforeEach
    void skipWhereItCannotRun() {
        Availability availability = provider().availability();
        assumeTrue(availability.available(), availability::reason);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private MongoClient client(TestServer server) {
        String uri = server.connectionString();
        return MongoClient.create(uri + (uri.contains("?") ? "&" : uri.endsWith("/") ? "?" : "/?") + "transport="
                + provider().name());
    }

    @Test
    void theClientTellsThatItWasNamed() throws Exception {
        try (TestServer server = TestServer.standalone().start();
                MongoClient client = client(server)) {
            assertThat(client.transport().name()).isEqualTo(provider().name());
            assertThat(client.transport().reason()).contains("named by the transport option");
        }
    }

    @Test
    void whatIsWrittenIsFoundAgain() throws Exception {
        try (TestServer server = TestServer.replicaSet(3).start();
                MongoClient client = client(server)) {
            MongoCollection<Document> people = client.getDatabase("app").getCollection("people");
            List<Document> many = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                many.add(new Document("_id", i).append("text", "x".repeat(200)));
            }

            get(people.insertMany(many));

            assertThat(get(people.countDocuments())).isEqualTo(5_000L);
            assertThat(get(people.find(new Document())
                            .sort(new Document("_id", 1))
                            .toList(10_000)))
                    .isEqualTo(many);
        }
    }

    @Test
    void manyOperationsAtOnceEachGetTheirOwnAnswer() throws Exception {
        try (TestServer server = TestServer.standalone().start();
                MongoClient client = client(server)) {
            MongoCollection<Document> numbers = client.getDatabase("app").getCollection("numbers");
            List<CompletableFuture<Document>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int number = i;
                answers.add(numbers.insertOne(new Document("_id", number))
                        .thenCompose(done ->
                                numbers.find(new Document("_id", number)).first())
                        .toCompletableFuture());
            }

            for (int i = 0; i < answers.size(); i++) {
                assertThat(get(answers.get(i))).containsEntry("_id", i);
            }
        }
    }

    @Test
    void aLargeDocumentGoesThereAndBack() throws Exception {
        try (TestServer server = TestServer.standalone().start();
                MongoClient client = client(server)) {
            MongoCollection<Document> large = client.getDatabase("app").getCollection("large");
            Document document = new Document("_id", 1).append("bytes", "y".repeat(15_000_000));

            get(large.insertOne(document));

            assertThat(get(large.find(new Document()).first())).isEqualTo(document);
        }
    }

    @Test
    void aTransactionCommitsAndAnotherAborts() throws Exception {
        try (TestServer server = TestServer.replicaSet(1).start();
                MongoClient client = client(server)) {
            MongoCollection<Document> accounts = client.getDatabase("app").getCollection("accounts");
            get(accounts.insertOne(new Document("_id", 0)));
            try (var session = client.startSession()) {
                session.startTransaction();
                get(accounts.withSession(session).insertOne(new Document("_id", 1)));
                get(session.commitTransaction());
                session.startTransaction();
                get(accounts.withSession(session).insertOne(new Document("_id", 2)));
                get(session.abortTransaction());
            }

            assertThat(get(accounts.countDocuments())).isEqualTo(2L);
        }
    }
}
