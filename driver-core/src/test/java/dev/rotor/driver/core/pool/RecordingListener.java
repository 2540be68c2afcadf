package dev.rotor.driver.core.pool;

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
import java.util.ArrayList;
import java.util.List;

/** Keeps all events of a pool, in the order in which they came. */
class RecordingListener implements ConnectionPoolListener {

    final List<Object> events = new ArrayList<>();

    void heard(Object event) {
        events.add(event);
    }

    /** The events as short words: {@code "Closed 1 stale"}. */
    List<String> words() {
        return events.stream().map(RecordingListener::words).toList();
    }

    /** Forgets what has come so far. */
    void forget() {
        events.clear();
    }

    static String type(Object event) {
        String name = event.getClass().getSimpleName();
        return name.substring(0, name.length() - "Event".length());
    }

    private static String words(Object event) {
        if (event instanceof ConnectionCreatedEvent e) {
            return "Created " + e.connectionId();
        } else if (event instanceof ConnectionReadyEvent e) {
            return "Ready " + e.connectionId();
        } else if (event instanceof ConnectionClosedEvent e) {
            return "Closed " + e.connectionId() + " " + e.reason().specificationName();
        } else if (event instanceof ConnectionCheckedOutEvent e) {
            return "CheckedOut " + e.connectionId();
        } else if (event instanceof ConnectionCheckedInEvent e) {
            return "CheckedIn " + e.connectionId();
        } else if (event instanceof ConnectionCheckOutStartedEvent) {
            return "Started";
        } else if (event instanceof ConnectionCheckOutFailedEvent e) {
            return "Failed " + e.reason().specificationName();
        }
        return type(event).substring("Connection".length());
    }

    @Override
    public void connectionPoolCreated(ConnectionPoolCreatedEvent event) {
        heard(event);
    }

    @Override
    public void connectionPoolReady(ConnectionPoolReadyEvent event) {
        heard(event);
    }

    @Override
    public void connectionPoolCleared(ConnectionPoolClearedEvent event) {
        heard(event);
    }

    @Override
    public void connectionPoolClosed(ConnectionPoolClosedEvent event) {
        heard(event);
    }

    @Override
    public void connectionCreated(ConnectionCreatedEvent event) {
        heard(event);
    }

    @Override
    public void connectionReady(ConnectionReadyEvent event) {
        heard(event);
    }

    @Override
    public void connectionClosed(ConnectionClosedEvent event) {
        heard(event);
    }

    @Override
    public void connectionCheckOutStarted(ConnectionCheckOutStartedEvent event) {
        heard(event);
    }

    @Override
    public void connectionCheckOutFailed(ConnectionCheckOutFailedEvent event) {
        heard(event);
    }

    @Override
    public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
        heard(event);
    }

    @Override
    public void connectionCheckedIn(ConnectionCheckedInEvent event) {
        heard(event);
    }
}
