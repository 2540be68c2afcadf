package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.conversions.Bson;

/** A field that holds vectors, in a vector index. Immutable: every method returns a changed copy. */
public final class VectorSearchIndexField extends Shaped {

    private final Shape shape;

    VectorSearchIndexField(Shape shape) {
        super(shape);
        this.shape = shape;
    }

    /**
     * Sets how many dimensions the vectors have.
     *
     * @param numDimensions how many
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public VectorSearchIndexField numDimensions(int numDimensions) {
        return new VectorSearchIndexField(
                shape.with("numDimensions", Literal.of(Require.atLeast("numDimensions", numDimensions, 1))));
    }

    /**
     * Sets how near vectors are measured to be.
     *
     * @param similarity {@code "euclidean"}, {@code "cosine"} or {@code "dotProduct"}
     * @return a changed copy
     */
    public VectorSearchIndexField similarity(String similarity) {
        return new VectorSearchIndexField(shape.with("similarity", Literal.of(Require.path("similarity", similarity))));
    }

    /**
     * Sets how vectors are made smaller.
     *
     * @param quantization {@code "none"}, {@code "scalar"} or {@code "binary"}
     * @return a changed copy
     */
    public VectorSearchIndexField quantization(String quantization) {
        return new VectorSearchIndexField(
                shape.with("quantization", Literal.of(Require.path("quantization", quantization))));
    }

    /**
     * Sets how the index is organised.
     *
     * @param indexingMethod {@code "hnsw"}, which is the default, or {@code "flat"}
     * @return a changed copy
     */
    public VectorSearchIndexField indexingMethod(String indexingMethod) {
        return new VectorSearchIndexField(
                shape.with("indexingMethod", Literal.of(Require.path("indexingMethod", indexingMethod))));
    }

    /**
     * Sets the options of the HNSW graph.
     *
     * @param hnswOptions for example {@link HnswSearchIndexOptions}
     * @return a changed copy
     */
    public VectorSearchIndexField hnswOptions(Bson hnswOptions) {
        return new VectorSearchIndexField(shape.with("hnswOptions", Require.nonNull("hnswOptions", hnswOptions)));
    }
}
