package dev.rotor.driver.core.topology;

import static dev.rotor.driver.core.topology.TopologyFixture.A;
import static dev.rotor.driver.core.topology.TopologyFixture.B;
import static dev.rotor.driver.core.topology.TopologyFixture.C;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoPoolClearedException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TagSet;
import dev.rotor.driver.TopologySettings;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.topology.TopologyFixture.Selection;
import dev.rotor.driver.event.TopologyDescriptionChangedEvent;
import dev.rotor.driver.event.TopologyListener;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import dev.rotor.driver.topology.TopologyType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class TopologyManagerTest {

    private static final ServerSelector SECONDARY = ServerSelector.forReads(ReadPreference.SECONDARY);

    // ---- selection

    @Test
    void aKnownServerIsSelectedAtOnceAndCounted() {
        TopologyFixture fixture = single().start();
        fixture.answer(A, TopologyFixture.standalone());
        Selection selection = fixture.select(ServerSelector.WRITABLE);
        assertThat(selection.server().address()).isEqualTo(A);
        assertThat(fixture.server(A).operationCount()).isEqualTo(1);
        selection.server().operationFinished();
        assertThat(fixture.server(A).operationCount()).isZero();
    }

    @Test
    void anOperationThatDoesNotSurviveItsServerHarmsNeitherTheNextNorTheMonitor() {
        TopologyFixture fixture = single().start();
        fixture.logged.level = Level.WARN;
        SelectionListener broken = new SelectionListener() {
            @Override
            public void onSelected(Server server) {
                throw new NoClassDefFoundError("org/example/Absent");
            }

            @Override
            public void onSelectionFailed(MongoException cause) {
                throw new NoClassDefFoundError("org/example/Absent");
            }
        };
        assertThat(fixture.manager.select(ServerSelector.WRITABLE, Set.of(), "find", Deadline.NONE, broken))
                .isNull();
        Selection next = fixture.select(ServerSelector.WRITABLE);
        fixture.answer(A, TopologyFixture.standalone());
        assertThat(next.server().address()).isEqualTo(A);
        fixture.advance(Duration.ofSeconds(10));
        assertThat(fixture.connections.only(A).isAsked()).isTrue();
        assertThat(fixture.logged.entries())
                .anySatisfy(entry -> assertThat(entry.thrown()).isInstanceOf(NoClassDefFoundError.class));
    }

    @Test
    void aServerWhosePoolCannotBeMadeKeepsNoOperationFromItsOwn() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a/?replicaSet=rs").start();
        Selection waits = fixture.select(ServerSelector.WRITABLE);
        fixture.beforePool = server -> {
            throw new NoClassDefFoundError("org/example/Absent");
        };
        fixture.answer(A, TopologyFixture.primary("a", "a", "b"));
        assertThat(waits.server().address()).isEqualTo(A);
        fixture.advance(Duration.ofSeconds(10));
        assertThat(fixture.connections.only(A).isAsked()).isTrue();
    }

    @Test
    void operationsThatWaitAreServedInTheOrderOfTheirArrivalWhenAServerIsFound() {
        TopologyFixture fixture = single().start();
        List<Integer> served = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            SelectionListener listener = new SelectionListener() {
                @Override
                public void onSelected(Server server) {
                    served.add(number);
                }

                @Override
                public void onSelectionFailed(MongoException cause) {
                    throw cause;
                }
            };
            assertThat(fixture.manager.select(ServerSelector.WRITABLE, Set.of(), "insert", Deadline.NONE, listener))
                    .isNull();
        }
        fixture.answer(A, TopologyFixture.standalone());
        assertThat(served).containsExactly(0, 1, 2, 3, 4);
        assertThat(fixture.server(A).operationCount()).isEqualTo(5);
        assertThat(fixture.manager.waiting()).isZero();
    }

    @Test
    void aSelectionThatWasServedHasNoTimerLeft() {
        TopologyFixture fixture = single().start();
        Selection selection = fixture.select(ServerSelector.WRITABLE);
        int before = fixture.loop.armedTimers();
        fixture.answer(A, TopologyFixture.standalone());
        assertThat(selection.server().address()).isEqualTo(A);
        // The waiter's timer is gone, the monitor's next check is armed.
        assertThat(fixture.loop.armedTimers()).isEqualTo(before);
        fixture.advance(Duration.ofMinutes(1).minusNanos(1));
        assertThat(selection.failure).isNull();
    }

    @Test
    void anOperationGoesOnAsSoonAsOneSuitableServerIsFoundThoughOthersAreStillUnknown() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a,b,c/?replicaSet=rs").start();
        Selection read = fixture.select(ServerSelector.forReads(ReadPreference.PRIMARY_PREFERRED));
        Selection write = fixture.select(ServerSelector.WRITABLE);
        fixture.answer(B, TopologyFixture.secondary("b", "a", "b", "c"));
        assertThat(read.server().address()).isEqualTo(B);
        assertThat(write.waits()).isTrue();
        fixture.answer(A, TopologyFixture.primary("a", "a", "b", "c"));
        assertThat(write.server().address()).isEqualTo(A);
    }

    @Test
    void whileAnOperationWaitsItsServersAreCheckedEveryHalfSecond() {
        TopologyFixture fixture = single().start();
        Selection selection = fixture.select(ServerSelector.WRITABLE);
        for (int i = 0; i < 4; i++) {
            fixture.connections.only(A).breakDown();
            assertThat(fixture.connections.open(A)).isEmpty();
            fixture.advance(Duration.ofMillis(500));
            assertThat(fixture.connections.open(A)).hasSize(1);
        }
        assertThat(selection.waits()).isTrue();
    }

    @Test
    void aCancelledSelectionHearsNothingMore() {
        TopologyFixture fixture = single().start();
        Selection selection = fixture.select(ServerSelector.WRITABLE);
        assertThat(fixture.manager.cancel(selection)).isTrue();
        assertThat(fixture.manager.cancel(selection)).isFalse();
        assertThat(fixture.loop.armedTimers()).isZero();
        fixture.answer(A, TopologyFixture.standalone());
        assertThat(selection.waits()).isTrue();
        assertThat(fixture.server(A).operationCount()).isZero();
    }

    @Test
    void deprioritizedServersAreTakenOnlyWhenNoOtherIsSuitable() {
        TopologyFixture fixture = TopologyFixture.of("mongodb://a,b").start();
        String mongos = "{ok: 1, isWritablePrimary: true, msg: 'isdbgrid', maxWireVersion: 21}";
        fixture.answer(A, mongos);
        fixture.answer(B, mongos);
        assertThat(selectAvoiding(fixture, Set.of(A))).isEqualTo(B);
        assertThat(selectAvoiding(fixture, Set.of(B))).isEqualTo(A);
        assertThat(selectAvoiding(fixture, Set.of(A, B))).isIn(A, B);
    }

    @Test
    void aPinnedOperationGetsItsServerAndNoOther() {
        TopologyFixture fixture = TopologyFixture.of("mongodb://a,b").start();
        String mongos = "{ok: 1, isWritablePrimary: true, msg: 'isdbgrid', maxWireVersion: 21}";
        fixture.answer(A, mongos);
        ServerSelector pinned = new ServerSelector(true, ReadPreference.PRIMARY, B);
        Selection selection = fixture.select(pinned);
        assertThat(selection.waits()).isTrue();
        fixture.answer(B, mongos);
        assertThat(selection.server().address()).isEqualTo(B);
    }

    // ---- failures of selection

    @Test
    void aTimeoutNamesTheCauseThenWhatWasWaitedForThenTheTopologyAndCarriesTheCauses() {
        TopologyFixture fixture = new TopologyFixture(settings ->
                settings.hosts(List.of(A, B)).replicaSet("rs").serverSelectionTimeout(Duration.ofSeconds(2)));
        fixture.start();
        Selection selection = fixture.select(SECONDARY);
        fixture.connections.only(A).breakDown();
        fixture.connections
                .only(B)
                .fail(new MongoConnectionException("The host name of b:27017 is unknown", null, B, false));
        fixture.advance(Duration.ofSeconds(2).minusNanos(1));
        assertThat(selection.waits()).isTrue();
        fixture.advance(Duration.ofNanos(1));
        MongoTimeoutException failure = (MongoTimeoutException) selection.failure();
        assertThat(requireNonNull(failure.getMessage()).lines())
                .satisfiesExactly(
                        cause -> assertThat(cause)
                                .isEqualTo(
                                        "Connecting to a:27017 failed: refused; The host name of b:27017 is unknown"),
                        what -> assertThat(what)
                                .isEqualTo("find waited 2000 ms for a server for read preference secondary"
                                        + " (serverSelectionTimeoutMS)."),
                        topology -> assertThat(topology)
                                .startsWith("Topology: {type ReplicaSetNoPrimary, set rs, servers [{a:27017, type"));
        assertThat(failure.waiting()).isEqualTo(MongoTimeoutException.Waiting.SERVER_SELECTION);
        assertThat(failure.getCause()).hasMessageContaining("refused");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0]).hasMessageContaining("unknown");
    }

    @Test
    void aTimeoutWhileMembersAreThereSaysWhichKindIsMissing() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a/?replicaSet=rs").start();
        fixture.answer(A, TopologyFixture.secondary("a", "a", "b"));
        Selection write = fixture.select(ServerSelector.WRITABLE);
        Selection tagged = fixture.select(
                ServerSelector.forReads(ReadPreference.NEAREST.withTagSets(List.of(new TagSet(Map.of("dc", "ny"))))));
        fixture.advance(Duration.ofSeconds(30));
        assertThat(write.failure())
                .hasMessageStartingWith("Replica set rs has no primary; b:27017 has not answered yet");
        assertThat(tagged.failure())
                .hasMessageStartingWith("Replica set rs has no member for read preference nearest with tags {dc=ny};");
    }

    @Test
    void aDeadlineThatComesFirstEndsTheWaitAndIsNamed() {
        TopologyFixture fixture = single().start();
        long deadline = fixture.loop.clock().nanoTime() + Duration.ofMillis(700).toNanos();
        Selection selection = fixture.select(ServerSelector.WRITABLE, deadline);
        fixture.advance(Duration.ofMillis(700));
        MongoTimeoutException failure = (MongoTimeoutException) selection.failure();
        assertThat(failure.waiting()).isEqualTo(MongoTimeoutException.Waiting.OPERATION);
        assertThat(failure).hasMessageContaining("find waited 700 ms for a server that accepts writes until timeoutMS");
    }

    @Test
    void aDeadlineThatHasPassedFailsAtOnce() {
        TopologyFixture fixture = single().start();
        Selection selection =
                fixture.select(ServerSelector.WRITABLE, fixture.loop.clock().nanoTime());
        assertThat(selection.failure()).isInstanceOf(MongoTimeoutException.class);
        assertThat(fixture.manager.waiting()).isZero();
    }

    @Test
    void anIncompatibleServerFailsOperationsAtOnceAlsoThoseThatWait() {
        TopologyFixture fixture = single().start();
        Selection waiting = fixture.select(ServerSelector.WRITABLE);
        fixture.answer(A, "{ok: 1, isWritablePrimary: true, minWireVersion: 0, maxWireVersion: 6}");
        assertThat(waiting.failure())
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("Server at a:27017 reports wire version 6, but this version of Rotor requires at least 8"
                        + " (MongoDB 4.2).");
        assertThat(fixture.select(ServerSelector.WRITABLE).failure()).isInstanceOf(MongoConfigurationException.class);
        fixture.advance(Duration.ofSeconds(10));
        fixture.answer(A, TopologyFixture.standalone());
        assertThat(fixture.select(ServerSelector.WRITABLE).server().address()).isEqualTo(A);
    }

    @Test
    void aStalenessThatCannotBeToldFailsAtOnceOnAReplicaSet() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a/?replicaSet=rs").start();
        ServerSelector selector =
                ServerSelector.forReads(ReadPreference.SECONDARY.withMaxStaleness(Duration.ofSeconds(30)));
        assertThat(fixture.select(selector).failure())
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining("at least 90 s");
    }

    @Test
    void aListenerThatFailsDoesNotKeepOthersWaiting() {
        TopologyFixture fixture = single().start();
        SelectionListener broken = new SelectionListener() {
            @Override
            public void onSelected(Server server) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void onSelectionFailed(MongoException cause) {
                throw new IllegalStateException("broken");
            }
        };
        fixture.manager.select(ServerSelector.WRITABLE, Set.of(), "find", Deadline.NONE, broken);
        Selection second = fixture.select(ServerSelector.WRITABLE);
        fixture.answer(A, TopologyFixture.standalone());
        assertThat(second.server().address()).isEqualTo(A);
    }

    // ---- pools

    @Test
    void thePoolIsReadyBeforeTheServerCanBeSelected() {
        TopologyFixture fixture = single().start();
        List<ServerType> seen = new ArrayList<>();
        fixture.pool(A).probe = () -> seen.add(server(fixture, A));
        fixture.answer(A, TopologyFixture.standalone());
        assertThat(seen).containsExactly(ServerType.UNKNOWN);
        assertThat(fixture.pool(A).ready).isTrue();
    }

    @Test
    void thePoolIsClearedAfterTheServerHasBecomeUnknownAndBeforeAnyoneHearsOfIt() {
        List<Integer> heard = new ArrayList<>();
        TopologyFixture[] holder = new TopologyFixture[1];
        TopologyListener listener = new TopologyListener() {
            @Override
            public void topologyDescriptionChanged(TopologyDescriptionChangedEvent event) {
                if (!holder[0].pools.isEmpty()) {
                    heard.add(holder[0].pool(A).generation);
                }
            }
        };
        holder[0] = new TopologyFixture(settings -> settings.hosts(List.of(A)), List.of(listener), true);
        TopologyFixture fixture = holder[0].start();
        fixture.answer(A, TopologyFixture.standalone());
        List<ServerType> seen = new ArrayList<>();
        fixture.pool(A).probe = () -> seen.add(server(fixture, A));
        fixture.advance(Duration.ofSeconds(10));
        fixture.connections.only(A).breakDown();
        assertThat(seen).containsExactly(ServerType.UNKNOWN);
        assertThat(heard).containsExactly(0, 1);
    }

    @Test
    void aPrimaryThatWasReplacedIsCheckedSoonAndKeepsItsConnections() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a,b/?replicaSet=rs").start();
        fixture.answer(A, TopologyFixture.primary("a", "a", "b"));
        fixture.answer(B, TopologyFixture.primary("b", "a", "b"));
        assertThat(server(fixture, A)).isEqualTo(ServerType.UNKNOWN);
        assertThat(fixture.pool(A).generation).isZero();
        fixture.advance(Duration.ofMillis(500));
        assertThat(fixture.connections.only(A).isAsked()).isTrue();
        assertThat(fixture.connections.only(B).isAsked()).isFalse();
    }

    @Test
    void aServerThatLeavesTheSetLosesMonitorAndPoolAndAJoiningOneGetsThem() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a,b/?replicaSet=rs").start();
        fixture.answer(A, TopologyFixture.primary("a", "a", "c"));
        assertThat(fixture.pool(B).closed).isTrue();
        assertThat(fixture.connections.open(B)).isEmpty();
        assertThat(fixture.connections.open(C)).hasSize(1);
        assertThat(fixture.pool(C).closed).isFalse();
        // A late failure of an operation on the server that left changes nothing.
        fixture.manager.onApplicationError(
                fixture.server(B),
                ApplicationError.of(new MongoConnectionException("x", null, B, false), true, 0, null));
        assertThat(fixture.pool(B).generation).isZero();
        assertThat(fixture.manager.description().servers().keySet()).containsExactly(A, C);
    }

    // ---- failures of operations

    @Test
    void anOverloadedServerThatRefusesConnectionsKeepsItsDescriptionAndItsPool() {
        TopologyFixture fixture = single().start();
        fixture.answer(A, TopologyFixture.standalone());
        MongoException failure = new MongoConnectionException("closed during hello", null, A, false);
        failure.addLabel(MongoException.SYSTEM_OVERLOADED_ERROR);
        fixture.manager.onApplicationError(fixture.server(A), ApplicationError.of(failure, false, 0, null));
        assertThat(server(fixture, A)).isEqualTo(ServerType.STANDALONE);
        assertThat(fixture.pool(A).generation).isZero();
    }

    @Test
    void anAuthenticationThatFailsMakesTheServerUnknownAndClearsItsPool() {
        TopologyFixture fixture = single().start();
        fixture.answer(A, TopologyFixture.standalone());
        MongoException failure = new MongoCommandException(
                "Authentication failed", 18, "AuthenticationFailed", "no", new BsonDocument(), A);
        fixture.manager.onApplicationError(fixture.server(A), ApplicationError.of(failure, false, 0, null));
        assertThat(server(fixture, A)).isEqualTo(ServerType.UNKNOWN);
        assertThat(fixture.pool(A).generation).isEqualTo(1);
    }

    @Test
    void aWriteConcernErrorOfAServerThatShutsDownCountsLikeACommandError() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a/?replicaSet=rs").start();
        fixture.answer(A, TopologyFixture.primary("a", "a"));
        BsonDocument reply = BsonDocument.parse("{ok: 1, writeConcernError: {code: 91, errmsg: 'shutting down'}}");
        fixture.manager.onApplicationError(
                fixture.server(A),
                ApplicationError.of(new MongoCommandException("x", -1, "", "", reply, A), true, 0, null));
        assertThat(fixture.manager.description().type()).isEqualTo(TopologyType.REPLICA_SET_NO_PRIMARY);
        assertThat(fixture.pool(A).generation).isEqualTo(1);
        fixture.advance(Duration.ofMillis(500));
        assertThat(fixture.connections.only(A).isAsked()).isTrue();
    }

    @Test
    void aClearedPoolOrAFullOneSaysNothingOfTheServer() {
        assertThat(ApplicationError.of(new MongoPoolClearedException(A, null), false, 0, null))
                .isNull();
        assertThat(ApplicationError.of(
                        new MongoTimeoutException("full", null, A, MongoTimeoutException.Waiting.CHECKOUT),
                        false,
                        0,
                        null))
                .isNull();
        assertThat(ApplicationError.of(new MongoClientClosedException("closed"), true, 0, null))
                .isNull();
    }

    // ---- load balanced

    @Test
    void behindALoadBalancerThereIsNoMonitorAndEveryOperationHasItsServer() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a/?loadBalanced=true").start();
        assertThat(fixture.connections.made).isEmpty();
        assertThat(fixture.pool(A).ready).isTrue();
        assertThat(fixture.select(SECONDARY).server().address()).isEqualTo(A);
    }

    @Test
    void behindALoadBalancerAFailureClearsTheConnectionsOfItsServiceAndKeepsTheServer() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a/?loadBalanced=true").start();
        ObjectId service = new ObjectId();
        MongoException failure = new MongoConnectionException("broken", null, A, false);
        fixture.manager.onApplicationError(fixture.server(A), ApplicationError.of(failure, true, 0, service));
        assertThat(fixture.pool(A).generation(service)).isEqualTo(1);
        assertThat(fixture.pool(A).generation).isZero();
        assertThat(server(fixture, A)).isEqualTo(ServerType.LOAD_BALANCER);
        // Again, from a connection of before: stale.
        fixture.manager.onApplicationError(fixture.server(A), ApplicationError.of(failure, true, 0, service));
        assertThat(fixture.pool(A).generation(service)).isEqualTo(1);
        // Before the hello the service is not known, so there is nothing to clear.
        fixture.manager.onApplicationError(fixture.server(A), ApplicationError.of(failure, false, 0, null));
        assertThat(fixture.pool(A).generation).isZero();
    }

    @Test
    void aLoadBalancedTopologyClosesWithItsEventsInOrder() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a/?loadBalanced=true").start();
        fixture.manager.close();
        assertThat(fixture.events.names())
                .containsExactly(
                        "TopologyOpeningEvent",
                        "TopologyDescriptionChangedEvent",
                        "ServerOpeningEvent",
                        "ServerDescriptionChangedEvent",
                        "TopologyDescriptionChangedEvent",
                        "ServerClosedEvent",
                        "TopologyDescriptionChangedEvent",
                        "TopologyClosedEvent");
    }

    // ---- closing

    @Test
    void closingFailsThoseThatWaitClosesPoolsAndMonitorsAndLeavesNoTimer() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a,b/?replicaSet=rs").start();
        Selection waiting = fixture.select(ServerSelector.WRITABLE);
        fixture.manager.close();
        fixture.manager.close();
        fixture.settle();
        assertThat(waiting.failure())
                .isInstanceOf(MongoClientClosedException.class)
                .hasMessage("find was waiting for a server that accepts writes when the client was closed");
        assertThat(fixture.connections.made).allMatch(connection -> connection.closed);
        assertThat(fixture.poolLog).containsExactly("close a:27017 and interrupt", "close b:27017 and interrupt");
        assertThat(fixture.loop.armedTimers()).isZero();
        assertThat(fixture.select(ServerSelector.WRITABLE).failure()).isInstanceOf(MongoClientClosedException.class);
        assertThat(fixture.manager.description()).isEqualTo(TopologyDescription.EMPTY);
    }

    @Test
    void aTopologyThatWasNeverStartedClosesWithoutEvents() {
        TopologyFixture fixture = single();
        fixture.manager.close();
        fixture.manager.start();
        assertThat(fixture.events.all).isEmpty();
        assertThat(fixture.pools).isEmpty();
    }

    // ---- listeners

    @Test
    void aListenerThatThrowsChangesNothingAndTheOthersHearEverything() {
        TopologyListener broken = new TopologyListener() {
            @Override
            public void topologyDescriptionChanged(TopologyDescriptionChangedEvent event) {
                throw new IllegalStateException("broken listener");
            }
        };
        TopologyFixture fixture = new TopologyFixture(settings -> settings.hosts(List.of(A)), List.of(broken), true);
        fixture.start();
        fixture.answer(A, TopologyFixture.standalone());
        assertThat(fixture.events.names())
                .filteredOn("TopologyDescriptionChangedEvent"::equals)
                .hasSize(2);
        assertThat(fixture.select(ServerSelector.WRITABLE).server().address()).isEqualTo(A);
    }

    @Test
    void aListenerMayCallTheTopologyAndStillHearsEventsInOrder() {
        List<TopologyType> order = new ArrayList<>();
        TopologyFixture[] holder = new TopologyFixture[1];
        TopologyListener closing = new TopologyListener() {
            @Override
            public void topologyDescriptionChanged(TopologyDescriptionChangedEvent event) {
                order.add(event.newDescription().type());
                if (event.newDescription().type() == TopologyType.SINGLE) {
                    holder[0].manager.close();
                    order.add(TopologyType.LOAD_BALANCED);
                }
            }
        };
        holder[0] = new TopologyFixture(settings -> settings.hosts(List.of(A)), List.of(closing), true);
        TopologyFixture fixture = holder[0].start();
        fixture.answer(A, TopologyFixture.standalone());
        // The event of closing is told when the listener has returned from the one before.
        assertThat(order)
                .containsExactly(
                        TopologyType.UNKNOWN, TopologyType.SINGLE, TopologyType.LOAD_BALANCED, TopologyType.UNKNOWN);
        assertThat(fixture.events.names()).endsWith("TopologyClosedEvent");
    }

    // ---- hosts of DNS

    @Test
    void newHostsOfDnsAreMonitoredAndThoseThatAreGoneAreNot() {
        TopologyFixture fixture = TopologyFixture.of("mongodb://a,b").start();
        String mongos = "{ok: 1, isWritablePrimary: true, msg: 'isdbgrid', maxWireVersion: 21}";
        fixture.answer(A, mongos);
        fixture.manager.updateHosts(List.of(A, C));
        fixture.settle();
        assertThat(fixture.manager.description().servers().keySet()).containsExactly(A, C);
        assertThat(server(fixture, A)).isEqualTo(ServerType.MONGOS);
        assertThat(fixture.pool(B).closed).isTrue();
        assertThat(fixture.connections.open(C)).hasSize(1);
    }

    @Test
    void theFirstHostsOfDnsAreTheSeedsOfAnyKindOfTopology() {
        TopologyFixture standalone = srv(settings -> {});
        standalone.manager.updateHosts(List.of(A));
        standalone.settle();
        standalone.answer(A, TopologyFixture.standalone());
        assertThat(standalone.manager.description().type()).isEqualTo(TopologyType.SINGLE);

        TopologyFixture replicaSet = srv(settings -> settings.replicaSet("rs"));
        replicaSet.manager.updateHosts(List.of(A, B));
        replicaSet.settle();
        replicaSet.answer(B, TopologyFixture.primary("b", "b", "c"));
        replicaSet.manager.updateHosts(List.of(A));
        assertThat(replicaSet.manager.description().servers().keySet()).containsExactly(B, C);

        TopologyFixture loadBalanced = srv(settings -> settings.loadBalanced(true));
        loadBalanced.manager.updateHosts(List.of(A));
        assertThat(loadBalanced.select(ServerSelector.WRITABLE).server().address())
                .isEqualTo(A);
    }

    @Test
    void whenDnsTellsNoHostsWhoWaitsIsToldWhy() {
        TopologyFixture fixture = srv(settings -> {});
        Selection selection = fixture.select(ServerSelector.WRITABLE);
        MongoException cause = new MongoException("No SRV records for _mongodb._tcp.example.org", null);
        fixture.manager.onHostsUnavailable(cause);
        fixture.advance(Duration.ofSeconds(30));
        assertThat(selection.failure())
                .hasMessageStartingWith("No SRV records for _mongodb._tcp.example.org\nfind waited 30000 ms")
                .hasCause(cause);
    }

    @Test
    void hostsOfDnsAreIgnoredForAReplicaSet() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a/?replicaSet=rs").start();
        fixture.manager.updateHosts(List.of(B));
        assertThat(fixture.manager.description().servers().keySet()).containsExactly(A);
    }

    // ----

    private static TopologyFixture srv(Consumer<TopologySettings.Builder> options) {
        TopologyFixture fixture = new TopologyFixture(settings -> {
            settings.srvHost("example.org");
            options.accept(settings);
        });
        return fixture.start();
    }

    private static TopologyFixture single() {
        return TopologyFixture.of("mongodb://a");
    }

    private static ServerType server(TopologyFixture fixture, ServerAddress address) {
        return requireNonNull(fixture.manager.description().servers().get(address))
                .type();
    }

    private static ServerAddress selectAvoiding(TopologyFixture fixture, Set<ServerAddress> deprioritized) {
        Server server =
                fixture.manager.select(ServerSelector.WRITABLE, deprioritized, "find", Deadline.NONE, new Selection());
        return requireNonNull(server).address();
    }
}
