package dev.rotor.driver.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rotor.driver.ConnectionPoolSettings;
import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoPoolClearedException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.core.fake.ManualLoop;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One test of the Connection Monitoring and Pooling format, run on virtual time. The format's threads are sequences of
 * operations here: one is blocked while its checkout waits. Where the format blocks the main thread, time moves on.
 */
final class CmapRun {

    private static final Duration TICK = Duration.ofMillis(1);
    /** How long the main thread waits at most, in virtual time. */
    private static final int PATIENCE_MILLIS = 60_000;

    private final BsonDocument test;
    private final ManualLoop loop = new ManualLoop();
    private final RecordingListener listener = new RecordingListener();
    private final Map<String, Actor> actors = new HashMap<>();
    private final Map<String, FakeConnection> labels = new HashMap<>();
    private final ConnectionPool<FakeConnection> pool;

    CmapRun(BsonDocument test) {
        this.test = test;
        BsonDocument options = test.getDocument("poolOptions", new BsonDocument());
        BsonDocument failPoint = test.containsKey("failPoint") ? test.getDocument("failPoint") : null;
        SpecifiedServer server = new SpecifiedServer(
                loop,
                failPoint,
                options.getString("appName", new BsonString("")).getValue());
        pool = new ConnectionPool<>(
                FakeConnection.SERVER,
                settings(options),
                false,
                (owner, id, generation) -> new FakeConnection(id, generation, loop, server::accept),
                listener,
                loop.clock(),
                loop,
                this::onOpenFailed,
                ClientLog.off(),
                interval(options));
    }

    /** What server discovery does. */
    private void onOpenFailed(MongoException cause, FakeConnection connection) {
        if (connection.generation() == currentPool().generation(null)
                && !cause.hasErrorLabel(MongoException.SYSTEM_OVERLOADED_ERROR)) {
            currentPool().clear(cause, null, false);
        }
    }

    private ConnectionPool<FakeConnection> currentPool() {
        return pool;
    }

    private static ConnectionPoolSettings settings(BsonDocument options) {
        return new ConnectionPoolSettings(
                number(options, "maxPoolSize", 100),
                number(options, "minPoolSize", 0),
                number(options, "maxConnecting", 2),
                Duration.ofMillis(number(options, "maxIdleTimeMS", 0)),
                Duration.ofMillis(number(options, "waitQueueTimeoutMS", 0)));
    }

    private static long interval(BsonDocument options) {
        return options.containsKey("backgroundThreadIntervalMS")
                ? TimeUnit.MILLISECONDS.toNanos(number(options, "backgroundThreadIntervalMS", 0))
                : ConnectionPool.MAINTENANCE_INTERVAL.toNanos();
    }

    private static int number(BsonDocument document, String key, int absent) {
        return document.getNumber(key, new BsonInt32(absent)).intValue();
    }

    void run() {
        Throwable error = null;
        try {
            for (BsonValue operation : test.getArray("operations")) {
                perform(operation.asDocument());
            }
        } catch (MongoException e) {
            error = e;
        }
        checkError(error);
        checkEvents();
        pool.close(true);
        loop.run();
        assertThat(loop.failures()).isEmpty();
        assertThat(pool.statistics().pending()).isZero();
        assertThat(pool.statistics().available()).isZero();
    }

    private void perform(BsonDocument operation) {
        if (operation.containsKey("thread")) {
            Actor actor = Objects.requireNonNull(
                    actors.get(operation.getString("thread").getValue()), "thread was not started");
            actor.operations.add(operation);
            actor.proceed();
            return;
        }
        String name = operation.getString("name").getValue();
        switch (name) {
            case "start" -> actors.put(operation.getString("target").getValue(), new Actor());
            case "wait" ->
                loop.advance(Duration.ofMillis(operation.getNumber("ms").longValue()));
            case "waitForThread" -> {
                Actor actor = Objects.requireNonNull(
                        actors.get(operation.getString("target").getValue()));
                await(actor::isDone, PATIENCE_MILLIS, "thread " + operation.getString("target"));
                if (actor.error != null) {
                    throw actor.error;
                }
            }
            case "waitForEvent" -> {
                String event = operation.getString("event").getValue();
                int count = operation.getNumber("count").intValue();
                await(
                        () -> listener.events.stream()
                                        .filter(e -> RecordingListener.type(e).equals(event))
                                        .count()
                                >= count,
                        number(operation, "timeout", PATIENCE_MILLIS),
                        count + " times " + event);
            }
            default -> {
                Actor main = new Actor();
                main.operations.add(operation);
                main.proceed();
                await(main::isDone, PATIENCE_MILLIS, name);
                if (main.error != null) {
                    throw main.error;
                }
            }
        }
    }

