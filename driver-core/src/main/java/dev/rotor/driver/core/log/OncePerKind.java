package dev.rotor.driver.core.log;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers of which kinds something has been said already, so that a broken listener does not flood the log. */
public final class OncePerKind {

    private final Set<Object> seen = ConcurrentHashMap.newKeySet();

    /** Nothing has been said yet. */
    public OncePerKind() {}

    /** Whether this kind is asked about for the first time. */
    public boolean first(Object kind) {
        return seen.add(kind);
    }
}
