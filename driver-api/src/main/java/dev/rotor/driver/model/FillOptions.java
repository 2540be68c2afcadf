package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.util.List;
import org.bson.conversions.Bson;

/** Options of {@code $fill}. Immutable: every method returns a changed copy. */
public final class FillOptions extends Shaped {

    private static final FillOptions EMPTY = new FillOptions(Shape.EMPTY);

    private final Shape shape;

    private FillOptions(Shape shape) {
        super(shape);
        this.shape = shape;
    }

    /**
     * Options of which none is set: everything is left to the server.
     *
     * @return the options
     */
    public static FillOptions fillOptions() {
        return EMPTY;
    }

    /**
     * Sets an expression that divides the documents into partitions, in place of fields.
     *
     * @param expression the expression
     * @return a changed copy
     */
    public FillOptions partitionBy(Object expression) {
        return new FillOptions(
                shape.without("partitionByFields").with("partitionBy", Require.nonNull("expression", expression)));
    }

    /**
     * Sets the fields that divide the documents into partitions.
     *
     * @param fields the fields; none at all for one partition of everything
     * @return a changed copy
     */
    public FillOptions partitionByFields(String... fields) {
        return partitionByFields(Require.<String>all("fields", fields));
    }

    /**
     * Sets the fields that divide the documents into partitions.
     *
     * @param fields the fields; none at all for one partition of everything
     * @return a changed copy
     */
    public FillOptions partitionByFields(Iterable<String> fields) {
        List<String> names = Require.all("fields", fields);
        Shape rest = shape.without("partitionBy").without("partitionByFields");
        return new FillOptions(names.isEmpty() ? rest : rest.with("partitionByFields", Items.ofStrings(names)));
    }

    /**
     * Sets the order of the documents in a partition.
     *
     * @param sortBy the order
     * @return a changed copy
     */
    public FillOptions sortBy(Bson sortBy) {
        return new FillOptions(shape.with("sortBy", Require.nonNull("sortBy", sortBy)));
    }

    /**
     * Sets an option that has no method here yet.
     *
     * @param name its name
     * @param value its value, of any type that the codec registry knows
     * @return a changed copy
     */
    public FillOptions option(String name, Object value) {
        return new FillOptions(shape.with(Require.path("name", name), Require.nonNull("value", value)));
    }
}
