package dev.rotor.monitoring;

import static dev.rotor.monitoring.MonitoringTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.ConnectionPoolListener;
import dev.rotor.driver.event.ServerListener;
import dev.rotor.driver.event.ServerMonitorListener;
import dev.rotor.driver.event.TopologyListener;
import dev.rotor.testserver.TestServer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners that throw at every event, on a client that goes on as if they were not there. */
class ListenerSafetyTest {

    /** What the listeners were told, by the names of their methods. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private final Set<String> heardByTheOthers = ConcurrentHashMap.newKeySet();

    private <L> L throwing(Class<L> kind, Throwable thrown) {
        return kind.cast(
                Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, (self, method, arguments) -> {
                    told.add(method.getName());
                    throw thrown;
                }));
    }

    private <L> L listening(Class<L> kind) {
        return kind.cast(
                Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, (self, method, arguments) -> {
                    heardByTheOthers.add(method.getName());
                    return null;
                }));
    }

    private MongoClient client(TestServer server, Throwable thrown) {
        return MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.connectionString()))
                .addCommandListener(throwing(CommandListener.class, thrown))
                .addServerListener(throwing(ServerListener.class, thrown))
                .addServerMonitorListener(throwing(ServerMonitorListener.class, thrown))
                .addTopologyListener(throwing(TopologyListener.class, thrown))
                .addConnectionPoolListener(throwing(ConnectionPoolListener.class, thrown))
                .addCommandListener(listening(CommandListener.class))
                .addServerListener(listening(ServerListener.class))
                .addServerMonitorListener(listening(ServerMonitorListener.class))
                .addTopologyListener(listening(TopologyListener.class))
                .addConnectionPoolListener(listening(ConnectionPoolListener.class))
                .build());
    }

    private void work(TestServer server, Throwable thrown) throws Exception {
        try (MongoClient client = client(server, thrown)) {
            MongoCollection<Document> things = client.getDatabase("app").getCollection("things");
            List<Document> documents = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                documents.add(new Document("_id", i));
            }
            await(things.insertMany(documents));
            assertThat(await(things.find().batchSize(3).toList())).hasSize(10);
            Throwable refused = await(things.insertOne(new Document("_id", 1)).handle((done, failure) -> failure));
            assertThat(refused).isNotNull();
            await(client.getDatabase("admin")
                    .runCommand(Document.parse("{configureFailPoint: 'failCommand', mode: {times: 1},"
                            + " data: {failCommands: ['find'], closeConnection: true}}")));
            assertThat(await(things.find().toList())).hasSize(10);
            assertThat(await(things.countDocuments())).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, AssertionError.class, StackOverflowError.class})
    void whateverTheyThrowTheClientGoesOnAndTheOthersHear(Class<? extends Throwable> kind) throws Exception {
        Throwable thrown = kind.getDeclaredConstructor().newInstance();
        try (TestServer server = TestServer.replicaSet(1).start()) {
            work(server, thrown);
        }

        assertThat(told)
                .contains(
                        "commandStarted",
                        "commandSucceeded",
                        "commandFailed",
                        "serverOpening",
                        "serverDescriptionChanged",
                        "serverClosed",
                        "serverHeartbeatStarted",
                        "serverHeartbeatSucceeded",
                        "topologyOpening",
                        "topologyDescriptionChanged",
                        "topologyClosed",
                        "connectionPoolCreated",
                        "connectionPoolReady",
                        "connectionPoolCleared",
                        "connectionPoolClosed",
                        "connectionCreated",
                        "connectionReady",
                        "connectionClosed",
                        "connectionCheckOutStarted",
                        "connectionCheckedOut",
                        "connectionCheckedIn");
        assertThat(heardByTheOthers).isEqualTo(told);
    }

    @Test
    void eachKindIsLoggedOnceWithWhatWasThrown() throws Exception {
        try (Lines lines = new Lines("dev.rotor.driver.listener", Level.INFO);
                TestServer server = TestServer.replicaSet(1).start()) {
            work(server, new IllegalStateException("a listener is broken"));

            assertThat(lines.all()).hasSize(told.size());
            assertThat(new HashSet<>(lines.texts())).hasSize(told.size());
            assertThat(lines.all()).allSatisfy(ListenerSafetyTest::isAWarningWithItsException);
            assertThat(lines.texts()).anyMatch(text -> text.contains("CommandStartedEvent"));
        }
    }

    private static void isAWarningWithItsException(ILoggingEvent line) {
        assertThat(line.getLevel()).isEqualTo(Level.WARN);
        assertThat(line.getThrowableProxy().getMessage()).isEqualTo("a listener is broken");
        assertThat(line.getFormattedMessage()).contains("Proxy", "Event");
    }

    @Test
    void furtherOnesAreCountedAtDebug() throws Exception {
        try (Lines lines = new Lines("dev.rotor.driver.listener", Level.DEBUG);
                TestServer server = TestServer.replicaSet(1).start()) {
            work(server, new IllegalStateException("a listener is broken"));

            assertThat(lines.texts()).anyMatch(text -> text.contains("CommandStartedEvent, 3 times so far"));
        }
    }
}
