package dev.rotor.driver.model;

import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The rules that the documents of a collection must satisfy.
 *
 * @param validator the rules, as a query expression, for example {@code $jsonSchema}; {@code null}: not sent
 * @param validationLevel to which writes the rules apply; {@code null}: not sent
 * @param validationAction what happens to a document that breaks them; {@code null}: not sent
 */
public record ValidationOptions(
        @Nullable Bson validator,
        @Nullable ValidationLevel validationLevel,
        @Nullable ValidationAction validationAction) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final ValidationOptions DEFAULT = new ValidationOptions(null, null, null);

    /**
     * The same with another {@code validator}.
     *
     * @param validator the rules, as a query expression, for example {@code $jsonSchema}; {@code null}: not sent
     * @return a copy
     */
    public ValidationOptions validator(@Nullable Bson validator) {
        return new ValidationOptions(validator, validationLevel, validationAction);
    }

    /**
     * The same with another {@code validationLevel}.
     *
     * @param validationLevel to which writes the rules apply; {@code null}: not sent
     * @return a copy
     */
    public ValidationOptions validationLevel(@Nullable ValidationLevel validationLevel) {
        return new ValidationOptions(validator, validationLevel, validationAction);
    }

    /**
     * The same with another {@code validationAction}.
     *
     * @param validationAction what happens to a document that breaks them; {@code null}: not sent
     * @return a copy
     */
    public ValidationOptions validationAction(@Nullable ValidationAction validationAction) {
        return new ValidationOptions(validator, validationLevel, validationAction);
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of(
                "ValidationOptions",
                "validator",
                validator,
                "validationLevel",
                validationLevel,
                "validationAction",
                validationAction);
    }
}
