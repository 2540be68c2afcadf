package dev.rotor.driver.core.client;

import dev.rotor.driver.ClientSession;

/** What the specification's tests ask of a session, and the public API does not tell. */
public final class SessionInsight {

    private SessionInsight() {}

    /** Whether the session's server session will not go back to the pool, because a network error has hit it. */
    public static boolean isDirty(ClientSession session) {
        if (!(session instanceof RotorSession ours)) {
            throw new IllegalArgumentException("not a session of this driver: " + session);
        }
        return ours.bound().isDirty();
    }
}
