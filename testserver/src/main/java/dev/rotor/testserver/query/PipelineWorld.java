package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.ServerVersion;
import java.util.List;

/** What stages see beyond the documents that come to them. */
public interface PipelineWorld {
    /** The version whose stages there are. */
    ServerVersion version();

    /** The documents of a collection or view of the pipeline's database; none if there is no such collection. */
    List<Document> documents(String collection);

    /** Nothing but documents: for updates, and for events of change streams. */
    static PipelineWorld nothing(ServerVersion version) {
        return new PipelineWorld() {
            @Override
            public ServerVersion version() {
                return version;
            }

            @Override
            public List<Document> documents(String collection) {
                throw new CommandError(ErrorCode.ILLEGAL_OPERATION, "no other collection can be read here");
            }
        };
    }
}
