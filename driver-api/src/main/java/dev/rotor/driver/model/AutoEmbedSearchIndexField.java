package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.conversions.Bson;

/**
 * A field that the server makes vectors of, in a vector index. Immutable: every method returns a changed copy. The
 * server requires modality and model.
 */
public final class AutoEmbedSearchIndexField extends Shaped {

    private final Shape shape;

    AutoEmbedSearchIndexField(Shape shape) {
        super(shape);
        this.shape = shape;
    }

    /**
     * Sets what the field holds.
     *
     * @param modality for example {@code "text"}
     * @return a changed copy
     */
    public AutoEmbedSearchIndexField modality(String modality) {
        return new AutoEmbedSearchIndexField(shape.with("modality", Literal.of(Require.path("modality", modality))));
    }

    /**
     * Sets which model makes the vectors.
     *
     * @param model its name
     * @return a changed copy
     */
    public AutoEmbedSearchIndexField model(String model) {
        return new AutoEmbedSearchIndexField(shape.with("model", Literal.of(Require.path("model", model))));
    }

    /**
     * Sets how many dimensions the vectors have.
     *
     * @param numDimensions how many
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public AutoEmbedSearchIndexField numDimensions(int numDimensions) {
        return new AutoEmbedSearchIndexField(
                shape.with("numDimensions", Literal.of(Require.atLeast("numDimensions", numDimensions, 1))));
    }

    /**
     * Sets how vectors are made smaller.
     *
     * @param quantization {@code "none"}, {@code "scalar"} or {@code "binary"}
     * @return a changed copy
     */
    public AutoEmbedSearchIndexField quantization(String quantization) {
        return new AutoEmbedSearchIndexField(
                shape.with("quantization", Literal.of(Require.path("quantization", quantization))));
    }

    /**
     * Sets how near vectors are measured to be.
     *
     * @param similarity {@code "euclidean"}, {@code "cosine"} or {@code "dotProduct"}
     * @return a changed copy
     */
    public AutoEmbedSearchIndexField similarity(String similarity) {
        return new AutoEmbedSearchIndexField(
                shape.with("similarity", Literal.of(Require.path("similarity", similarity))));
    }

    /**
     * Sets how the index is organised.
     *
     * @param indexingMethod {@code "hnsw"}, which is the default, or {@code "flat"}
     * @return a changed copy
     */
    public AutoEmbedSearchIndexField indexingMethod(String indexingMethod) {
        return new AutoEmbedSearchIndexField(
                shape.with("indexingMethod", Literal.of(Require.path("indexingMethod", indexingMethod))));
    }

    /**
     * Sets the options of the HNSW graph.
     *
     * @param hnswOptions for example {@link HnswSearchIndexOptions}
     * @return a changed copy
     */
    public AutoEmbedSearchIndexField hnswOptions(Bson hnswOptions) {
        return new AutoEmbedSearchIndexField(shape.with("hnswOptions", Require.nonNull("hnswOptions", hnswOptions)));
    }
}
