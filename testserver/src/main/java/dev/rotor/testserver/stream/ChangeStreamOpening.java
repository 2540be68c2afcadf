package dev.rotor.testserver.stream;

import dev.rotor.testserver.cursor.CursorSource;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.ServerVersion;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.query.Pipeline;
import dev.rotor.testserver.query.PipelineWorld;
import dev.rotor.testserver.query.Variables;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.Store;
import java.util.List;
import java.util.Set;

/** Opens change streams. */
public final class ChangeStreamOpening {
    private static final Set<String> PERMITTED =
            Set.of("$match", "$project", "$addFields", "$set", "$unset", "$replaceRoot", "$replaceWith", "$redact");
    private static final String SPLIT = "$changeStreamSplitLargeEvent";

    private ChangeStreamOpening() {}

    /**
     * A change stream.
     *
     * @param namespace what the aggregate names; its collection begins with a dollar sign if it names a database
     * @param stages the pipeline, which begins with {@code $changeStream}
     */
    public static CursorSource open(
            Store store, Namespace namespace, List<?> stages, Collation collation, ServerVersion version) {
        StreamOptions options = StreamOptions.of(Pipeline.single(stages.get(0)).get("$changeStream"), version);
        StreamScope scope = scope(namespace, options);
        List<?> rest = stages.subList(1, stages.size());
        boolean split = !rest.isEmpty()
                && Pipeline.single(rest.get(rest.size() - 1)).containsKey(SPLIT)
                && version.atLeast(6, 0);
        if (split) {
            rest = rest.subList(0, rest.size() - 1);
        }
        Pipeline pipeline =
                Pipeline.of(rest, Variables.let(null, store.now()), collation, PipelineWorld.nothing(version));
        for (Object each : rest) {
            String name = Pipeline.single(each).keySet().iterator().next();
            if (!PERMITTED.contains(name)) {
                throw new CommandError(
                        ErrorCode.ILLEGAL_OPERATION, name + " is not permitted in a $changeStream pipeline");
            }
        }
        ResumeToken start = options.start() == null ? ResumeToken.highWater(store.now()) : options.start();
        return new ChangeStreamSource(store, scope, options, pipeline, split, start);
    }

    private static StreamScope scope(Namespace namespace, StreamOptions options) {
        boolean admin = namespace.database().equals("admin");
        boolean collection = !namespace.collection().startsWith("$");
        if (options.wholeCluster()) {
            if (!admin || collection) {
                throw new CommandError(
                        ErrorCode.INVALID_OPTIONS,
                        "A $changeStream with 'allChangesForCluster:true' may only be opened on the 'admin' database, and with no collection name; found "
                                + namespace);
            }
            return new StreamScope(null, null);
        }
        if (admin
                || namespace.database().equals("local")
                || namespace.database().equals("config")) {
            throw new CommandError(
                    ErrorCode.INVALID_NAMESPACE,
                    "$changeStream may not be opened on the internal " + namespace.database() + " database");
        }
        return new StreamScope(namespace.database(), collection ? namespace.collection() : null);
    }
}
