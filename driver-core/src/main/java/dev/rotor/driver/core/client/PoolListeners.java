package dev.rotor.driver.core.client;

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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Several pool listeners as one. Each hears of every event, even when one before it throws. */
final class PoolListeners implements ConnectionPoolListener {

    private final List<ConnectionPoolListener> listeners;

    private PoolListeners(List<ConnectionPoolListener> listeners) {
        this.listeners = listeners;
    }

    /** One listener for all of these, or {@code null} for none, so that no event is made. */
    static @Nullable ConnectionPoolListener of(List<ConnectionPoolListener> listeners) {
        return switch (listeners.size()) {
            case 0 -> null;
            case 1 -> listeners.get(0);
            default -> new PoolListeners(List.copyOf(listeners));
        };
    }

    private void tell(Consumer<ConnectionPoolListener> event) {
        RuntimeException thrown = null;
        for (ConnectionPoolListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                thrown = e;
            }
        }
        if (thrown != null) {
            throw thrown;
        }
    }

    @Override
    public void connectionPoolCreated(ConnectionPoolCreatedEvent event) {
        tell(listener -> listener.connectionPoolCreated(event));
    }

    @Override
    public void connectionPoolReady(ConnectionPoolReadyEvent event) {
        tell(listener -> listener.connectionPoolReady(event));
    }

    @Override
    public void connectionPoolCleared(ConnectionPoolClearedEvent event) {
        tell(listener -> listener.connectionPoolCleared(event));
    }

    @Override
    public void connectionPoolClosed(ConnectionPoolClosedEvent event) {
        tell(listener -> listener.connectionPoolClosed(event));
    }

    @Override
    public void connectionCreated(ConnectionCreatedEvent event) {
        tell(listener -> listener.connectionCreated(event));
    }

    @Override
    public void connectionReady(ConnectionReadyEvent event) {
        tell(listener -> listener.connectionReady(event));
    }

    @Override
    public void connectionClosed(ConnectionClosedEvent event) {
        tell(listener -> listener.connectionClosed(event));
    }

    @Override
    public void connectionCheckOutStarted(ConnectionCheckOutStartedEvent event) {
        tell(listener -> listener.connectionCheckOutStarted(event));
    }

    @Override
    public void connectionCheckOutFailed(ConnectionCheckOutFailedEvent event) {
        tell(listener -> listener.connectionCheckOutFailed(event));
    }

    @Override
    public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
        tell(listener -> listener.connectionCheckedOut(event));
    }

    @Override
    public void connectionCheckedIn(ConnectionCheckedInEvent event) {
        tell(listener -> listener.connectionCheckedIn(event));
    }
}
