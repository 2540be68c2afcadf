package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.time.Instant;
import org.bson.conversions.Bson;

/** Which values {@code $densify} makes sure that there are. */
public final class DensifyRange extends Shaped {

    private DensifyRange(WritableBson content) {
        super(content);
    }

    /**
     * From the smallest number of all documents to the largest.
     *
     * @param step the distance between neighbours
     * @return the range
     */
    public static DensifyRange fullRangeWithStep(Number step) {
        return new DensifyRange(Shape.of("bounds", Literal.of("full")).with("step", Require.nonNull("step", step)));
    }

    /**
     * From the smallest number of each partition to the largest.
     *
     * @param step the distance between neighbours
     * @return the range
     */
    public static DensifyRange partitionRangeWithStep(Number step) {
        return new DensifyRange(
                Shape.of("bounds", Literal.of("partition")).with("step", Require.nonNull("step", step)));
    }

    /**
     * From one number to another.
     *
     * @param l where the range begins
     * @param u where the range ends
     * @param step the distance between neighbours
     * @return the range
     */
    public static DensifyRange rangeWithStep(Number l, Number u, Number step) {
        return new DensifyRange(Shape.of("bounds", Items.of(Require.nonNull("l", l), Require.nonNull("u", u)))
                .with("step", Require.nonNull("step", step)));
    }

    /**
     * From the first date of all documents to the last.
     *
     * @param step the distance between neighbours
     * @param unit the unit of the step
     * @return the range
     */
    public static DensifyRange fullRangeWithStep(long step, MongoTimeUnit unit) {
        return new DensifyRange(Shape.of("bounds", Literal.of("full"))
                .with("step", Literal.of(step))
                .with("unit", Literal.of(unit(unit))));
    }

    /**
     * From the first date of each partition to the last.
     *
     * @param step the distance between neighbours
     * @param unit the unit of the step
     * @return the range
     */
    public static DensifyRange partitionRangeWithStep(long step, MongoTimeUnit unit) {
        return new DensifyRange(Shape.of("bounds", Literal.of("partition"))
                .with("step", Literal.of(step))
                .with("unit", Literal.of(unit(unit))));
    }

    /**
     * From one date to another.
     *
     * @param l where the range begins
     * @param u where the range ends
     * @param step the distance between neighbours
     * @param unit the unit of the step
     * @return the range
     */
    public static DensifyRange rangeWithStep(Instant l, Instant u, long step, MongoTimeUnit unit) {
        return new DensifyRange(Shape.of("bounds", Items.of(Require.nonNull("l", l), Require.nonNull("u", u)))
                .with("step", Literal.of(step))
                .with("unit", Literal.of(unit(unit))));
    }

    /**
     * A range of a kind that has no factory here yet.
     *
     * @param range the range
     * @return the range
     */
    public static DensifyRange of(Bson range) {
        return new DensifyRange(Joined.of(Require.nonNull("range", range)));
    }

    private static String unit(MongoTimeUnit unit) {
        return Require.nonNull("unit", unit).wireName();
    }
}
