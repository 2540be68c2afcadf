package dev.rotor.driver.core.client;

import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.Listeners;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several pool listeners as one. Each hears of every event, even when one before it throws. */
final class PoolListeners implements ConnectionPoolListener {

    private final Listeners<ConnectionPoolListener> listeners;

    private PoolListeners(Listeners<ConnectionPoolListener> listeners) {
        this.listeners = listeners;
    }

    /** One listener for all of these, or {@code null} for none, so that no event is made. */
    static @Nullable ConnectionPoolListener of(List<ConnectionPoolListener> listeners, ClientLog log) {
        return listeners.isEmpty() ? null : new PoolListeners(new Listeners<>(listeners, log.listener()));
    }

    @Override
    public void connectionPoolCreated(ConnectionPoolCreatedEvent event) {
        listeners.tell(ConnectionPoolListener::connectionPoolCreated, event);
    }

    @Override
    public void connectionPoolReady(ConnectionPoolReadyEvent event) {
        listeners.tell(ConnectionPoolListener::connectionPoolReady, event);
    }

    @Override
    public void connectionPoolCleared(ConnectionPoolClearedEvent event) {
        listeners.tell(ConnectionPoolListener::connectionPoolCleared, event);
    }

    @Override
    public void connectionPoolClosed(ConnectionPoolClosedEvent event) {
        listeners.tell(ConnectionPoolListener::connectionPoolClosed, event);
    }

    @Override
    public void connectionCreated(ConnectionCreatedEvent event) {
        listeners.tell(ConnectionPoolListener::connectionCreated, event);
    }

    @Override
    public void connectionReady(ConnectionReadyEvent event) {
        listeners.tell(ConnectionPoolListener::connectionReady, event);
    }

    @Override
    public void connectionClosed(ConnectionClosedEvent event) {
        listeners.tell(ConnectionPoolListener::connectionClosed, event);
    }

    @Override
    public void connectionCheckOutStarted(ConnectionCheckOutStartedEvent event) {
        listeners.tell(ConnectionPoolListener::connectionCheckOutStarted, event);
    }

    @Override
    public void connectionCheckOutFailed(ConnectionCheckOutFailedEvent event) {
        listeners.tell(ConnectionPoolListener::connectionCheckOutFailed, event);
    }

    @Override
    public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
        listeners.tell(ConnectionPoolListener::connectionCheckedOut, event);
    }

    @Override
    public void connectionCheckedIn(ConnectionCheckedInEvent event) {
        listeners.tell(ConnectionPoolListener::connectionCheckedIn, event);
    }
}
