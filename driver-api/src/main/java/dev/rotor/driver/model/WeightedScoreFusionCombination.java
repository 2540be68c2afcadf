package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;

/** The scores of several pipelines become one by weights. */
public final class WeightedScoreFusionCombination extends ScoreFusionCombination {

    WeightedScoreFusionCombination(WritableBson content) {
        super(content);
    }

    /**
     * Takes the average of the weighted scores.
     *
     * @return a changed copy
     */
    public WeightedScoreFusionCombination avg() {
        return new WeightedScoreFusionCombination(Joined.with(content(), "method", Literal.of("avg")));
    }
}
