package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.ServerMonitoringMode;
import dev.rotor.driver.TransportInfo;
import dev.rotor.driver.core.fake.FakeTransport;
import dev.rotor.driver.core.topology.Randomness;
import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.event.ConnectionCheckOutFailedEvent;
import dev.rotor.driver.event.ConnectionCheckedInEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionPoolClearedEvent;
import dev.rotor.driver.event.ConnectionPoolListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A whole client, monitors and pools included, over servers in memory, on one thread and on virtual time. What tests
 * find in {@link #events} is what listeners heard, in order.
 */
final class ClusterRig {

    final FakeTransport transport = new FakeTransport();
    final Map<ServerAddress, FakeMember> members = new LinkedHashMap<>();
    final List<String> events = new ArrayList<>();
    final List<ServerAddress> failedOn = new ArrayList<>();
    final List<ServerAddress> succeededOn = new ArrayList<>();
    /** Of which services, in a load balanced deployment, pools were cleared. */
    final List<String> clearedServices = new ArrayList<>();
    /** How many connections are checked out. */
    int checkedOut;

    final MongoClientSettings.Builder settings;
    /** Chance; the same in each run. */
    final Random random = new Random(42);
    /** Called when a command has failed, before anything follows from that. */
    Runnable onFailed = () -> {};

    Runnable onSucceeded = () -> {};

    private @Nullable MongoClient client;

    private ClusterRig(String uri) {
        this.settings = MongoClientSettings.builder()
                .applyConnectionString(new dev.rotor.driver.ConnectionString(uri))
                .applyToTopologySettings(topology -> topology.serverMonitoringMode(ServerMonitoringMode.POLL));
        transport.onConnect(attempt -> {
            FakeMember member = members.get(new ServerAddress(attempt.request.host(), attempt.request.port()));
            if (member == null) {
                throw new IllegalStateException("nobody at " + attempt.request.host());
            }
            member.accept(attempt);
        });
    }

    private FakeMember add(String host, String hello) {
        ServerAddress address = new ServerAddress(host, 27017);
        FakeMember member = new FakeMember(this, address, hello);
        members.put(address, member);
        return member;
    }

    static ClusterRig replicaSet(int size, String options) {
        StringBuilder hosts = new StringBuilder();
        for (int i = 0; i < size; i++) {
            hosts.append(i == 0 ? "" : ", ").append("'db").append(i).append(":27017'");
        }
        ClusterRig rig = new ClusterRig("mongodb://db0/?replicaSet=rs" + options);
        for (int i = 0; i < size; i++) {
            rig.add(
                    "db" + i,
                    "setName: 'rs', logicalSessionTimeoutMinutes: 30, hosts: [" + hosts + "], "
                            + (i == 0 ? "isWritablePrimary: true" : "secondary: true"));
        }
        return rig;
    }

    static ClusterRig sharded(int mongoses, String options) {
        StringBuilder hosts = new StringBuilder();
        for (int i = 0; i < mongoses; i++) {
            hosts.append(i == 0 ? "" : ",").append("db").append(i);
        }
        ClusterRig rig = new ClusterRig("mongodb://" + hosts + "/?" + options);
        for (int i = 0; i < mongoses; i++) {
            rig.add("db" + i, "isWritablePrimary: true, msg: 'isdbgrid', logicalSessionTimeoutMinutes: 30");
        }
        return rig;
    }

    static ClusterRig standalone(String options) {
        ClusterRig rig = new ClusterRig("mongodb://db0/?" + options);
        rig.add("db0", "isWritablePrimary: true, logicalSessionTimeoutMinutes: 30");
        return rig;
    }

    /** One load balancer; which service a connection reaches is for {@link FakeMember#hello} to say. */
    static ClusterRig loadBalanced(String options) {
        ClusterRig rig = new ClusterRig("mongodb://db0/?loadBalanced=true" + options);
        rig.add("db0", ofService(1));
        return rig;
    }

    /** What the hello of a service says. */
    static String ofService(int number) {
        return "isWritablePrimary: true, msg: 'isdbgrid', serviceId: {$oid: '00000000000000000000000" + number + "'}";
    }

    FakeMember member(int index) {
        return List.copyOf(members.values()).get(index);
    }

    MongoClient client() {
        MongoClient made = client;
        if (made == null) {
            settings.addCommandListener(new Commands()).addConnectionPoolListener(new Pools());
            MongoClientSettings built = settings.build();
            ClientRuntime runtime = ClientRuntime.start(
                    built,
                    new TransportInfo("fake", "a test"),
                    transport,
                    new Surroundings(
                            transport.clock(),
                            new Randomness() {
                                @Override
                                public int below(int bound) {
                                    return random.nextInt(bound);
                                }

                                @Override
                                public double fraction() {
                                    return 0;
                                }
                            },
                            (address, callback) -> callback.onResolved(
                                    List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.port()))),
                            Runnable::run));
            made = new RotorClient(built, runtime);
            client = made;
            // Lets the servers be found.
            run();
        }
        return made;
    }

    MongoCollection<Document> collection() {
        return client().getDatabase("app").getCollection("things");
    }

    void run() {
        transport.loop().run();
    }

    void pass(Duration time) {
        transport.loop().advance(time);
    }

    private boolean settled(CompletableFuture<?> future) {
        run();
        for (int i = 0; i < 60_000 && !future.isDone(); i++) {
            pass(Duration.ofMillis(1));
        }
        return future.isDone();
    }

    /** The result; lets time pass until it is there. */
    <T> T done(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        assertThat(settled(future)).as("the operation has ended").isTrue();
        return future.join();
    }

    /** The failure; lets time pass until it is there. */
    Throwable failure(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        assertThat(settled(future)).as("the operation has ended").isTrue();
        assertThat(future).isCompletedExceptionally();
        try {
            future.join();
            throw new AssertionError("no failure");
        } catch (CompletionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
    }

    private final class Commands implements CommandListener {
        @Override
        public void commandStarted(CommandStartedEvent event) {
            events.add("started " + event.commandName());
        }

        @Override
        public void commandSucceeded(CommandSucceededEvent event) {
            events.add("succeeded " + event.commandName());
            succeededOn.add(event.connectionId().server());
            onSucceeded.run();
        }

        @Override
        public void commandFailed(CommandFailedEvent event) {
            events.add("failed " + event.commandName());
            failedOn.add(event.connectionId().server());
            onFailed.run();
        }
    }

    private final class Pools implements ConnectionPoolListener {
        @Override
        public void connectionPoolCleared(ConnectionPoolClearedEvent event) {
            events.add("pool cleared");
            clearedServices.add(String.valueOf(event.serviceId()));
        }

        @Override
        public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
            events.add("checked out");
            checkedOut++;
        }

        @Override
        public void connectionCheckedIn(ConnectionCheckedInEvent event) {
            checkedOut--;
        }

        @Override
        public void connectionCheckOutFailed(ConnectionCheckOutFailedEvent event) {
            events.add("check out failed: " + event.reason());
        }
    }
}
