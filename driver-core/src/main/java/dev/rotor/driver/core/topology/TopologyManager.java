package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TopologySettings;
import dev.rotor.driver.core.log.OncePerKind;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.core.topology.SelectionQueue.Waiter;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import dev.rotor.driver.topology.TopologyType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The one mutable place of a topology. Each change takes the lock, asks the pure functions what follows, changes pools
 * and publishes a new {@link TopologySnapshot}; what others must hear of it is put in line, and told when the lock has
 * been released. {@link Selections} read the snapshot, and wait under the same lock.
 */
public final class TopologyManager implements Topology {

    private final TopologyParts parts;
    private final TopologySettings settings;
    private final Clock clock;
    private final ObjectId id;
    private final SdamEvents events;
    private final OncePerKind broken;
    private final ServerMonitor.Settings monitorSettings;

    private final ReentrantLock lock = new ReentrantLock();
    private final Selections selections;
    private int seedCount;
    private boolean started;
    private boolean closed;

    private volatile TopologySnapshot snapshot;
    private volatile boolean seededLoadBalanced;

    /** A topology that does nothing before {@link #start}. */
    public TopologyManager(TopologyParts parts) {
        this.parts = parts;
        this.settings = parts.settings();
        this.clock = parts.clock();
        this.id = parts.log().topologyId();
        this.events = new SdamEvents(
                parts.log(), parts.topologyListeners(), parts.serverListeners(), parts.monitorListeners());
        this.selections = new Selections(this, parts, lock);
        this.broken = new OncePerKind(parts.log().topology());
        boolean streaming =
                switch (settings.serverMonitoringMode()) {
                    case STREAM -> true;
                    case POLL -> false;
                    case AUTO -> !FaasEnvironment.detected(System.getenv());
                };
        this.monitorSettings = new ServerMonitor.Settings(
                settings.heartbeatFrequency().toNanos(), parts.connectTimeoutNanos(), streaming);
        this.snapshot = snapshotOf(TopologyDescription.EMPTY, Map.of(), false);
    }

    /** Opens the topology: its events, pools and monitors begin. Calls after the first do nothing. */
    public void start() {
        TopologyType type = initialType(settings.directConnection(), settings.loadBalanced(), settings.replicaSet());
        Aftermath after = new Aftermath();
        lock.lock();
        try {
            if (closed || started) {
                return;
            }
            started = true;
            seedCount = settings.hosts().size();
            TopologyDescription initial = TopologyReducer.initial(type, settings.replicaSet(), settings.hosts());
            Map<ServerAddress, ServerHandle> servers = new LinkedHashMap<>();
            events.topologyOpening();
            events.topologyChanged(snapshot.description, initial);
            for (ServerAddress seed : settings.hosts()) {
                ServerHandle server = new ServerHandle(this, seed);
                servers.put(seed, server);
                after.opened.add(server);
                events.serverOpening(seed);
            }
            snapshot = snapshotOf(initial, servers, false);
        } finally {
            lock.unlock();
        }
        run(after);
    }

    private static TopologyType initialType(boolean direct, boolean loadBalanced, @Nullable String replicaSet) {
        if (direct) {
            return TopologyType.SINGLE;
        }
        if (loadBalanced) {
            return TopologyType.LOAD_BALANCED;
        }
        return replicaSet == null ? TopologyType.UNKNOWN : TopologyType.REPLICA_SET_NO_PRIMARY;
    }

    /**
     * Takes over the seeds that DNS tells, and what it says of the deployment. Calls after the first do nothing, nor
     * for a topology that has been opened with seeds.
     */
    public void seed(Collection<ServerAddress> seeds, @Nullable String replicaSet, boolean loadBalanced) {
        Aftermath after = new Aftermath();
        lock.lock();
        try {
            if (closed || !started || seedCount > 0) {
                return;
            }
            seedCount = seeds.size();
            seededLoadBalanced = loadBalanced;
            selections.hostsKnown();
            TopologyType type = initialType(false, loadBalanced, replicaSet);
            publish(TopologyReducer.seed(snapshot.description, type, replicaSet, seeds), after);
        } finally {
            lock.unlock();
        }
        run(after);
    }

    /**
     * DNS has answered, but not with hosts that can be used: who waits for a server is told at once, and so is who
     * comes until that has changed.
     */
    public void onHostsRefused(MongoException cause) {
        List<Waiter> waiters;
        TopologyDescription known;
        lock.lock();
        try {
            if (closed || seedCount > 0) {
                return;
            }
            known = snapshot.description;
            waiters = selections.hostsRefused(cause);
        } finally {
            lock.unlock();
        }
        selections.tellRefused(waiters, cause, known);
    }

