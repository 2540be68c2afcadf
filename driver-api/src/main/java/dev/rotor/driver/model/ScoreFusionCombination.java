package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.conversions.Bson;

/** How the scores of several pipelines become one. */
public sealed class ScoreFusionCombination extends Shaped permits WeightedScoreFusionCombination {

    ScoreFusionCombination(WritableBson content) {
        super(content);
    }

    /**
     * By weights, which are 1 where none is given.
     *
     * @param weights the names of pipelines, and their weights
     * @return the combination
     */
    public static WeightedScoreFusionCombination weighted(Bson weights) {
        return new WeightedScoreFusionCombination(Shape.of("weights", Require.nonNull("weights", weights)));
    }

    /**
     * By an expression.
     *
     * @param expression the expression, in which {@code $$name} is the score of a pipeline
     * @return the combination
     */
    public static ScoreFusionCombination expression(Bson expression) {
        return new ScoreFusionCombination(Shape.of("method", Literal.of("expression"))
                .with("expression", Require.nonNull("expression", expression)));
    }
}
