package dev.rotor.driver.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionPoolSettings;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.event.ConnectionCheckOutFailedEvent;
import dev.rotor.driver.event.ConnectionClosedEvent;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Events in the words of the Connection Monitoring and Pooling test format, and its MATCH function. */
final class CmapEvents {

    private CmapEvents() {}

    static BsonDocument describe(Object event) {
        BsonDocument description = new BsonDocument("type", new BsonString(RecordingListener.type(event)));
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            Object value;
            try {
                value = component.getAccessor().invoke(event);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
            if (value != null) {
                add(description, component.getName(), value);
            }
        }
        return description;
    }

    private static void add(BsonDocument description, String name, Object value) {
        if (value instanceof ServerAddress address) {
            description.put("address", new BsonString(address.toString()));
        } else if (value instanceof Long number) {
            description.put(name, new BsonInt64(number));
        } else if (value instanceof Duration duration) {
            description.put(name, new BsonInt64(duration.toMillis()));
        } else if (value instanceof Boolean flag) {
            description.put(name, BsonBoolean.valueOf(flag));
        } else if (value instanceof ConnectionClosedEvent.Reason reason) {
            description.put(name, new BsonString(reason.specificationName()));
        } else if (value instanceof ConnectionCheckOutFailedEvent.Reason reason) {
            description.put(name, new BsonString(reason.specificationName()));
        } else if (value instanceof ConnectionPoolSettings settings) {
            description.put("options", options(settings));
        } else if (value instanceof Throwable error) {
            description.put(name, new BsonString(error.toString()));
        } else if (value instanceof ObjectId id) {
            description.put(name, new BsonString(id.toHexString()));
        } else {
            throw new AssertionError(name + ": " + value);
        }
    }

    private static BsonDocument options(ConnectionPoolSettings settings) {
        return new BsonDocument("maxPoolSize", new BsonInt64(settings.maxSize()))
                .append("minPoolSize", new BsonInt64(settings.minSize()))
                .append("maxConnecting", new BsonInt64(settings.maxConnecting()))
                .append("maxIdleTimeMS", new BsonInt64(settings.maxIdleTime().toMillis()))
                .append(
                        "waitQueueTimeoutMS",
                        new BsonInt64(settings.maxWaitTime().toMillis()));
    }

    /** The format's MATCH: 42 stands for anything that is there; documents may have more than is expected. */
    static void match(BsonValue expected, @Nullable BsonValue actual, String where) {
        assertThat(actual).as(where).isNotNull();
        if (actual == null || isAnything(expected)) {
            return;
        }
        if (expected.isDocument()) {
            assertThat(actual.isDocument()).as(where).isTrue();
            expected.asDocument()
                    .forEach((key, value) -> match(value, actual.asDocument().get(key), where + ", " + key));
        } else if (expected.isNumber()) {
            assertThat(actual.asNumber().longValue())
                    .as(where)
                    .isEqualTo(expected.asNumber().longValue());
        } else {
            assertThat(actual).as(where).isEqualTo(expected);
        }
    }

    private static boolean isAnything(BsonValue expected) {
        return (expected.isNumber() && expected.asNumber().longValue() == 42)
                || (expected.isString() && expected.asString().getValue().equals("42"));
    }
}
