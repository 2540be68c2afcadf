package dev.rotor.conformance.prose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.testserver.Member;
import dev.rotor.testserver.TestServer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** "Topology discovery and direct connection" of the test plan of Server Discovery and Monitoring, on a secondary. */
class ConnectionModeProseTest {

    private static final int NOT_WRITABLE_PRIMARY = 10107;

    private static TestServer server;
    private static String secondary;

    @BeforeAll
    static void start() {
        server = TestServer.replicaSet(2).version("8.2.1").start();
        String primary = server.primary().address();
        secondary = server.members().stream()
                .map(Member::address)
                .filter(address -> !address.equals(primary))
                .findAny()
                .orElseThrow();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void insert(String options) throws Exception {
        try (MongoClient client = MongoClient.create("mongodb://" + secondary + "/" + options)) {
            CompletionStage<?> inserted =
                    client.getDatabase("prose").getCollection("things").insertOne(new Document());
            inserted.toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("SDAM test plan 11: with directConnection=false the primary is found from a secondary")
    void withoutADirectConnectionThePrimaryIsFound() throws Exception {
        insert("?directConnection=false");
    }

    @Test
    @DisplayName("SDAM test plan 12: with directConnection=true a secondary refuses a write")
    void aDirectConnectionStaysWithTheSecondary() throws Exception {
        try {
            insert("?directConnection=true");
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(MongoCommandException.class, refused -> assertThat(refused.code())
                            .isEqualTo(NOT_WRITABLE_PRIMARY));
            return;
        }
        throw new AssertionError("a secondary took a write");
    }

    @Test
    @DisplayName("SDAM test plan 13: without directConnection the primary is found as with false")
    void unlessToldOtherwiseThePrimaryIsFound() throws Exception {
        insert("");
    }
}
