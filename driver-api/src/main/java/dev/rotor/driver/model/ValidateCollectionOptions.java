package dev.rotor.driver.model;

import java.time.Duration;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How the data and indexes of a collection are checked.
 *
 * @param full whether everything is checked that the server can check, which takes long and keeps writers out;
 *     {@code null}: not sent
 * @param background whether other operations go on meanwhile; not together with {@code full}; {@code null}: not sent
 * @param scandata whether the data themselves are read, not only what is known of them; for old servers, current ones
 *     always do; {@code null}: not sent
 * @param metadata whether only the metadata is checked, which is quick; alone; needs server 5.0.4; {@code null}: not
 *     sent
 * @param checkBsonConformance whether documents are checked for conforming to BSON as it is specified; needs server
 *     6.2; field {@code checkBSONConformance}; {@code null}: not sent
 * @param maxTime how long the server may work on it, in whole milliseconds; not negative; superseded by the timeout of
 *     client or database; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
// Error Prone takes "null" for a misspelt "full", and the command's own spelling for ours.
@SuppressWarnings("InvalidParam")
public record ValidateCollectionOptions(
        @Nullable Boolean full,
        @Nullable Boolean background,
        @Nullable Boolean scandata,
        @Nullable Boolean metadata,
        @Nullable Boolean checkBsonConformance,
        @Nullable Duration maxTime,
        @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final ValidateCollectionOptions DEFAULT =
            new ValidateCollectionOptions(null, null, null, null, null, null, null);

    public ValidateCollectionOptions {
        Check.notNegative(maxTime, "maxTime");
    }

    /**
     * The same with another {@code full}.
     *
     * @param full whether everything is checked that the server can check, which takes long and keeps writers out;
     *     {@code null}: not sent
     * @return a copy
     */
    public ValidateCollectionOptions full(@Nullable Boolean full) {
        return new ValidateCollectionOptions(
                full, background, scandata, metadata, checkBsonConformance, maxTime, comment);
    }

    /**
     * The same with another {@code background}.
     *
     * @param background whether other operations go on meanwhile; not together with {@code full}; {@code null}: not
     *     sent
     * @return a copy
     */
    public ValidateCollectionOptions background(@Nullable Boolean background) {
        return new ValidateCollectionOptions(
                full, background, scandata, metadata, checkBsonConformance, maxTime, comment);
    }

    /**
     * The same with another {@code scandata}.
     *
     * @param scandata whether the data themselves are read, not only what is known of them; for old servers, current
     *     ones always do; {@code null}: not sent
     * @return a copy
     */
    public ValidateCollectionOptions scandata(@Nullable Boolean scandata) {
        return new ValidateCollectionOptions(
                full, background, scandata, metadata, checkBsonConformance, maxTime, comment);
    }

    /**
     * The same with another {@code metadata}.
     *
     * @param metadata whether only the metadata is checked, which is quick; alone; needs server 5.0.4; {@code null}:
     *     not sent
     * @return a copy
     */
    public ValidateCollectionOptions metadata(@Nullable Boolean metadata) {
        return new ValidateCollectionOptions(
                full, background, scandata, metadata, checkBsonConformance, maxTime, comment);
    }

    /**
     * The same with another {@code checkBsonConformance}.
     *
     * @param checkBsonConformance whether documents are checked for conforming to BSON as it is specified; needs server
     *     6.2; field {@code checkBSONConformance}; {@code null}: not sent
     * @return a copy
     */
    public ValidateCollectionOptions checkBsonConformance(@Nullable Boolean checkBsonConformance) {
        return new ValidateCollectionOptions(
                full, background, scandata, metadata, checkBsonConformance, maxTime, comment);
    }

    /**
     * The same with another {@code maxTime}.
     *
     * @param maxTime how long the server may work on it, in whole milliseconds; not negative; superseded by the timeout
     *     of client or database; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public ValidateCollectionOptions maxTime(@Nullable Duration maxTime) {
        return new ValidateCollectionOptions(
                full, background, scandata, metadata, checkBsonConformance, maxTime, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public ValidateCollectionOptions comment(@Nullable BsonValue comment) {
        return new ValidateCollectionOptions(
                full, background, scandata, metadata, checkBsonConformance, maxTime, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public ValidateCollectionOptions comment(@Nullable String comment) {
        return comment(comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of(
                "ValidateCollectionOptions",
                "full",
                full,
                "background",
                background,
                "scandata",
                scandata,
                "metadata",
                metadata,
                "checkBsonConformance",
                checkBsonConformance,
                "maxTime",
                maxTime,
                "comment",
                comment);
    }
}
