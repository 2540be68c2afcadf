package dev.rotor.testserver.stream;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.ServerVersion;
import dev.rotor.testserver.query.Values;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code $changeStream} was told.
 *
 * @param fullDocument {@code default}, {@code updateLookup}, {@code whenAvailable} or {@code required}
 * @param before {@code off}, {@code whenAvailable} or {@code required}
 * @param wholeCluster whether all databases are watched
 * @param expanded whether events of commands are shown as well
 * @param start the place after which it starts, or null for now
 * @param version decides which events and fields there are
 */
record StreamOptions(
        String fullDocument,
        String before,
        boolean wholeCluster,
        boolean expanded,
        @Nullable ResumeToken start,
        ServerVersion version) {
    private static final Set<String> KNOWN =
            Set.of("fullDocument", "resumeAfter", "startAfter", "startAtOperationTime", "allChangesForCluster");
    private static final Set<String> LATER = Set.of(
            "fullDocumentBeforeChange",
            "showExpandedEvents",
            "showSystemEvents",
            "showRawUpdateDescription",
            "showMigrationEvents",
            "allowToRunOnConfigDB",
            "allowToRunOnSystemNS");
    private static final Set<String> LOOKUPS = Set.of("default", "updateLookup", "whenAvailable", "required");

    static StreamOptions of(@Nullable Object spec, ServerVersion version) {
        if (!(spec instanceof Document given)) {
            throw new CommandError(50808, "$changeStream stage expects a document as argument");
        }
        for (String name : given.keySet()) {
            if (!KNOWN.contains(name) && !(LATER.contains(name) && version.atLeast(6, 0))) {
                throw new CommandError(40415, "BSON field '$changeStream." + name + "' is an unknown field.");
            }
        }
        String full = String.valueOf(given.getOrDefault("fullDocument", "default"));
        String before = String.valueOf(given.getOrDefault("fullDocumentBeforeChange", "off"));
        boolean images = full.equals("whenAvailable") || full.equals("required");
        if (!LOOKUPS.contains(full) || (images && !version.atLeast(6, 0))) {
            throw notValid(full, "fullDocument");
        }
        if (!Set.of("off", "whenAvailable", "required").contains(before)) {
            throw notValid(before, "fullDocumentBeforeChange");
        }
        return new StreamOptions(
                full,
                before,
                Values.isTrue(given.get("allChangesForCluster")),
                Values.isTrue(given.get("showExpandedEvents")),
                start(given),
                version);
    }

    private static CommandError notValid(String value, String field) {
        return new CommandError(
                ErrorCode.BAD_VALUE,
                "Enumeration value '" + value + "' for field '$changeStream." + field + "' is not a valid value.");
    }

    private static @Nullable ResumeToken start(Document given) {
        long ways = Stream.of("resumeAfter", "startAfter", "startAtOperationTime")
                .filter(given::containsKey)
                .count();
        if (ways > 1) {
            throw new CommandError(40674, "Only one type of resume option is allowed, but multiple were found.");
        }
        if (given.get("startAtOperationTime") instanceof BsonTimestamp time) {
            return ResumeToken.highWater(time.getValue() - 1);
        }
        if (given.containsKey("resumeAfter")) {
            ResumeToken token = ResumeToken.of(given.get("resumeAfter"));
            if (token.invalidate()) {
                throw new CommandError(
                        260,
                        "Attempting to resume a change stream using 'resumeAfter' is not allowed from an invalidate notification.");
            }
            return token;
        }
        return given.containsKey("startAfter") ? ResumeToken.of(given.get("startAfter")) : null;
    }
}
