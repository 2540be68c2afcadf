package dev.rotor.monitoring.slf4j;

import dev.rotor.driver.ContextCarrier;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Carries the mapped diagnostic context of SLF4J from the call of an operation to its completions and to the listeners
 * that hear of its commands, so that their lines show who asked.
 *
 * <p>A call without any context is carried too: its lines show none, whatever the thread that writes them had. What
 * that thread had before is put back afterwards.
 *
 * <p>Each call copies the caller's map; so does each completion and each event, twice. Where the map is empty nothing
 * is copied.
 */
public final class MdcContextCarrier implements ContextCarrier {

    private static final Snapshot EMPTY = () -> restore(null);

    /** A carrier; it has no state, so that one does for all clients. */
    public MdcContextCarrier() {}

    @Override
    public Snapshot capture() {
        Map<String, String> captured = MDC.getCopyOfContextMap();
        return captured == null || captured.isEmpty() ? EMPTY : () -> restore(captured);
    }

    private static Scope restore(@Nullable Map<String, String> context) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        bind(context);
        return () -> bind(before);
    }

    private static void bind(@Nullable Map<String, String> context) {
        if (context == null || context.isEmpty()) {
            MDC.clear();
        } else {
            MDC.setContextMap(context);
        }
    }
}
