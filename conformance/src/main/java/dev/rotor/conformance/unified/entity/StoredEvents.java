package dev.rotor.conformance.unified.entity;

import dev.rotor.conformance.unified.match.ObservedEvent;
import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * Events kept as documents under a name of their own ({@code storeEventsAsEntities}), whatever else is observed or
 * ignored.
 */
public final class StoredEvents {

    private final Set<String> names;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<BsonDocument> events = new ArrayList<>();

    /** @param names which events to keep, for example {@code PoolCreatedEvent} */
    StoredEvents(Set<String> names) {
        this.names = new TreeSet<>(names);
    }

    void hear(ObservedEvent event) {
        String name =
                Character.toUpperCase(event.name().charAt(0)) + event.name().substring(1);
        if (!names.contains(name)) {
            return;
        }
        BsonDocument document = new BsonDocument("name", new BsonString(name))
                .append("observedAt", new BsonDouble(event.atNanos() / 1e9));
        if (event.event() instanceof CommandStartedEvent started) {
            command(document, started.commandName(), started.requestId());
            document.append("databaseName", new BsonString(started.databaseName()));
        } else if (event.event() instanceof CommandSucceededEvent succeeded) {
            command(document, succeeded.commandName(), succeeded.requestId());
            document.append("duration", new BsonDouble(succeeded.elapsed().toNanos() / 1e9));
        } else if (event.event() instanceof CommandFailedEvent failed) {
            command(document, failed.commandName(), failed.requestId());
            document.append("duration", new BsonDouble(failed.elapsed().toNanos() / 1e9))
                    .append("failure", new BsonString(String.valueOf(failed.failure())));
        }
        lock.lock();
        try {
            events.add(document);
        } finally {
            lock.unlock();
        }
    }

    private static void command(BsonDocument document, String name, long requestId) {
        document.append("commandName", new BsonString(name)).append("requestId", new BsonInt64(requestId));
    }

    /** The events so far. */
    public BsonArray events() {
        lock.lock();
        try {
            return new BsonArray(events);
        } finally {
            lock.unlock();
        }
    }
}