    /**
     * Takes over the hosts that DNS tells. The first time they are the seeds; later, others are removed and new ones
     * added, as long as the deployment is unknown or sharded.
     */
    public void updateHosts(Collection<ServerAddress> hosts) {
        Aftermath after = new Aftermath();
        lock.lock();
        try {
            TopologyDescription now = snapshot.description;
            boolean seeding = seedCount == 0;
            boolean follows = now.type() == TopologyType.UNKNOWN || now.type() == TopologyType.SHARDED;
            if (closed || !started || !(seeding || follows)) {
                return;
            }
            if (seeding) {
                seedCount = hosts.size();
            }
            selections.hostsKnown();
            publish(TopologyReducer.reduceHosts(now, hosts), after);
        } finally {
            lock.unlock();
        }
        run(after);
    }

    /** DNS does not tell the hosts: who waits in vain for a server is told so. */
    public void onHostsUnavailable(MongoException cause) {
        selections.hostsUnavailable(cause);
    }

    /** What is known now. */
    public TopologyDescription description() {
        return snapshot.description;
    }

    /** The same, as selections look at it. */
    TopologySnapshot snapshot() {
        return snapshot;
    }

    /** The identity of this topology in its events. */
    public ObjectId id() {
        return id;
    }

    // ---- selection ----

    @Override
    public @Nullable Server select(
            ServerSelector selector,
            Set<ServerAddress> deprioritized,
            String operation,
            long deadline,
            SelectionListener listener) {
        return selections.select(selector, deprioritized, operation, deadline, listener);
    }

    @Override
    public boolean cancel(SelectionListener listener) {
        return selections.cancel(listener);
    }

    /** How many operations wait for a server. */
    int waiting() {
        return selections.waiting();
    }

    @Override
    public @Nullable Integer logicalSessionTimeoutMinutes() {
        TopologyDescription now = snapshot.description;
        // Behind a load balancer sessions do not expire, as far as a client can know.
        return now.type() == TopologyType.LOAD_BALANCED
                ? Integer.valueOf(Integer.MAX_VALUE)
                : now.logicalSessionTimeoutMinutes();
    }

    /** Has every server checked soon: an operation waits for one. */
    void requestChecks() {
        for (ServerHandle server : snapshot.servers.values()) {
            server.requestCheck();
        }
    }

    // ---- what monitors and operations find ----

    /** A monitor's heartbeat begins or ends. Returns whether its server still belongs to the topology. */
    boolean onHeartbeat(ServerHandle server, Consumer<SdamEvents> tell) {
        lock.lock();
        try {
            if (server.isGone()) {
                return false;
            }
            tell.accept(events);
        } finally {
            lock.unlock();
        }
        events.drain();
        return true;
    }

    /** A monitor has a new description of its server. */
    void onChecked(ServerHandle server, ServerDescription latest) {
        Aftermath after = new Aftermath();
        lock.lock();
        try {
            if (server.isGone()) {
                return;
            }
            TopologyTransition transition = TopologyReducer.reduce(snapshot.description, latest, seedCount);
            // Ready before it can be selected, or the first operation would find the pool paused.
            ServerDescription described = transition.after().servers().get(server.address());
            PoolControl pool = server.poolControl();
            if (!transition.ignored()
                    && pool != null
                    && described != null
                    && isUsable(described.type(), transition.after().type())) {
                after.pools.add(pool.ready());
            }
            publish(transition, after);
        } finally {
            lock.unlock();
        }
        run(after);
    }

    private static boolean isUsable(ServerType server, TopologyType topology) {
        return server.isDataBearing() || (topology == TopologyType.SINGLE && server != ServerType.UNKNOWN);
    }

    /** A monitor could not check its server. Returns whether the server was known before. */
    boolean onCheckFailed(ServerHandle server, MongoException failure) {
        Aftermath after = new Aftermath();
        boolean wasKnown;
        lock.lock();
        try {
            if (server.isGone()) {
                return false;
            }
            wasKnown = server.description().type() != ServerType.UNKNOWN;
            carryOut(server, ErrorRules.onCheckFailed(failure), failure, null, after);
        } finally {
            lock.unlock();
        }
        run(after);
        return wasKnown;
    }

    /** An operation, or establishing a connection for one, failed; {@code null} if that says nothing of the server. */
    void onApplicationError(ServerHandle server, @Nullable ApplicationError error) {
        if (error == null) {
            return;
        }
        Aftermath after = new Aftermath();
        lock.lock();
        try {
            PoolControl pool = server.poolControl();
            if (server.isGone() || pool == null) {
                return;
            }
            ServerErrorDecision decision = ErrorRules.onApplicationError(
                    snapshot.description.type(), server.description(), pool.generation(error.serviceId()), error);
            carryOut(server, decision, error.failure(), error, after);
        } finally {
            lock.unlock();
        }
        run(after);
    }

