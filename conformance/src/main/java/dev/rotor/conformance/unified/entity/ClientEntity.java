package dev.rotor.conformance.unified.entity;

import dev.rotor.conformance.unified.match.ObservedEvent;
import dev.rotor.driver.MongoClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A client of a case, with what it was seen to do. */
public final class ClientEntity implements AutoCloseable {

    private final String name;
    private final ClientObserver observer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final MongoClient client;

    ClientEntity(String name, ClientObserver observer, MongoClient client) {
        this.name = name;
        this.observer = observer;
        this.client = client;
    }

    /** The entity's name. */
    public String name() {
        return name;
    }

    /** The client. */
    public MongoClient client() {
        return client;
    }

    /** The events that the case asked for. */
    public EventLog events() {
        return observer.events();
    }

    /** The events of a kind that the case asked for. */
    public List<ObservedEvent> events(ObservedEvent.Kind kind) {
        return observer.events().all().stream()
                .filter(event -> event.kind() == kind)
                .toList();
    }

    /** Its log messages, where the case asked for them. */
    public @Nullable LogCollector logs() {
        return observer.logs();
    }

    /** Its lists of events that are entities of their own, by name. */
    public Map<String, StoredEvents> storedEvents() {
        return observer.stored();
    }

    /** How many of its connections are checked out. */
    public int connectionsCheckedOut() {
        return observer.counts().checkedOut();
    }

    /** Takes no more notice of events and log messages. */
    public void stopObserving() {
        observer.stop();
    }

    /** Whether a case has closed it. */
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            client.close();
        }
    }

    /** Closes the client and lets go of its log. */
    public void release() {
        close();
        if (observer.logs() != null) {
            Objects.requireNonNull(observer.logs()).close();
        }
    }
}
