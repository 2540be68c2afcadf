package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;

/** Options of {@code $scoreFusion}. Immutable: every method returns a changed copy. */
public final class ScoreFusionOptions extends Shaped {

    private static final ScoreFusionOptions EMPTY = new ScoreFusionOptions(Shape.EMPTY);

    private final Shape shape;

    private ScoreFusionOptions(Shape shape) {
        super(shape);
        this.shape = shape;
    }

    /**
     * Options of which none is set: everything is left to the server.
     *
     * @return the options
     */
    public static ScoreFusionOptions scoreFusionOptions() {
        return EMPTY;
    }

    /**
     * Sets how the scores of the pipelines become one.
     *
     * @param combination the way
     * @return a changed copy
     */
    public ScoreFusionOptions combination(ScoreFusionCombination combination) {
        return new ScoreFusionOptions(shape.with("combination", Require.nonNull("combination", combination)));
    }

    /**
     * Sets whether metadata tell how the score came about.
     *
     * @param scoreDetails whether they do
     * @return a changed copy
     */
    public ScoreFusionOptions scoreDetails(boolean scoreDetails) {
        return new ScoreFusionOptions(shape.with("scoreDetails", Literal.of(scoreDetails)));
    }

    /**
     * Sets an option that has no method here yet.
     *
     * @param name its name
     * @param value its value, of any type that the codec registry knows
     * @return a changed copy
     */
    public ScoreFusionOptions option(String name, Object value) {
        return new ScoreFusionOptions(shape.with(Require.path("name", name), Require.nonNull("value", value)));
    }
}
