package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;

/** Options of {@code $score}. Immutable: every method returns a changed copy. */
public final class ScoreOptions extends Shaped {

    private static final ScoreOptions EMPTY = new ScoreOptions(Shape.EMPTY);

    private final Shape shape;

    private ScoreOptions(Shape shape) {
        super(shape);
        this.shape = shape;
    }

    /**
     * Options of which none is set: everything is left to the server.
     *
     * @return the options
     */
    public static ScoreOptions scoreOptions() {
        return EMPTY;
    }

    /**
     * Sets how the score is brought into the range from 0 to 1.
     *
     * @param normalization the way
     * @return a changed copy
     */
    public ScoreOptions normalization(ScoreNormalization normalization) {
        return new ScoreOptions(shape.with(
                "normalization",
                Literal.of(Require.nonNull("normalization", normalization).wireName())));
    }

    /**
     * Sets by what the score is multiplied.
     *
     * @param weight from 0 to 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is not between 0 and 1
     */
    public ScoreOptions weight(double weight) {
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("weight must be between 0 and 1, not " + weight);
        }
        return new ScoreOptions(shape.with("weight", Literal.of(weight)));
    }

    /**
     * Sets whether metadata tell how the score came about.
     *
     * @param scoreDetails whether they do
     * @return a changed copy
     */
    public ScoreOptions scoreDetails(boolean scoreDetails) {
        return new ScoreOptions(shape.with("scoreDetails", Literal.of(scoreDetails)));
    }
}
