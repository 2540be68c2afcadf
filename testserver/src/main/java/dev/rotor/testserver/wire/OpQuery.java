package dev.rotor.testserver.wire;

import de.bwaldvogel.mongo.bson.Document;

/**
 * The query of a client that does not know yet whether the server speaks OP_MSG.
 *
 * @param requestId the id the reply refers to
 * @param collection {@code database.$cmd} for a command
 * @param query the command or the filter
 * @param packing how it was compressed
 */
public record OpQuery(int requestId, String collection, Document query, Packing packing) implements Message {

    static final int OPCODE = 2004;

    private static final String COMMAND_SUFFIX = ".$cmd";

    /** Whether it is a command, not a legacy find. */
    public boolean isCommand() {
        return collection.endsWith(COMMAND_SUFFIX);
    }

    /** The database the command is for. */
    public String database() {
        int dot = collection.indexOf('.');
        return dot < 0 ? collection : collection.substring(0, dot);
    }
}
