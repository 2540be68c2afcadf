package dev.rotor.testserver.topology;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import dev.rotor.testserver.engine.MemberRole;
import java.util.HexFormat;

/**
 * What one member knows of its deployment at a moment.
 *
 * @param role what it is itself
 * @param processId made anew at each start
 * @param counter grows with every change of this view
 * @param primary number of the primary as far as the member knows, or -1
 * @param term number of the last election the member has heard of
 */
public record MemberView(MemberRole role, ObjectId processId, long counter, int primary, long term) {

    /** The {@code topologyVersion} of hello and of errors that tell of a change. */
    public Document topologyVersion() {
        return new Document("processId", processId).append("counter", counter);
    }

    /** As the server builds it: grows with the term, and sorts above ids made from time. */
    public ObjectId electionId() {
        byte[] bytes = HexFormat.of().parseHex(String.format("7fffffff%016x", term));
        return new ObjectId(bytes);
    }
}
