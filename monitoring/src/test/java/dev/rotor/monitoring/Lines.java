package dev.rotor.monitoring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** What is written to one logger, and those under it, while this is open. */
// Tests of two packages share it; nobody else sees it.
@SuppressWarnings("exports")
public final class Lines implements AutoCloseable {

    private final List<ILoggingEvent> all = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            all.add(event);
        }
    };

    /** Opens a logger at a level. */
    public Lines(String name, Level level) {
        logger = (Logger) LoggerFactory.getLogger(name);
        logger.setLevel(level);
        appender.start();
        logger.addAppender(appender);
    }

    /** The events so far. */
    public List<ILoggingEvent> all() {
        return List.copyOf(all);
    }

    /** The texts so far. */
    public List<String> texts() {
        return all.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** The only one so far. */
    public ILoggingEvent one() {
        if (all.size() != 1) {
            throw new AssertionError("not one line but " + texts());
        }
        return all.get(0);
    }

    /** A value of an event; {@code "absent"} where there is none. */
    public static Object value(ILoggingEvent event, String key) {
        List<KeyValuePair> pairs = Objects.requireNonNullElse(event.getKeyValuePairs(), List.of());
        return pairs.stream()
                .filter(pair -> pair.key.equals(key))
                .map(pair -> pair.value)
                .findAny()
                .orElse("absent");
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(null);
        appender.stop();
    }
}
