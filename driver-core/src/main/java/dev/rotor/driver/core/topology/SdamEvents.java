package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.pool.OncePerKind;
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
import org.bson.BsonDocument;
import org.bson.types.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners, and the log, what happens in one topology. Events are put in line under the topology's lock, in the
 * order in which things happened, and told by {@link #drain} outside of it, by one thread at a time.
 */
final class SdamEvents {

    private static final Logger LOGGER = LoggerFactory.getLogger("dev.rotor.driver.topology");

    private final ObjectId topologyId;
    private final List<TopologyListener> topologyListeners;
    private final List<ServerListener> serverListeners;
    private final List<ServerMonitorListener> monitorListeners;
    private final ConcurrentLinkedQueue<Runnable> line = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean telling = new AtomicBoolean();
    private final OncePerKind complained = new OncePerKind();

    SdamEvents(
            ObjectId topologyId,
            List<TopologyListener> topologyListeners,
            List<ServerListener> serverListeners,
            List<ServerMonitorListener> monitorListeners) {
        this.topologyId = topologyId;
        this.topologyListeners = List.copyOf(topologyListeners);
        this.serverListeners = List.copyOf(serverListeners);
        this.monitorListeners = List.copyOf(monitorListeners);
    }

    void topologyOpening() {
        if (LOGGER.isDebugEnabled()) {
            line.add(() -> LOGGER.debug("Starting monitoring for topology with ID {}", topologyId));
        }
        if (!topologyListeners.isEmpty()) {
            tell(topologyListeners, TopologyListener::topologyOpening, new TopologyOpeningEvent(topologyId));
        }
    }

    void topologyClosed() {
        if (LOGGER.isDebugEnabled()) {
            line.add(() -> LOGGER.debug("Stopped monitoring for topology with ID {}", topologyId));
        }
        if (!topologyListeners.isEmpty()) {
            tell(topologyListeners, TopologyListener::topologyClosed, new TopologyClosedEvent(topologyId));
        }
    }

    void serverOpening(ServerAddress server) {
        if (LOGGER.isDebugEnabled()) {
            line.add(
                    () -> LOGGER.debug("Starting monitoring for server {} in topology with ID {}", server, topologyId));
        }
        if (!serverListeners.isEmpty()) {
            tell(serverListeners, ServerListener::serverOpening, new ServerOpeningEvent(server, topologyId));
        }
    }

    void serverClosed(ServerAddress server) {
        if (LOGGER.isDebugEnabled()) {
            line.add(() -> LOGGER.debug("Stopped monitoring for server {} in topology with ID {}", server, topologyId));
        }
        if (!serverListeners.isEmpty()) {
            tell(serverListeners, ServerListener::serverClosed, new ServerClosedEvent(server, topologyId));
        }
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
                            new ServerDescriptionChangedEvent(server.address(), topologyId, previous, server));
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
        if ((topologyListeners.isEmpty() && !LOGGER.isDebugEnabled()) || before.equals(after)) {
            return;
        }
        if (LOGGER.isDebugEnabled()) {
            line.add(() -> LOGGER.debug(
                    "Description changed for topology with ID {}. Previous description: {}. New description: {}",
                    topologyId,
                    before,
                    after));
        }
        if (!topologyListeners.isEmpty()) {
            tell(
                    topologyListeners,
                    TopologyListener::topologyDescriptionChanged,
                    new TopologyDescriptionChangedEvent(topologyId, before, after));
        }
    }

    void heartbeatStarted(ServerAddress server, long connectionId, boolean awaited) {
        if (LOGGER.isDebugEnabled()) {
            line.add(() -> LOGGER.debug(
                    "Heartbeat started for {} on connection with driver-generated ID {} in topology with ID {}. Awaited: {}",
                    server,
                    connectionId,
                    topologyId,
                    awaited));
        }
        if (!monitorListeners.isEmpty()) {
            tell(
                    monitorListeners,
                    ServerMonitorListener::serverHeartbeatStarted,
                    new ServerHeartbeatStartedEvent(server, connectionId, awaited));
        }
    }

    void heartbeatSucceeded(
            ServerAddress server, long connectionId, long durationNanos, BsonDocument reply, boolean awaited) {
        if (LOGGER.isDebugEnabled()) {
            line.add(() -> LOGGER.debug(
                    "Heartbeat succeeded in {} ns for {} on connection with driver-generated ID {} in topology with ID {}."
                            + " Awaited: {}. Reply: {}",
                    durationNanos,
                    server,
                    connectionId,
                    topologyId,
                    awaited,
                    reply));
        }
        if (!monitorListeners.isEmpty()) {
            tell(
                    monitorListeners,
                    ServerMonitorListener::serverHeartbeatSucceeded,
                    new ServerHeartbeatSucceededEvent(
                            server, connectionId, Duration.ofNanos(durationNanos), reply, awaited));
        }
    }

    void heartbeatFailed(
            ServerAddress server, long connectionId, long durationNanos, MongoException failure, boolean awaited) {
        if (LOGGER.isDebugEnabled()) {
            line.add(() -> LOGGER.debug(
                    "Heartbeat failed in {} ns for {} on connection with driver-generated ID {} in topology with ID {}."
                            + " Awaited: {}. Failure: {}",
                    durationNanos,
                    server,
                    connectionId,
                    topologyId,
                    awaited,
                    failure.getMessage()));
        }
        if (!monitorListeners.isEmpty()) {
            tell(
                    monitorListeners,
                    ServerMonitorListener::serverHeartbeatFailed,
                    new ServerHeartbeatFailedEvent(
                            server, connectionId, Duration.ofNanos(durationNanos), failure, awaited));
        }
    }

    void lastServerRemoved() {
        line.add(() -> LOGGER.warn(
                "The last server of topology {} was removed: none of its seeds belongs to it. No operation can succeed.",
                topologyId));
    }

    private <L, E> void tell(List<L> listeners, BiConsumer<L, E> method, E event) {
        for (L listener : listeners) {
            line.add(() -> {
                try {
                    method.accept(listener, event);
                } catch (RuntimeException | Error e) {
                    if (complained.first(List.of(listener.getClass(), event.getClass()))) {
                        LOGGER.warn(
                                "Listener {} failed on {}; further failures of this kind are not logged",
                                listener.getClass().getName(),
                                event.getClass().getSimpleName(),
                                e);
                    }
                }
            });
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
                    next.run();
                }
            } finally {
                telling.set(false);
            }
            // Something may have been put in line between the last poll and giving up the turn: look again.
        }
    }
}
