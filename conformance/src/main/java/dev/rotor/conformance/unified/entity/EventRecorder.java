package dev.rotor.conformance.unified.entity;

import dev.rotor.conformance.unified.match.ObservedEvent;
import dev.rotor.conformance.unified.match.ObservedEvent.Kind;
import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.event.ConnectionCheckOutFailedEvent;
import dev.rotor.driver.event.ConnectionCheckOutStartedEvent;
import dev.rotor.driver.event.ConnectionCheckedInEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionClosedEvent;
import dev.rotor.driver.event.ConnectionCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolClearedEvent;
import dev.rotor.driver.event.ConnectionPoolClosedEvent;
import dev.rotor.driver.event.ConnectionPoolCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolListener;
import dev.rotor.driver.event.ConnectionPoolReadyEvent;
import dev.rotor.driver.event.ConnectionReadyEvent;
import dev.rotor.driver.event.ServerDescriptionChangedEvent;
import dev.rotor.driver.event.ServerHeartbeatFailedEvent;
import dev.rotor.driver.event.ServerHeartbeatStartedEvent;
import dev.rotor.driver.event.ServerHeartbeatSucceededEvent;
import dev.rotor.driver.event.ServerListener;
import dev.rotor.driver.event.ServerMonitorListener;
import dev.rotor.driver.event.TopologyClosedEvent;
import dev.rotor.driver.event.TopologyDescriptionChangedEvent;
import dev.rotor.driver.event.TopologyListener;
import dev.rotor.driver.event.TopologyOpeningEvent;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Hears everything that a client tells, under the names that the format has for it. */
final class EventRecorder
        implements CommandListener, ConnectionPoolListener, ServerListener, ServerMonitorListener, TopologyListener {

    private final Consumer<ObservedEvent> sink;

    EventRecorder(Consumer<ObservedEvent> sink) {
        this.sink = sink;
    }

    private void tell(Kind kind, String name, Object event) {
        sink.accept(new ObservedEvent(kind, name, event, TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis())));
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
        tell(Kind.COMMAND, "commandStartedEvent", event);
    }

    @Override
    public void commandSucceeded(CommandSucceededEvent event) {
        tell(Kind.COMMAND, "commandSucceededEvent", event);
    }

    @Override
    public void commandFailed(CommandFailedEvent event) {
        tell(Kind.COMMAND, "commandFailedEvent", event);
    }

    @Override
    public void connectionPoolCreated(ConnectionPoolCreatedEvent event) {
        tell(Kind.CMAP, "poolCreatedEvent", event);
    }

    @Override
    public void connectionPoolReady(ConnectionPoolReadyEvent event) {
        tell(Kind.CMAP, "poolReadyEvent", event);
    }

    @Override
    public void connectionPoolCleared(ConnectionPoolClearedEvent event) {
        tell(Kind.CMAP, "poolClearedEvent", event);
    }

    @Override
    public void connectionPoolClosed(ConnectionPoolClosedEvent event) {
        tell(Kind.CMAP, "poolClosedEvent", event);
    }

    @Override
    public void connectionCreated(ConnectionCreatedEvent event) {
        tell(Kind.CMAP, "connectionCreatedEvent", event);
    }

    @Override
    public void connectionReady(ConnectionReadyEvent event) {
        tell(Kind.CMAP, "connectionReadyEvent", event);
    }

    @Override
    public void connectionClosed(ConnectionClosedEvent event) {
        tell(Kind.CMAP, "connectionClosedEvent", event);
    }

    @Override
    public void connectionCheckOutStarted(ConnectionCheckOutStartedEvent event) {
        tell(Kind.CMAP, "connectionCheckOutStartedEvent", event);
    }

    @Override
    public void connectionCheckOutFailed(ConnectionCheckOutFailedEvent event) {
        tell(Kind.CMAP, "connectionCheckOutFailedEvent", event);
    }

    @Override
    public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
        tell(Kind.CMAP, "connectionCheckedOutEvent", event);
    }

    @Override
    public void connectionCheckedIn(ConnectionCheckedInEvent event) {
        tell(Kind.CMAP, "connectionCheckedInEvent", event);
    }

    @Override
    public void serverDescriptionChanged(ServerDescriptionChangedEvent event) {
        tell(Kind.SDAM, "serverDescriptionChangedEvent", event);
    }

    @Override
    public void serverHeartbeatStarted(ServerHeartbeatStartedEvent event) {
        tell(Kind.SDAM, "serverHeartbeatStartedEvent", event);
    }

    @Override
    public void serverHeartbeatSucceeded(ServerHeartbeatSucceededEvent event) {
        tell(Kind.SDAM, "serverHeartbeatSucceededEvent", event);
    }

    @Override
    public void serverHeartbeatFailed(ServerHeartbeatFailedEvent event) {
        tell(Kind.SDAM, "serverHeartbeatFailedEvent", event);
    }

    @Override
    public void topologyOpening(TopologyOpeningEvent event) {
        tell(Kind.SDAM, "topologyOpeningEvent", event);
    }

    @Override
    public void topologyDescriptionChanged(TopologyDescriptionChangedEvent event) {
        tell(Kind.SDAM, "topologyDescriptionChangedEvent", event);
    }

    @Override
    public void topologyClosed(TopologyClosedEvent event) {
        tell(Kind.SDAM, "topologyClosedEvent", event);
    }
}
