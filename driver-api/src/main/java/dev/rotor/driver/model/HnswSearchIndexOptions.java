package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;

/** The options of the HNSW graph of a vector index. Immutable: every method returns a changed copy. */
public final class HnswSearchIndexOptions extends Shaped {

    /** Everything is left to the server. */
    public static final HnswSearchIndexOptions DEFAULT = new HnswSearchIndexOptions(Shape.EMPTY);

    private final Shape shape;

    private HnswSearchIndexOptions(Shape shape) {
        super(shape);
        this.shape = shape;
    }

    /**
     * Sets how many connections a node has at most.
     *
     * @param maxEdges by default 16
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public HnswSearchIndexOptions maxEdges(int maxEdges) {
        return new HnswSearchIndexOptions(shape.with("maxEdges", Literal.of(Require.atLeast("maxEdges", maxEdges, 1))));
    }

    /**
     * Sets how many candidates are looked at for the connections of a new node.
     *
     * @param numEdgeCandidates by default 100
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public HnswSearchIndexOptions numEdgeCandidates(int numEdgeCandidates) {
        return new HnswSearchIndexOptions(shape.with(
                "numEdgeCandidates", Literal.of(Require.atLeast("numEdgeCandidates", numEdgeCandidates, 1))));
    }
}
