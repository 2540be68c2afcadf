package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.Listeners;
import dev.rotor.driver.core.log.OncePerKind;
import dev.rotor.driver.event.ServerClosedEvent;
import dev.rotor.driver.event.ServerDescriptionChangedEvent;
import dev.rotor.driver.event.ServerHeartbeatFailedEvent;
import dev.rotor.driver.event.ServerHeartbeatStartedEvent;
import dev.rotor.driver.event.ServerHeartbeatSucceededEvent;
import dev.rotor.driver.event.ServerListener;
import dev.rotor.driver.event.ServerMonitorListener;
import dev.rotor.driver.event.ServerOpeningEvent;
import dev.rotor.driver.event.TopologyClosedEvent;
import dev.rotor.driver.event.TopologyDescriptionChangedEvent;
import dev.rotor.driver.event.TopologyListener;
import dev.rotor.driver.event.TopologyOpeningEvent;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.TopologyDescription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;

/**
 * Tells listeners, and the log, what happens in one topology. Events are put in line under the topology's lock, in the
 * order in which things happened, and told by {@link #drain} outside of it, by one thread at a time.
 */
final class SdamEvents {

    private final ObjectId topologyId;
    private final TopologyLog log;
    private final Listeners<TopologyListener> topologyListeners;
    private final Listeners<ServerListener> serverListeners;
    private final Listeners<ServerMonitorListener> monitorListeners;
    private final ConcurrentLinkedQueue<Runnable> line = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean telling = new AtomicBoolean();
    private final OncePerKind broken;

    SdamEvents(
            ClientLog log,
            List<TopologyListener> topologyListeners,
            List<ServerListener> serverListeners,
            List<ServerMonitorListener> monitorListeners) {
        this.topologyId = log.topologyId();
        this.log = new TopologyLog(log);
        this.topologyListeners = new Listeners<>(topologyListeners, log.listener());
        this.serverListeners = new Listeners<>(serverListeners, log.listener());
        this.monitorListeners = new Listeners<>(monitorListeners, log.listener());
        this.broken = new OncePerKind(log.listener());
    }

    void topologyOpening() {
        if (log.wanted()) {
            line.add(log::topologyOpening);
        }
        tell(topologyListeners, TopologyListener::topologyOpening, () -> new TopologyOpeningEvent(topologyId));
    }

    void topologyClosed() {
        if (log.wanted()) {
            line.add(log::topologyClosed);
        }
        tell(topologyListeners, TopologyListener::topologyClosed, () -> new TopologyClosedEvent(topologyId));
    }

    void serverOpening(ServerAddress server) {
        if (log.wanted()) {
            line.add(() -> log.serverOpening(server));
        }
        tell(serverListeners, ServerListener::serverOpening, () -> new ServerOpeningEvent(server, topologyId));
    }

    void serverClosed(ServerAddress server) {
        if (log.wanted()) {
            line.add(() -> log.serverClosed(server));
        }
        tell(serverListeners, ServerListener::serverClosed, () -> new ServerClosedEvent(server, topologyId));
    }

    /** Everything that a transition says, in the order of the specification. */
    void transition(TopologyTransition transition) {
        TopologyDescription before = transition.before();
        TopologyDescription after = transition.after();
        if (!serverListeners.isEmpty()) {
            for (ServerDescription server : after.servers().values()) {
                ServerDescription previous = before.servers().get(server.address());
                if (previous != null && !previous.equals(server)) {
                    tell(
                            serverListeners,
                            ServerListener::serverDescriptionChanged,
                            () -> new ServerDescriptionChangedEvent(server.address(), topologyId, previous, server));
                }
            }
        }
        for (ServerAddress added : transition.added()) {
            serverOpening(added);
        }
        for (ServerAddress removed : transition.removed()) {
            serverClosed(removed);
        }
        topologyChanged(before, after);
    }

    void topologyChanged(TopologyDescription before, TopologyDescription after) {
        boolean logs = log.wanted();
        if ((topologyListeners.isEmpty() && !logs) || before.equals(after)) {
            return;
        }
        if (logs) {
            line.add(() -> log.topologyChanged(before, after));
        }
        tell(
                topologyListeners,
                TopologyListener::topologyDescriptionChanged,
                () -> new TopologyDescriptionChangedEvent(topologyId, before, after));
    }

    void heartbeatStarted(Heartbeat heartbeat) {
        if (log.wanted()) {
            line.add(() -> log.heartbeatStarted(heartbeat));
        }
        tell(
                monitorListeners,
                ServerMonitorListener::serverHeartbeatStarted,
                () -> new ServerHeartbeatStartedEvent(
                        heartbeat.server(), heartbeat.connectionId(), heartbeat.awaited()));
    }

    void heartbeatSucceeded(Heartbeat heartbeat, long durationNanos, BsonDocument reply) {
        if (log.wanted()) {
            line.add(() -> log.heartbeatSucceeded(heartbeat, durationNanos, reply));
        }
        tell(
                monitorListeners,
                ServerMonitorListener::serverHeartbeatSucceeded,
                () -> new ServerHeartbeatSucceededEvent(
                        heartbeat.server(),
                        heartbeat.connectionId(),
                        Duration.ofNanos(durationNanos),
                        reply,
                        heartbeat.awaited()));
    }

    void heartbeatFailed(Heartbeat heartbeat, long durationNanos, MongoException failure) {
        if (log.wanted()) {
            line.add(() -> log.heartbeatFailed(heartbeat, durationNanos, failure));
        }
        tell(
                monitorListeners,
                ServerMonitorListener::serverHeartbeatFailed,
                () -> new ServerHeartbeatFailedEvent(
                        heartbeat.server(),
                        heartbeat.connectionId(),
                        Duration.ofNanos(durationNanos),
                        failure,
                        heartbeat.awaited()));
    }

    void lastServerRemoved() {
        line.add(log::lastServerRemoved);
    }

    private <L, E> void tell(Listeners<L> listeners, BiConsumer<L, E> method, Supplier<E> event) {
        if (!listeners.isEmpty()) {
            E made = event.get();
            line.add(() -> listeners.tell(method, made));
        }
    }

    /** Listeners take care of themselves; a log that throws must not keep the others from hearing either. */
    private void tell(Runnable next) {
        try {
            next.run();
        } catch (Throwable e) {
            broken.tell(e.getClass(), "{}: {} could not be told", "Topology " + topologyId, "an event", e);
        }
    }

    /**
     * Tells what is in line, unless another thread, or a caller of this one, is at it, which then tells this too. Never
     * called under a lock.
     */
    void drain() {
        while (!line.isEmpty() && telling.compareAndSet(false, true)) {
            try {
                for (Runnable next = line.poll(); next != null; next = line.poll()) {
                    tell(next);
                }
            } finally {
                telling.set(false);
            }
            // Something may have been put in line between the last poll and giving up the turn: look again.
        }
    }
}