    private void await(java.util.function.BooleanSupplier condition, int millis, String what) {
        loop.run();
        for (int i = 0; i < millis && !condition.getAsBoolean(); i++) {
            loop.advance(TICK);
        }
        if (!condition.getAsBoolean()) {
            fail("waited in vain for %s; events: %s", what, listener.words());
        }
    }

    private void checkError(@Nullable Throwable error) {
        if (!test.containsKey("error")) {
            assertThat(error).as("error of the main thread").isNull();
            return;
        }
        BsonDocument expected = test.getDocument("error");
        assertThat(error).as("error of the main thread").isNotNull();
        String type = expected.getString("type").getValue();
        switch (type) {
            case "PoolClosedError" -> assertThat(error).isInstanceOf(MongoClientClosedException.class);
            case "PoolClearedError" -> assertThat(error).isInstanceOf(MongoPoolClearedException.class);
            case "WaitQueueTimeoutError" ->
                assertThat(error).isInstanceOfSatisfying(MongoTimeoutException.class, e -> assertThat(e.waiting())
                        .isEqualTo(MongoTimeoutException.Waiting.CHECKOUT));
            default -> fail("unknown error type " + type);
        }
        if (expected.containsKey("message")) {
            assertThat(String.valueOf(error == null ? null : error.getMessage()).toLowerCase(Locale.ROOT))
                    .contains(expected.getString("message").getValue().toLowerCase(Locale.ROOT));
        }
    }

    private void checkEvents() {
        List<String> ignored = new ArrayList<>();
        if (test.containsKey("ignore")) {
            test.getArray("ignore").forEach(name -> ignored.add(name.asString().getValue()));
        }
        List<BsonDocument> actual = listener.events.stream()
                .filter(event -> !ignored.contains(RecordingListener.type(event)))
                .map(CmapEvents::describe)
                .toList();
        List<BsonValue> expected = test.getArray("events").getValues();
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.size()).as("events: %s", actual).isGreaterThan(i);
            CmapEvents.match(expected.get(i), actual.get(i), "event " + i + " of " + actual);
        }
    }

    /** A thread of the format: its operations run one after the other, each when the one before has ended. */
    private final class Actor implements CheckoutListener<FakeConnection> {
        private final ArrayDeque<BsonDocument> operations = new ArrayDeque<>();
        private @Nullable MongoException error;
        private @Nullable String label;
        private boolean blocked;

        boolean isDone() {
            return !blocked && (operations.isEmpty() || error != null);
        }

        void proceed() {
            while (!blocked && error == null && !operations.isEmpty()) {
                perform(operations.remove());
            }
        }

        private void perform(BsonDocument operation) {
            String name = operation.getString("name").getValue();
            switch (name) {
                case "checkOut" -> {
                    label = operation.containsKey("label")
                            ? operation.getString("label").getValue()
                            : null;
                    blocked = true;
                    FakeConnection connection = pool.checkOut(this, Deadline.NONE, null);
                    if (connection != null) {
                        onCheckedOut(connection);
                    }
                }
                case "checkIn" ->
                    pool.checkIn(Objects.requireNonNull(
                            labels.get(operation.getString("connection").getValue())));
                case "ready" -> pool.ready();
                case "clear" ->
                    pool.clear(
                            null,
                            null,
                            operation.containsKey("interruptInUseConnections")
                                    && operation
                                            .getBoolean("interruptInUseConnections")
                                            .getValue());
                case "close" -> pool.close(false);
                case "wait" -> {
                    blocked = true;
                    loop.schedule(
                            () -> {
                                blocked = false;
                                proceed();
                            },
                            operation.getNumber("ms").longValue(),
                            TimeUnit.MILLISECONDS);
                }
                default -> fail("unknown operation " + name);
            }
        }

        @Override
        public void onCheckedOut(FakeConnection connection) {
            assertThat(blocked).as("called once").isTrue();
            if (label != null) {
                labels.put(label, connection);
            }
            blocked = false;
            proceed();
        }

        @Override
        public void onCheckoutFailed(MongoException cause) {
            assertThat(blocked).as("called once").isTrue();
            error = cause;
            blocked = false;
        }
    }
}
