package dev.rotor.driver.model.bulk;

import dev.rotor.driver.WriteConcern;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How a bulk write of a client runs, as the Bulk Write specification defines it.
 *
 * @param ordered whether the first failure ends it ({@code true}), or the rest is written all the same; default
 *     {@code true}; not {@code true} with an unacknowledged write concern
 * @param bypassDocumentValidation whether the writes pass by the rules that validate documents; {@code null}: not sent
 * @param let variables that expressions can use as {@code $$name}; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
 * @param writeConcern what makes the writes acknowledged; {@code null} for that of the client
 * @param verboseResults whether the result tells of each write; default {@code false}: only counts; not {@code true}
 *     with an unacknowledged write concern
 */
public record ClientBulkWriteOptions(
        boolean ordered,
        @Nullable Boolean bypassDocumentValidation,
        @Nullable Bson let,
        @Nullable BsonValue comment,
        @Nullable WriteConcern writeConcern,
        boolean verboseResults) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final ClientBulkWriteOptions DEFAULT =
            new ClientBulkWriteOptions(true, null, null, null, null, false);

    /**
     * The same with another {@code ordered}.
     *
     * @param ordered whether the first failure ends it ({@code true}), or the rest is written all the same; default
     *     {@code true}; not {@code true} with an unacknowledged write concern
     * @return a copy
     */
    public ClientBulkWriteOptions ordered(boolean ordered) {
        return new ClientBulkWriteOptions(
                ordered, bypassDocumentValidation, let, comment, writeConcern, verboseResults);
    }

    /**
     * The same with another {@code bypassDocumentValidation}.
     *
     * @param bypassDocumentValidation whether the writes pass by the rules that validate documents; {@code null}: not
     *     sent
     * @return a copy
     */
    public ClientBulkWriteOptions bypassDocumentValidation(@Nullable Boolean bypassDocumentValidation) {
        return new ClientBulkWriteOptions(
                ordered, bypassDocumentValidation, let, comment, writeConcern, verboseResults);
    }

    /**
     * The same with another {@code let}.
     *
     * @param let variables that expressions can use as {@code $$name}; {@code null}: not sent
     * @return a copy
     */
    public ClientBulkWriteOptions let(@Nullable Bson let) {
        return new ClientBulkWriteOptions(
                ordered, bypassDocumentValidation, let, comment, writeConcern, verboseResults);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public ClientBulkWriteOptions comment(@Nullable BsonValue comment) {
        return new ClientBulkWriteOptions(
                ordered, bypassDocumentValidation, let, comment, writeConcern, verboseResults);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public ClientBulkWriteOptions comment(@Nullable String comment) {
        return comment(comment == null ? null : new BsonString(comment));
    }

    /**
     * The same with another {@code writeConcern}.
     *
     * @param writeConcern what makes the writes acknowledged; {@code null} for that of the client
     * @return a copy
     */
    public ClientBulkWriteOptions writeConcern(@Nullable WriteConcern writeConcern) {
        return new ClientBulkWriteOptions(
                ordered, bypassDocumentValidation, let, comment, writeConcern, verboseResults);
    }

    /**
     * The same with another {@code verboseResults}.
     *
     * @param verboseResults whether the result tells of each write; default {@code false}: only counts; not
     *     {@code true} with an unacknowledged write concern
     * @return a copy
     */
    public ClientBulkWriteOptions verboseResults(boolean verboseResults) {
        return new ClientBulkWriteOptions(
                ordered, bypassDocumentValidation, let, comment, writeConcern, verboseResults);
    }

    /** The components. */
    @Override
    public String toString() {
        return "ClientBulkWriteOptions{ordered=" + ordered + ", bypassDocumentValidation=" + bypassDocumentValidation
                + ", let=" + let + ", comment=" + comment + ", writeConcern=" + writeConcern + ", verboseResults="
                + verboseResults + '}';
    }
}
