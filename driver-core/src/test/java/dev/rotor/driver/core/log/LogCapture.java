package dev.rotor.driver.core.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.spi.LoggingEventAware;

/** Keeps what a client logs, in its structured form. Nothing is wanted until {@link #level} is set. */
public final class LogCapture {

    /** One message. */
    public record Entry(
            String logger, Level level, String text, Map<String, Object> values, @Nullable Throwable thrown) {

        /** The fixed text of a structured message; the text of another one. */
        public String message() {
            return Objects.toString(values.getOrDefault("message", text));
        }

        /** A value that has to be there. */
        public Object value(String key) {
            return Objects.requireNonNull(values.get(key), () -> "no " + key + " in " + this);
        }
    }

    /** What is wanted; {@code null} for nothing. */
    public @Nullable Level level;

    /** Whether whatever is logged throws. */
    public boolean broken;

    /** Where documents are cut. */
    public int maxDocumentLength = ClientLog.DEFAULT_MAX_DOCUMENT_LENGTH;

    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final ObjectId topologyId = new ObjectId();

    /** Makes the log of a client. */
    public ClientLog log() {
        return new ClientLog(topologyId, maxDocumentLength, this::logger);
    }

    /** A logger that writes here. */
    public Logger logger(String name) {
        return new Recorder(this, name);
    }

    /** What was logged so far. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** What was logged by one component. */
    public List<Entry> entries(String logger) {
        return entries.stream().filter(entry -> entry.logger.equals(logger)).toList();
    }

    /** The fixed texts of what was logged by one component. */
    public List<String> messages(String logger) {
        return entries(logger).stream().map(Entry::message).toList();
    }

    private boolean wants(Level asked) {
        Level threshold = level;
        return threshold != null && asked.toInt() >= threshold.toInt();
    }

    private static final class Recorder extends LegacyAbstractLogger implements LoggingEventAware {
        private static final long serialVersionUID = 1L;

        private final transient LogCapture capture;

        Recorder(LogCapture capture, String name) {
            this.capture = capture;
            this.name = name;
        }

        @Override
        public void log(LoggingEvent event) {
            breakWhereAsked();
            Map<String, Object> values = new LinkedHashMap<>();
            List<KeyValuePair> pairs = event.getKeyValuePairs();
            for (KeyValuePair pair : pairs == null ? List.<KeyValuePair>of() : pairs) {
                values.put(pair.key, pair.value);
            }
            capture.entries.add(new Entry(name, event.getLevel(), event.getMessage(), values, event.getThrowable()));
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String messagePattern,
                Object @Nullable [] arguments,
                @Nullable Throwable throwable) {
            breakWhereAsked();
            List<Object> shown = arguments == null ? List.of() : new ArrayList<>(List.of(arguments));
            capture.entries.add(new Entry(name, level, messagePattern + " " + shown, Map.of(), throwable));
        }

        private void breakWhereAsked() {
            if (capture.broken) {
                throw new IllegalStateException("the log is broken");
            }
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        public boolean isTraceEnabled() {
            return capture.wants(Level.TRACE);
        }

        @Override
        public boolean isDebugEnabled() {
            return capture.wants(Level.DEBUG);
        }

        @Override
        public boolean isInfoEnabled() {
            return capture.wants(Level.INFO);
        }

        @Override
        public boolean isWarnEnabled() {
            return capture.wants(Level.WARN);
        }

        @Override
        public boolean isErrorEnabled() {
            return capture.wants(Level.ERROR);
        }
    }
}
