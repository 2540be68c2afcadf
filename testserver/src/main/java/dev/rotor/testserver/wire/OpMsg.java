package dev.rotor.testserver.wire;

import de.bwaldvogel.mongo.bson.Document;

/**
 * A command in OP_MSG.
 *
 * @param requestId the id the reply refers to
 * @param moreToCome no reply is wanted
 * @param exhaustAllowed several replies are taken
 * @param checksum the message ended with a checksum, and so shall the reply
 * @param body the command; document sequences stand in it as lists
 * @param packing how it was compressed
 */
public record OpMsg(
        int requestId, boolean moreToCome, boolean exhaustAllowed, boolean checksum, Document body, Packing packing)
        implements Message {

    static final int OPCODE = 2013;

    static final int CHECKSUM_PRESENT = 1;
    static final int MORE_TO_COME = 1 << 1;
    static final int EXHAUST_ALLOWED = 1 << 16;

    /** Bits that a receiver must understand. */
    static final int REQUIRED_BITS = 0xffff;
}
