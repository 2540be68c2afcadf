package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.util.List;

/** Options of {@code $densify}. Immutable: every method returns a changed copy. */
public final class DensifyOptions extends Shaped {

    private static final DensifyOptions EMPTY = new DensifyOptions(Shape.EMPTY);

    private final Shape shape;

    private DensifyOptions(Shape shape) {
        super(shape);
        this.shape = shape;
    }

    /**
     * Options of which none is set: everything is left to the server.
     *
     * @return the options
     */
    public static DensifyOptions densifyOptions() {
        return EMPTY;
    }

    /**
     * Sets the fields that divide the documents into partitions.
     *
     * @param fields the fields; none at all for one partition of everything
     * @return a changed copy
     */
    public DensifyOptions partitionByFields(String... fields) {
        return partitionByFields(Require.<String>all("fields", fields));
    }

    /**
     * Sets the fields that divide the documents into partitions.
     *
     * @param fields the fields; none at all for one partition of everything
     * @return a changed copy
     */
    public DensifyOptions partitionByFields(Iterable<String> fields) {
        List<String> names = Require.all("fields", fields);
        Shape rest = shape.without("partitionByFields");
        return new DensifyOptions(names.isEmpty() ? rest : rest.with("partitionByFields", Items.ofStrings(names)));
    }

    /**
     * Sets an option that has no method here yet.
     *
     * @param name its name
     * @param value its value, of any type that the codec registry knows
     * @return a changed copy
     */
    public DensifyOptions option(String name, Object value) {
        return new DensifyOptions(shape.with(Require.path("name", name), Require.nonNull("value", value)));
    }
}
