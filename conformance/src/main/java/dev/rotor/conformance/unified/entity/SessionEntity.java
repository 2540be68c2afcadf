package dev.rotor.conformance.unified.entity;

import dev.rotor.driver.ClientSession;
import org.bson.BsonDocument;

/**
 * A session of a case.
 *
 * @param session the session
 * @param client whose it is
 * @param lsid its identifier, which cases ask for also after the session has ended
 */
public record SessionEntity(ClientSession session, ClientEntity client, BsonDocument lsid) {}
