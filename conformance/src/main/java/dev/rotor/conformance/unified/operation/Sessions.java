package dev.rotor.conformance.unified.operation;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.core.client.SessionInsight;

/** What the specification's tests ask of a session that no user needs to know. */
final class Sessions {

    private Sessions() {}

    /** Whether it is pinned to a mongos, or to a connection. */
    static boolean isPinned(ClientSession session) {
        return session.pinnedServer() != null;
    }

    /** Whether its server session will not go back to the pool. */
    static boolean isDirty(ClientSession session) {
        return SessionInsight.isDirty(session);
    }
}
