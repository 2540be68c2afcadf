package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.driver.model.ChangeStreamPreAndPostImagesOptions;
import dev.rotor.driver.model.ClusteredIndexOptions;
import dev.rotor.driver.model.CreateCollectionOptions;
import dev.rotor.driver.model.CreateViewOptions;
import dev.rotor.driver.model.ModifyCollectionOptions;
import dev.rotor.driver.model.TimeSeriesGranularity;
import dev.rotor.driver.model.TimeSeriesOptions;
import dev.rotor.driver.model.ValidationAction;
import dev.rotor.driver.model.ValidationLevel;
import dev.rotor.driver.model.ValidationOptions;
import org.bson.BsonValue;

/** Reads the arguments of operations that create or change a collection. */
final class CollectionOptions {

    private CollectionOptions() {}

    static CreateCollectionOptions create(Arguments arguments) {
        CreateCollectionOptions options = CreateCollectionOptions.DEFAULT;
        // The size first: a capped collection without one is refused.
        options = arguments.with(options, "size", Values::int64, CreateCollectionOptions::size);
        options = arguments.with(options, "capped", Values::bool, (target, capped) -> target.capped(capped));
        options = arguments.with(options, "max", Values::int64, CreateCollectionOptions::max);
        if (hasValidation(arguments)) {
            options = options.validationOptions(validation(arguments));
        }
        options = arguments.with(options, "collation", Values::collation, CreateCollectionOptions::collation);
        options = arguments.with(options, "storageEngine", Values::bson, CreateCollectionOptions::storageEngine);
        options = arguments.with(
                options, "indexOptionDefaults", Values::bson, CreateCollectionOptions::indexOptionDefaults);
        options = arguments.with(
                options, "timeseries", CollectionOptions::timeSeries, CreateCollectionOptions::timeSeries);
        options = arguments.with(options, "expireAfterSeconds", Values::seconds, CreateCollectionOptions::expireAfter);
        options = arguments.with(
                options, "clusteredIndex", CollectionOptions::clusteredIndex, CreateCollectionOptions::clusteredIndex);
        options = arguments.with(
                options,
                "changeStreamPreAndPostImages",
                CollectionOptions::images,
                CreateCollectionOptions::changeStreamPreAndPostImages);
        options = arguments.with(options, "encryptedFields", Values::bson, CreateCollectionOptions::encryptedFields);
        return arguments.with(options, "comment", Values::any, CreateCollectionOptions::comment);
    }

    static CreateViewOptions view(Arguments arguments) {
        return arguments.with(CreateViewOptions.DEFAULT, "collation", Values::collation, CreateViewOptions::collation);
    }

    static ModifyCollectionOptions modify(Arguments arguments) {
        ModifyCollectionOptions options = ModifyCollectionOptions.DEFAULT;
        if (hasValidation(arguments)) {
            options = options.validationOptions(validation(arguments));
        }
        options = arguments.with(options, "index", Values::bson, ModifyCollectionOptions::index);
        options = arguments.with(options, "viewOn", Values::string, ModifyCollectionOptions::viewOn);
        options = arguments.with(options, "pipeline", Values::bsons, ModifyCollectionOptions::pipeline);
        options = arguments.with(
                options,
                "changeStreamPreAndPostImages",
                CollectionOptions::images,
                ModifyCollectionOptions::changeStreamPreAndPostImages);
        options = arguments.with(options, "expireAfterSeconds", Values::seconds, ModifyCollectionOptions::expireAfter);
        options = arguments.with(options, "cappedSize", Values::int64, ModifyCollectionOptions::cappedSize);
        options = arguments.with(options, "cappedMax", Values::int64, ModifyCollectionOptions::cappedMax);
        return arguments.with(options, "comment", Values::any, ModifyCollectionOptions::comment);
    }

    private static boolean hasValidation(Arguments arguments) {
        return arguments.has("validator") || arguments.has("validationLevel") || arguments.has("validationAction");
    }

    private static ValidationOptions validation(Arguments arguments) {
        ValidationOptions options = ValidationOptions.DEFAULT;
        options = arguments.with(options, "validator", Values::bson, ValidationOptions::validator);
        options = arguments.with(
                options,
                "validationLevel",
                each -> Values.constant(ValidationLevel.class, each),
                ValidationOptions::validationLevel);
        return arguments.with(
                options,
                "validationAction",
                each -> Values.constant(ValidationAction.class, each),
                ValidationOptions::validationAction);
    }

    private static TimeSeriesOptions timeSeries(BsonValue value) {
        Arguments fields = new Arguments("timeseries", Values.document(value));
        TimeSeriesOptions options = TimeSeriesOptions.create(fields.required("timeField", Values::string));
        options = fields.with(options, "metaField", Values::string, TimeSeriesOptions::metaField);
        options = fields.with(
                options,
                "granularity",
                each -> Values.constant(TimeSeriesGranularity.class, each),
                TimeSeriesOptions::granularity);
        options = fields.with(options, "bucketMaxSpanSeconds", Values::seconds, TimeSeriesOptions::bucketMaxSpan);
        options = fields.with(options, "bucketRoundingSeconds", Values::seconds, TimeSeriesOptions::bucketRounding);
        fields.assertAllUsed();
        return options;
    }

    private static ClusteredIndexOptions clusteredIndex(BsonValue value) {
        Arguments fields = new Arguments("clusteredIndex", Values.document(value));
        ClusteredIndexOptions options = ClusteredIndexOptions.create(
                fields.required("key", Values::document), fields.required("unique", Values::bool));
        options = fields.with(options, "name", Values::string, ClusteredIndexOptions::name);
        fields.assertAllUsed();
        return options;
    }

    private static ChangeStreamPreAndPostImagesOptions images(BsonValue value) {
        Arguments fields = new Arguments("changeStreamPreAndPostImages", Values.document(value));
        boolean enabled = fields.required("enabled", Values::bool);
        fields.assertAllUsed();
        return ChangeStreamPreAndPostImagesOptions.create(enabled);
    }
}
