package dev.rotor.conformance.unified.match;

import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.event.ConnectionCheckOutFailedEvent;
import dev.rotor.driver.event.ConnectionClosedEvent;
import dev.rotor.driver.event.ConnectionId;
import dev.rotor.driver.event.ConnectionPoolClearedEvent;
import dev.rotor.driver.event.ServerDescriptionChangedEvent;
import dev.rotor.driver.event.ServerHeartbeatFailedEvent;
import dev.rotor.driver.event.ServerHeartbeatStartedEvent;
import dev.rotor.driver.event.ServerHeartbeatSucceededEvent;
import dev.rotor.driver.event.TopologyDescriptionChangedEvent;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Compares events with {@code expectedEvent} objects. */
public final class EventMatcher {

    private static final ObjectId EMPTY = new ObjectId(new byte[12]);

    private final Matcher matcher;
    /** Per field of an expected event, what compares it. */
    private final Map<String, FieldCheck> fields;

    private interface FieldCheck {
        void check(BsonValue expected, Object event, String path);
    }

    /** @param matcher compares the documents in the events */
    public EventMatcher(Matcher matcher) {
        this.matcher = matcher;
        this.fields = Map.ofEntries(
                Map.entry("command", this::command),
                Map.entry("reply", this::reply),
                Map.entry("commandName", (expected, event, path) -> same(expected, commandName(event), path)),
                Map.entry("databaseName", (expected, event, path) -> same(expected, databaseName(event), path)),
                Map.entry("hasServiceId", EventMatcher::serviceId),
                Map.entry("hasServerConnectionId", EventMatcher::serverConnectionId),
                Map.entry("reason", (expected, event, path) -> same(expected, reason(event), path)),
                Map.entry("interruptInUseConnections", EventMatcher::interrupt),
                Map.entry("awaited", EventMatcher::awaited),
                Map.entry(
                        "previousDescription",
                        (expected, event, path) -> description(expected, previousType(event), path)),
                Map.entry("newDescription", (expected, event, path) -> description(expected, newType(event), path)));
    }

    /** Whether the event is what is expected. */
    public boolean matches(BsonDocument expected, ObservedEvent event) {
        try {
            assertMatches(expected, event, "");
            return true;
        } catch (AssertionError mismatch) {
            return false;
        }
    }

    /**
     * Fails unless the events are those expected, in that order.
     *
     * @param expected the expected events
     * @param ignoreExtra whether more may follow
     * @param events what was observed
     * @param client whose they are, for the message
     */
    public void assertEvents(BsonArray expected, boolean ignoreExtra, List<ObservedEvent> events, String client) {
        for (int i = 0; i < Math.min(expected.size(), events.size()); i++) {
            try {
                assertMatches(expected.get(i).asDocument(), events.get(i), "event " + i + " of " + client);
            } catch (AssertionError mismatch) {
                throw new CourseError(mismatch.getMessage() + "; observed " + EventText.of(events), mismatch);
            }
        }
        if (events.size() < expected.size() || (events.size() > expected.size() && !ignoreExtra)) {
            throw new CourseError("expected " + expected.size() + " events of " + client + " but there are "
                    + events.size() + ": " + EventText.of(events));
        }
    }

    private void assertMatches(BsonDocument expected, ObservedEvent event, String path) {
        String name = expected.getFirstKey();
        if (!event.name().equals(name)) {
            throw Matcher.mismatch(path, "expected a " + name + " but there is a " + EventText.of(event));
        }
        expected.getDocument(name).forEach((field, value) -> {
            FieldCheck check = fields.get(field);
            if (check == null) {
                throw new RunnerException("the runner does not know the field " + field + " of " + name);
            }
            check.check(value, event.event(), path + ", " + name + '.' + field);
        });
    }

    private void command(BsonValue expected, Object event, String path) {
        if (!(event instanceof CommandStartedEvent started)) {
            throw noSuchField("command", event);
        }
        matcher.assertMatches(expected, started.command(), true, path);
    }

    private void reply(BsonValue expected, Object event, String path) {
        if (!(event instanceof CommandSucceededEvent succeeded)) {
            throw noSuchField("reply", event);
        }
        matcher.assertMatches(expected, succeeded.reply(), true, path);
    }

    private void same(BsonValue expected, String actual, String path) {
        matcher.assertMatches(expected, new BsonString(actual), false, path);
    }

