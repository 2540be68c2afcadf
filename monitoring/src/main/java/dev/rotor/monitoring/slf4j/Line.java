package dev.rotor.monitoring.slf4j;

import dev.rotor.driver.ServerAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line of the log: key-value pairs, under the names that the specifications' log messages have, and a text. Made
 * only where the level is on.
 */
final class Line {

    private LoggingEventBuilder event;

    /**
     * Begins a line.
     *
     * @param name which event: the name of the listener's method
     */
    Line(Logger logger, Level level, String name) {
        event = logger.atLevel(level).addKeyValue("event", name);
    }

    /** Adds a value, unless it is {@code null}. */
    Line with(String key, @Nullable Object value) {
        if (value != null) {
            event = event.addKeyValue(key, value instanceof String text ? OneLine.escaped(text) : value);
        }
        return this;
    }

    /** Adds {@code serverHost}, and {@code serverPort} unless it is a Unix domain socket. */
    Line server(ServerAddress server) {
        with("serverHost", server.host());
        return with("serverPort", server.isUnixSocket() ? null : server.port());
    }

    /** Adds a connection's number, unless it is negative, which is: not known. */
    Line id(String key, long id) {
        return with(key, id < 0 ? null : id);
    }

    /** Adds {@code durationMS}, to the microsecond. */
    Line duration(Duration elapsed) {
        return with("durationMS", millis(elapsed));
    }

    /** Writes it. */
    void say(String text) {
        event.log(OneLine.escaped(text));
    }

    static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e3) / 1e3;
    }
}
