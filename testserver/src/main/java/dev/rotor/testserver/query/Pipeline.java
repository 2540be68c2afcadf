package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stages that turn documents into documents. Stages that bring documents forth ({@code $documents},
 * {@code $changeStream}) or write them ({@code $out}, {@code $merge}) belong to the command.
 */
public final class Pipeline {
    private static final Set<String> IN_UPDATES =
            Set.of("$addFields", "$set", "$project", "$unset", "$replaceRoot", "$replaceWith");

    private final List<UnaryOperator<List<Document>>> stages;

    private Pipeline(List<UnaryOperator<List<Document>>> stages) {
        this.stages = stages;
    }

    /**
     * Reads stages.
     *
     * @throws CommandError 40324 for a stage that no server knows, 238 for one that this server lacks
     */
    public static Pipeline of(List<?> stages, Variables variables, Collation collation, PipelineWorld world) {
        List<UnaryOperator<List<Document>>> read = new ArrayList<>();
        for (Object each : stages) {
            Document stage = single(each);
            String name = stage.keySet().iterator().next();
            read.add(Stages.of(name, stage.get(name), new Stages.Surroundings(variables, collation, world)));
        }
        return new Pipeline(read);
    }

    /**
     * Looks at the names of stages alone, which a server does when it takes in the command.
     *
     * @throws CommandError 40324 for a stage that no server knows
     */
    public static void checkNames(List<?> stages) {
        for (Object each : stages) {
            String name = single(each).keySet().iterator().next();
            if (!Stages.isKnown(name)) {
                throw Stages.unrecognized(name);
            }
        }
    }

    /** Reads the pipeline of an update. */
    static Pipeline ofUpdate(List<?> stages, Variables variables, ServerVersion version) {
        for (Object each : stages) {
            String name = single(each).keySet().iterator().next();
            if (!IN_UPDATES.contains(name)) {
                if (!Stages.isKnown(name)) {
                    throw Stages.unrecognized(name);
                }
                throw new CommandError(ErrorCode.INVALID_OPTIONS, name + " is not allowed to be used within an update");
            }
        }
        return of(stages, variables, Collation.SIMPLE, PipelineWorld.nothing(version));
    }

    /** A stage, which is an object with one field. */
    public static Document single(@Nullable Object stage) {
        if (!(stage instanceof Document document)) {
            throw new CommandError(ErrorCode.TYPE_MISMATCH, "Each element of the 'pipeline' array must be an object");
        }
        if (document.size() != 1) {
            throw new CommandError(40323, "A pipeline stage specification object must contain exactly one field.");
        }
        return document;
    }

    public boolean isEmpty() {
        return stages.isEmpty();
    }

    /** What comes out at the end. The documents put in are not changed. */
    public List<Document> run(List<Document> documents) {
        List<Document> current = documents;
        for (UnaryOperator<List<Document>> stage : stages) {
            try {
                current = stage.apply(current);
            } catch (RuntimeException failure) {
                throw Failures.of(failure);
            }
        }
        return current;
    }

    Document runOn(Document document) {
        List<Document> one = run(List.of(document.cloneDeeply()));
        return one.isEmpty() ? new Document() : one.get(0);
    }
}
