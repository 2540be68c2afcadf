package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.storage.Namespace;
import java.util.List;

/** An aggregate that begins with {@code $changeStream}. */
final class ChangeStreams {
    private ChangeStreams() {}

    static Document open(Call call, Namespace namespace, List<?> stages, Collation collation, int batchSize) {
        if (call.request().server().deployment() == DeploymentKind.STANDALONE) {
            throw new CommandError(40573, "The $changeStream stage is only supported on replica sets");
        }
        throw new CommandError(238, "not yet");
    }
}
