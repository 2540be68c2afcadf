package dev.rotor.conformance.unified.entity;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.rotor.conformance.unified.match.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * The log messages of one client. Loggers belong to the whole process, so each message is told to all collectors, and
 * each takes those with its client's {@code topologyId}.
 */
public final class LogCollector implements AutoCloseable {

    private static final String DRIVER = "dev.rotor.driver";
    private static final CopyOnWriteArrayList<LogCollector> COLLECTORS = new CopyOnWriteArrayList<>();
    private static final ReentrantLock SET_UP = new ReentrantLock();
    private static final List<String> LEVELS =
            List.of("trace", "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

    private final Map<String, String> minimumLevels;
    private final ReentrantLock lock = new ReentrantLock();
    /** What came before the client's identity was known; sorted out once it is. */
    private final List<Message> messages = new ArrayList<>();

    private @Nullable String topologyId;
    private boolean listening = true;

    private record Message(@Nullable String topologyId, LogEntry entry) {}

    /** @param minimumLevels per component, the lowest level to collect */
    LogCollector(Map<String, String> minimumLevels) {
        this.minimumLevels = Map.copyOf(minimumLevels);
        SET_UP.lock();
        try {
            attach();
            COLLECTORS.add(this);
        } finally {
            SET_UP.unlock();
        }
    }

    private static void attach() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger driver = context.getLogger(DRIVER);
        if (driver.getAppender("conformance") == null) {
            Dispatcher dispatcher = new Dispatcher();
            dispatcher.setName("conformance");
            dispatcher.setContext(context);
            dispatcher.start();
            driver.addAppender(dispatcher);
        }
        driver.setLevel(Level.TRACE);
    }

    /** Says whose messages these are. */
    void topologyId(String id) {
        lock.lock();
        try {
            topologyId = id;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the messages so far. */
    public void clear() {
        lock.lock();
        try {
            messages.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more messages. */
    public void stop() {
        lock.lock();
        try {
            listening = false;
        } finally {
            lock.unlock();
        }
    }

    /** The messages of the client. */
    public List<LogEntry> entries() {
        lock.lock();
        try {
            return messages.stream()
                    .filter(message -> topologyId != null && topologyId.equals(message.topologyId()))
                    .map(Message::entry)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private void hear(LogEntry entry, @Nullable String id) {
        String minimum = minimumLevels.get(entry.component());
        if (minimum == null || LEVELS.indexOf(entry.level()) < LEVELS.indexOf(minimum)) {
            return;
        }
        lock.lock();
        try {
            if (listening) {
                messages.add(new Message(id, entry));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        SET_UP.lock();
        try {
            COLLECTORS.remove(this);
            if (COLLECTORS.isEmpty()) {
                // The driver takes no pains with messages that nobody reads.
                ((LoggerContext) LoggerFactory.getILoggerFactory())
                        .getLogger(DRIVER)
                        .setLevel(Level.WARN);
            }
        } finally {
            SET_UP.unlock();
        }
    }

    private static final class Dispatcher extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            String name = event.getLoggerName();
            if (COLLECTORS.isEmpty() || !name.startsWith(DRIVER + '.') || event.getKeyValuePairs() == null) {
                return;
            }
            BsonDocument data = new BsonDocument();
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                data.append(pair.key, value(pair.value));
            }
            String id =
                    data.isString("topologyId") ? data.getString("topologyId").getValue() : null;
            LogEntry entry = new LogEntry(level(event.getLevel()), name.substring(DRIVER.length() + 1), data);
            for (LogCollector collector : COLLECTORS) {
                collector.hear(entry, id);
            }
        }

        private static String level(Level level) {
            return switch (level.toInt()) {
                case Level.ERROR_INT -> "error";
                case Level.WARN_INT -> "warning";
                case Level.INFO_INT -> "info";
                case Level.DEBUG_INT -> "debug";
                default -> "trace";
            };
        }

        private static BsonValue value(@Nullable Object value) {
            if (value instanceof Integer number) {
                return new BsonInt32(number);
            }
            if (value instanceof Long number) {
                return new BsonInt64(number);
            }
            if (value instanceof Double number) {
                return new BsonDouble(number);
            }
            if (value instanceof Boolean truth) {
                return BsonBoolean.valueOf(truth);
            }
            return new BsonString(String.valueOf(value));
        }
    }
}
