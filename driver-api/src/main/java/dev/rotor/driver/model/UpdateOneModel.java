package dev.rotor.driver.model;

import java.util.List;
import java.util.Objects;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Updates the first document that matches.
 *
 * <p>The change is either one document of update operators or a pipeline; the constructors take one of them. What holds
 * for the whole bulk write ({@code let}, {@code comment}, {@code bypassDocumentValidation}) is said in
 * {@link BulkWriteOptions}.
 *
 * @param filter which document
 * @param update a document of update operators, or {@code null} when there is a pipeline
 * @param pipeline the stages of an update pipeline, at least one, or {@code null} when there is an update document
 * @param options how
 * @param <T> what documents of the collection are read and written as
 */
public record UpdateOneModel<T>(
        Bson filter, @Nullable Bson update, @Nullable List<Bson> pipeline, UpdateOptions options)
        implements WriteModel<T> {

    public UpdateOneModel {
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(options, "options");
        pipeline = ModelCheck.update(update, pipeline);
        ModelCheck.updateOne(options);
    }

    /**
     * An update by operators.
     *
     * @param filter which document
     * @param update a document of update operators
     */
    public UpdateOneModel(Bson filter, Bson update) {
        this(filter, update, UpdateOptions.DEFAULT);
    }

    /**
     * An update by operators.
     *
     * @param filter which document
     * @param update a document of update operators
     * @param options how
     * @throws IllegalArgumentException if an option does not apply to one write of a bulk
     */
    public UpdateOneModel(Bson filter, Bson update, UpdateOptions options) {
        this(filter, Objects.requireNonNull(update, "update"), null, options);
    }

    /**
     * An update by a pipeline.
     *
     * @param filter which document
     * @param pipeline the stages, at least one
     */
    public UpdateOneModel(Bson filter, List<? extends Bson> pipeline) {
        this(filter, pipeline, UpdateOptions.DEFAULT);
    }

    /**
     * An update by a pipeline.
     *
     * @param filter which document
     * @param pipeline the stages, at least one
     * @param options how
     * @throws IllegalArgumentException if the pipeline is empty, or an option does not apply to one write of a bulk
     */
    public UpdateOneModel(Bson filter, List<? extends Bson> pipeline, UpdateOptions options) {
        this(filter, null, List.copyOf(pipeline), options);
    }
}