    private void carryOut(
            ServerHandle server,
            ServerErrorDecision decision,
            MongoException failure,
            @Nullable ApplicationError error,
            Aftermath after) {
        if (decision.markUnknown()) {
            ServerDescription unknown = ServerDescription.builder(server.address())
                    .error(failure)
                    .topologyVersion(error == null ? null : error.topologyVersion())
                    .lastUpdateTime(clock.nanoTime())
                    .build();
            publish(TopologyReducer.reduce(snapshot.description, unknown, seedCount), after);
        }
        PoolControl pool = server.poolControl();
        if (decision.clearPool() && pool != null) {
            after.pools.add(pool.clear(failure, error == null ? null : error.serviceId(), decision.interruptInUse()));
        }
        if (decision.requestCheck()) {
            after.toCheck.add(server);
        }
        if (decision.cancelCheck()) {
            after.wakes.add(() -> server.cancelCheck(failure));
        }
    }

    // ---- under the lock ----

    private void publish(TopologyTransition transition, Aftermath after) {
        if (transition.ignored()) {
            // Who waits goes on waiting, and so the servers go on being checked.
            after.checkAll = selections.anyWaiting();
            return;
        }
        Map<ServerAddress, ServerHandle> servers = snapshot.servers;
        if (!transition.added().isEmpty() || !transition.removed().isEmpty()) {
            servers = new LinkedHashMap<>(servers);
            for (ServerAddress added : transition.added()) {
                ServerHandle server = new ServerHandle(this, added);
                servers.put(added, server);
                after.opened.add(server);
            }
            for (ServerAddress removed : transition.removed()) {
                ServerHandle server = servers.remove(removed);
                if (server != null) {
                    server.leave(events, new MongoException("Server " + removed + " was removed", null, -1, removed));
                    after.removed.add(server);
                }
            }
            if (servers.isEmpty()) {
                events.lastServerRemoved();
            }
        }
        for (ServerHandle server : servers.values()) {
            ServerDescription latest = transition.after().servers().get(server.address());
            if (latest != null) {
                server.describe(latest);
            }
        }
        for (ServerAddress outdated : transition.outdatedPrimaries()) {
            ServerHandle server = servers.get(outdated);
            if (server != null) {
                after.toCheck.add(server);
            }
        }
        TopologySnapshot now = snapshotOf(transition.after(), servers, false);
        snapshot = now;
        events.transition(transition);
        selections.serve(now, after.wakes);
        after.checkAll = selections.anyWaiting();
    }

    private TopologySnapshot snapshotOf(
            TopologyDescription description, Map<ServerAddress, ServerHandle> servers, boolean ended) {
        return new TopologySnapshot(
                description, servers, ended, settings.localThreshold(), settings.heartbeatFrequency());
    }

    // ---- after the lock ----

    private void run(Aftermath after) {
        after.pools.forEach(Runnable::run);
        after.removed.forEach(server -> server.close(false));
        events.drain();
        after.opened.forEach(this::openOrTell);
        after.wakes.forEach(this::wake);
        after.toCheck.forEach(ServerHandle::requestCheck);
        if (after.checkAll) {
            requestChecks();
        }
    }

    /** Each wake is owed to somebody else than the one before it. */
    private void wake(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            broken.tell(e.getClass(), "{}: {} has failed", "Topology " + id, "what follows from a change", e);
        }
    }

    /** A server that cannot be opened stays unknown, for that reason; the others, and who waits for them, go on. */
    private void openOrTell(ServerHandle server) {
        try {
            open(server);
        } catch (Throwable e) {
            ServerAddress address = server.address();
            broken.tell(address, "Topology {}: server {} could not be opened", id, address, e);
            String what = "Server " + address + " could not be opened: " + e;
            onCheckFailed(server, new MongoException(what, e, -1, address));
        }
    }

    private void open(ServerHandle server) {
        if (settings.loadBalanced() || seededLoadBalanced) {
            server.open(parts.pools(), null);
            onChecked(
                    server,
                    ServerDescription.builder(server.address())
                            .type(ServerType.LOAD_BALANCER)
                            .lastUpdateTime(clock.nanoTime())
                            .build());
        } else {
            server.open(
                    parts.pools(),
                    new ServerMonitor(
                            server.address(),
                            monitorSettings,
                            parts.loops().get(),
                            clock,
                            parts.monitorConnections(),
                            server,
                            broken));
        }
    }

    /** Ends everything: operations that wait fail, monitors and pools are closed. Harmless when closed already. */
    public void close() {
        List<ServerHandle> servers;
        List<Waiter> waiters;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            servers = List.copyOf(snapshot.servers.values());
            waiters = selections.drain();
            TopologyDescription before = snapshot.description;
            MongoException reason = new MongoClientClosedException("The client has been closed");
            for (ServerHandle server : servers) {
                server.leave(events, reason);
                events.serverClosed(server.address());
            }
            snapshot = snapshotOf(TopologyDescription.EMPTY, Map.of(), true);
            if (started) {
                events.topologyChanged(before, TopologyDescription.EMPTY);
                events.topologyClosed();
            }
        } finally {
            lock.unlock();
        }
        servers.forEach(server -> server.close(true));
        events.drain();
        selections.tellClosed(waiters);
    }
}
