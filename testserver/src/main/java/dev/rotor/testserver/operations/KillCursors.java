package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.query.Values;
import java.util.ArrayList;
import java.util.List;

/** {@code killCursors}. */
final class KillCursors implements Command {
    static final Arguments ARGUMENTS = Arguments.of("killCursors", "cursors");

    @Override
    public Document run(Call call) {
        List<Object> killed = new ArrayList<>();
        List<Object> notFound = new ArrayList<>();
        for (Object each : call.list("cursors")) {
            if (!(each instanceof Long id)) {
                throw new CommandError(
                        ErrorCode.TYPE_MISMATCH,
                        "BSON field 'killCursors.cursors.0' is the wrong type '" + Values.typeName(each)
                                + "', expected type 'long'");
            }
            (call.cursors().kill(id, call.request().server().member()) ? killed : notFound).add(id);
        }
        return new Document("cursorsKilled", killed)
                .append("cursorsNotFound", notFound)
                .append("cursorsAlive", new ArrayList<>())
                .append("cursorsUnknown", new ArrayList<>());
    }
}
