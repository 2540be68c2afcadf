package dev.rotor.driver.model;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a time series collection groups its measurements.
 *
 * @param timeField the field that holds the time of a measurement, a date
 * @param metaField the field that tells one series from another; {@code null}: not sent
 * @param granularity how far apart measurements of a series are, roughly; not together with the bucket settings;
 *     {@code null}: not sent
 * @param bucketMaxSpan the longest span of one bucket, in whole seconds; must equal {@code bucketRounding}; needs
 *     server 6.3; {@code null}: not sent
 * @param bucketRounding to which span the start of a bucket is rounded, in whole seconds; needs server 6.3;
 *     {@code null}: not sent
 */
public record TimeSeriesOptions(
        String timeField,
        @Nullable String metaField,
        @Nullable TimeSeriesGranularity granularity,
        @Nullable Duration bucketMaxSpan,
        @Nullable Duration bucketRounding) {

    public TimeSeriesOptions {
        Objects.requireNonNull(timeField, "timeField");
        Check.notEmpty(timeField, "timeField");
        Check.positive(bucketMaxSpan, "bucketMaxSpan");
        Check.positive(bucketRounding, "bucketRounding");
        if (granularity != null && (bucketMaxSpan != null || bucketRounding != null)) {
            throw new IllegalArgumentException("a time series has a granularity or bucket settings, not both");
        }
    }

    /**
     * A time series collection.
     *
     * @param timeField the field that holds the time of a measurement, a date
     * @return the rest at its default
     */
    public static TimeSeriesOptions create(String timeField) {
        return new TimeSeriesOptions(timeField, null, null, null, null);
    }

    /**
     * The same with another {@code metaField}.
     *
     * @param metaField the field that tells one series from another; {@code null}: not sent
     * @return a copy
     */
    public TimeSeriesOptions metaField(@Nullable String metaField) {
        return new TimeSeriesOptions(timeField, metaField, granularity, bucketMaxSpan, bucketRounding);
    }

    /**
     * The same with another {@code granularity}.
     *
     * @param granularity how far apart measurements of a series are, roughly; not together with the bucket settings;
     *     {@code null}: not sent
     * @return a copy
     */
    public TimeSeriesOptions granularity(@Nullable TimeSeriesGranularity granularity) {
        return new TimeSeriesOptions(timeField, metaField, granularity, bucketMaxSpan, bucketRounding);
    }

    /**
     * The same with another {@code bucketMaxSpan}.
     *
     * @param bucketMaxSpan the longest span of one bucket, in whole seconds; must equal {@code bucketRounding}; needs
     *     server 6.3; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public TimeSeriesOptions bucketMaxSpan(@Nullable Duration bucketMaxSpan) {
        return new TimeSeriesOptions(timeField, metaField, granularity, bucketMaxSpan, bucketRounding);
    }

    /**
     * The same with another {@code bucketRounding}.
     *
     * @param bucketRounding to which span the start of a bucket is rounded, in whole seconds; needs server 6.3;
     *     {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public TimeSeriesOptions bucketRounding(@Nullable Duration bucketRounding) {
        return new TimeSeriesOptions(timeField, metaField, granularity, bucketMaxSpan, bucketRounding);
    }

    /** Only what is given. */
    @Override
    public String toString() {
        return OptionText.of(
                "TimeSeriesOptions",
                "timeField",
                timeField,
                "metaField",
                metaField,
                "granularity",
                granularity,
                "bucketMaxSpan",
                bucketMaxSpan,
                "bucketRounding",
                bucketRounding);
    }
}
