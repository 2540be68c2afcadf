package dev.rotor.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.monitoring.slf4j.LogOptions;
import dev.rotor.monitoring.slf4j.MdcContextCarrier;
import dev.rotor.testserver.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** All the listeners on a client, on a server in this process. */
class MonitoringTest {

    private static final String PASSWORD = "p4ssw0rd-of-ada";

    private final Lines lines = new Lines("dev.rotor", Level.DEBUG);

    @AfterEach
    void close() {
        lines.close();
        MDC.clear();
    }

    static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static MongoClient client(TestServer server, UnaryOperator<MongoClientSettings.Builder> change) {
        return MongoClient.create(change.apply(MongoClientSettings.builder()
                        .applyConnectionString(new ConnectionString(server.connectionString())))
                .build());
    }

    private List<ILoggingEvent> of(String logger) {
        return lines.all().stream()
                .filter(line -> line.getLoggerName().equals("dev.rotor.monitoring." + logger))
                .toList();
    }

    @Test
    void inOneLineEverythingIsToldFromTheFirstHeartbeatToTheEnd() throws Exception {
        try (TestServer server = TestServer.replicaSet(1).start();
                MongoClient client = client(server, Monitoring::logAll)) {
            await(client.getDatabase("app").getCollection("people").insertOne(new Document("_id", 1)));
        }

        assertThat(events("command")).contains("commandStarted", "commandSucceeded");
        assertThat(events("server")).contains("serverOpening", "serverDescriptionChanged", "serverClosed");
        assertThat(events("topology")).contains("topologyOpening", "topologyDescriptionChanged", "topologyClosed");
        assertThat(events("heartbeat")).contains("serverHeartbeatStarted", "serverHeartbeatSucceeded");
        assertThat(events("connectionPool"))
                .contains(
                        "connectionPoolCreated",
                        "connectionPoolReady",
                        "connectionCreated",
                        "connectionReady",
                        "connectionCheckOutStarted",
                        "connectionCheckedOut",
                        "connectionCheckedIn",
                        "connectionClosed",
                        "connectionPoolClosed");
        assertThat(of("command").get(0).getFormattedMessage()).startsWith("Command insert on app.people started");
    }

    @Test
    void aLifeWithoutTroubleHasNoWarnings() throws Exception {
        try (TestServer server = TestServer.replicaSet(1).start();
                MongoClient client = client(server, Monitoring::logAll)) {
            await(client.getDatabase("app").getCollection("people").insertOne(new Document("_id", 1)));
        }

        assertThat(lines.all())
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                // A client that is being closed waits a second for this one, and no longer; a refusal has another code.
                .filteredOn(line -> !("endSessions".equals(Lines.value(line, "commandName"))
                        && List.<Object>of("absent", 50).contains(Lines.value(line, "code"))))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }

    private List<String> events(String logger) {
        return of(logger).stream()
                .map(line -> Lines.value(line, "event").toString())
                .toList();
    }

    @Test
    void theLinesOfCommandsAndTheApplicationsOwnHaveTheContextOfTheCaller() throws Exception {
        List<Map<String, String>> seen = new CopyOnWriteArrayList<>();
        try (TestServer server = TestServer.replicaSet(1).start();
                MongoClient client = client(server, Monitoring::logAll)) {
            MongoCollection<Document> people = client.getDatabase("app").getCollection("people");
            MDC.put("user", "ada");
            CompletionStage<?> done = people.insertMany(documents(7))
                    .thenCompose(inserted -> people.find().batchSize(3).forEach(found -> seen.add(context())))
                    .thenRun(() -> seen.add(context()));
            MDC.put("user", "grace");
            await(done);
            MDC.clear();
        }

        assertThat(seen).hasSize(8).containsOnly(Map.of("user", "ada"));
        List<ILoggingEvent> commands = of("command").stream()
                .filter(line -> !"endSessions".equals(Lines.value(line, "commandName")))
                .toList();
        assertThat(commands)
                .extracting(line -> Lines.value(line, "commandName"))
                .contains("insert", "find", "getMore");
        assertThat(commands)
                .allSatisfy(line -> assertThat(line.getMDCPropertyMap()).isEqualTo(Map.of("user", "ada")));
        assertThat(of("heartbeat"))
                .isNotEmpty()
                .filteredOn(line -> !line.getFormattedMessage().contains("closed"))
                .allSatisfy(line -> assertThat(line.getMDCPropertyMap()).isEmpty());
    }

    private static List<Document> documents(int count) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            documents.add(new Document("_id", i));
        }
        return documents;
    }

    private static Map<String, String> context() {
        Map<String, String> context = MDC.getCopyOfContextMap();
        return context == null ? Map.of() : context;
    }

    @Test
    void noLineEverShowsACredential() throws Exception {
        try (TestServer server = TestServer.standalone().auth("ada", PASSWORD).start();
                MongoClient client = client(server, Monitoring::logAll)) {
            await(client.getDatabase("admin")
                    .runCommand(new Document("createUser", "grace")
                            .append("pwd", PASSWORD)
                            .append("roles", List.of())));
        } catch (ExecutionException e) {
            // Whether this server can create users is no matter: the command was told of.
            assertThat(e).hasRootCauseInstanceOf(MongoCommandException.class);
        }

        List<ILoggingEvent> created = of("command").stream()
                .filter(line -> "createUser".equals(Lines.value(line, "commandName")))
                .toList();
        assertThat(created).hasSize(2);
        assertThat(Lines.value(created.get(0), "command")).isEqualTo("{}");
        assertThat(lines.all()).allSatisfy(line -> {
            assertThat(line.getFormattedMessage()).doesNotContain(PASSWORD).doesNotContain("grace");
            assertThat(String.valueOf(line.getKeyValuePairs())).doesNotContain(PASSWORD);
        });
    }

    @Test
    void anotherContextCarrierIsLeftAloneAndNoneIsSetWhereNoneIsWanted() {
        ContextCarrier mine = () -> ContextCarrier.Snapshot.NONE;

        assertThat(Monitoring.logAll(MongoClientSettings.builder().contextCarrier(mine))
                        .contextCarrier())
                .isSameAs(mine);
        assertThat(Monitoring.logAll(MongoClientSettings.builder()).contextCarrier())
                .isInstanceOf(MdcContextCarrier.class);
        assertThat(Monitoring.logAll(MongoClientSettings.builder(), LogOptions.DEFAULT.carryMdc(false))
                        .contextCarrier())
                .isNull();
    }

    @Test
    void aCustomizerThatIsFoundAsAServiceHasItsSayInEveryClient() throws Exception {
        try (TestServer server = TestServer.standalone().start()) {
            try (MongoClient other = client(server, builder -> builder)) {
                await(other.getDatabase("app").runCommand(new Document("ping", 1)));
            }
            assertThat(of("command")).isEmpty();
            try (MongoClient named = client(server, builder -> builder.applicationName(LogNamedClients.NAME))) {
                await(named.getDatabase("app").runCommand(new Document("ping", 1)));
            }
        }

        assertThat(events("command")).contains("commandStarted", "commandSucceeded");
    }
}
