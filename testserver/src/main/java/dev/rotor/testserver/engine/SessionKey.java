package dev.rotor.testserver.engine;

import java.util.UUID;

/**
 * Which session: the id the client made up, and whose it is.
 *
 * @param id {@code lsid.id}
 * @param user {@code user@db} of the authenticated user, or empty without authentication: equal ids of two users are
 *     two sessions
 */
public record SessionKey(UUID id, String user) {}
