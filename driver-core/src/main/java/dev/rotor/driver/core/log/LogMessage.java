package dev.rotor.driver.core.log;

import dev.rotor.driver.ServerAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** One message: its values, which are collected first, and then said. Made only for a logger that wants it. */
public final class LogMessage {

    private final LogTemplate template;
    private final Map<String, Object> values = new LinkedHashMap<>();

    LogMessage(LogTemplate template, String topologyId) {
        this.template = template;
        values.put("message", template.message());
        values.put("topologyId", topologyId);
    }

    /** Adds a value, unless it is {@code null}. */
    public LogMessage with(String key, @Nullable Object value) {
        if (value != null) {
            values.put(key, value);
        }
        return this;
    }

    /** Adds {@code serverHost}, and {@code serverPort} unless it is a Unix domain socket. */
    public LogMessage server(ServerAddress server) {
        with("serverHost", server.host());
        return with("serverPort", server.isUnixSocket() ? null : server.port());
    }

    /** Adds {@code durationMS}, to the microsecond. */
    public LogMessage duration(long nanos) {
        return with("durationMS", Math.round(nanos / 1e3) / 1e3);
    }

    /** Adds a connection's number, unless it is negative, which is: not known. */
    public LogMessage id(String key, long id) {
        return with(key, id < 0 ? null : id);
    }

    /** Writes it. */
    public void log(Logger logger, Level level) {
        LoggingEventBuilder event = logger.atLevel(level);
        for (Map.Entry<String, Object> value : values.entrySet()) {
            event = event.addKeyValue(value.getKey(), value.getValue());
        }
        event.log(template.text(values));
    }
}