    private static String commandName(Object event) {
        if (event instanceof CommandStartedEvent started) {
            return started.commandName();
        }
        if (event instanceof CommandSucceededEvent succeeded) {
            return succeeded.commandName();
        }
        if (event instanceof CommandFailedEvent failed) {
            return failed.commandName();
        }
        throw noSuchField("commandName", event);
    }

    private static String databaseName(Object event) {
        if (event instanceof CommandStartedEvent started) {
            return started.databaseName();
        }
        if (event instanceof CommandSucceededEvent succeeded) {
            return succeeded.databaseName();
        }
        if (event instanceof CommandFailedEvent failed) {
            return failed.databaseName();
        }
        throw noSuchField("databaseName", event);
    }

    private static void serviceId(BsonValue expected, Object event, String path) {
        ObjectId id;
        if (event instanceof CommandStartedEvent started) {
            id = started.serviceId();
        } else if (event instanceof CommandSucceededEvent succeeded) {
            id = succeeded.serviceId();
        } else if (event instanceof CommandFailedEvent failed) {
            id = failed.serviceId();
        } else if (event instanceof ConnectionPoolClearedEvent cleared) {
            id = cleared.serviceId();
        } else {
            throw noSuchField("hasServiceId", event);
        }
        has(expected, id != null && !id.equals(EMPTY), id, path);
    }

    private static void serverConnectionId(BsonValue expected, Object event, String path) {
        ConnectionId id;
        if (event instanceof CommandStartedEvent started) {
            id = started.connectionId();
        } else if (event instanceof CommandSucceededEvent succeeded) {
            id = succeeded.connectionId();
        } else if (event instanceof CommandFailedEvent failed) {
            id = failed.connectionId();
        } else {
            throw noSuchField("hasServerConnectionId", event);
        }
        has(expected, id.serverId() > 0, id.serverId(), path);
    }

    private static void has(BsonValue expected, boolean has, @Nullable Object value, String path) {
        if (expected.asBoolean().getValue() != has) {
            throw Matcher.mismatch(path, "expected " + Matcher.text(expected) + " but there is " + value);
        }
    }

    private static String reason(Object event) {
        if (event instanceof ConnectionClosedEvent closed) {
            return closed.reason().specificationName();
        }
        if (event instanceof ConnectionCheckOutFailedEvent failed) {
            return failed.reason().specificationName();
        }
        throw noSuchField("reason", event);
    }

    private static void interrupt(BsonValue expected, Object event, String path) {
        if (!(event instanceof ConnectionPoolClearedEvent cleared)) {
            throw noSuchField("interruptInUseConnections", event);
        }
        has(expected, cleared.interruptInUseConnections(), cleared.interruptInUseConnections(), path);
    }

    private static void awaited(BsonValue expected, Object event, String path) {
        boolean awaited;
        if (event instanceof ServerHeartbeatStartedEvent started) {
            awaited = started.awaited();
        } else if (event instanceof ServerHeartbeatSucceededEvent succeeded) {
            awaited = succeeded.awaited();
        } else if (event instanceof ServerHeartbeatFailedEvent failed) {
            awaited = failed.awaited();
        } else {
            throw noSuchField("awaited", event);
        }
        has(expected, awaited, awaited, path);
    }

    private static String previousType(Object event) {
        if (event instanceof ServerDescriptionChangedEvent changed) {
            return changed.previousDescription().type().specificationName();
        }
        if (event instanceof TopologyDescriptionChangedEvent changed) {
            return changed.previousDescription().type().specificationName();
        }
        throw noSuchField("previousDescription", event);
    }

    private static String newType(Object event) {
        if (event instanceof ServerDescriptionChangedEvent changed) {
            return changed.newDescription().type().specificationName();
        }
        if (event instanceof TopologyDescriptionChangedEvent changed) {
            return changed.newDescription().type().specificationName();
        }
        throw noSuchField("newDescription", event);
    }

    /** Only the type can be asserted; other fields would pass unseen. */
    private void description(BsonValue expected, String type, String path) {
        expected.asDocument().forEach((field, value) -> {
            if (!field.equals("type")) {
                throw new RunnerException("the runner does not know the field " + field + " of a description");
            }
            same(value, type, path + ".type");
        });
    }

    private static RunnerException noSuchField(String field, Object event) {
        return new RunnerException(event.getClass().getSimpleName() + " has no " + field + " to compare");
    }
}
