package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.driver.model.BulkWriteOptions;
import dev.rotor.driver.model.CountOptions;
import dev.rotor.driver.model.DeleteOptions;
import dev.rotor.driver.model.FindOneAndDeleteOptions;
import dev.rotor.driver.model.FindOneAndReplaceOptions;
import dev.rotor.driver.model.FindOneAndUpdateOptions;
import dev.rotor.driver.model.InsertManyOptions;
import dev.rotor.driver.model.InsertOneOptions;
import dev.rotor.driver.model.ReplaceOptions;
import dev.rotor.driver.model.ReturnDocument;
import dev.rotor.driver.model.UpdateOptions;
import dev.rotor.driver.model.bulk.ClientBulkWriteOptions;
import java.util.function.BiFunction;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/** Reads the arguments of writes and counts as the options of the driver's API. */
final class Options {

    private Options() {}

    /** With the hint, be it a document or a name. */
    static <T> T hint(Arguments arguments, T target, BiFunction<T, Bson, T> document, BiFunction<T, String, T> name) {
        BsonValue hint = arguments.optional("hint", Values::any);
        if (hint == null) {
            return target;
        }
        return hint.isString()
                ? name.apply(target, Values.string(hint))
                : document.apply(target, Values.document(hint));
    }

    static InsertOneOptions insertOne(Arguments arguments) {
        InsertOneOptions options = InsertOneOptions.DEFAULT;
        options = arguments.with(
                options, "bypassDocumentValidation", Values::bool, InsertOneOptions::bypassDocumentValidation);
        return arguments.with(options, "comment", Values::any, InsertOneOptions::comment);
    }

    static InsertManyOptions insertMany(Arguments arguments) {
        InsertManyOptions options = InsertManyOptions.DEFAULT;
        options = arguments.with(options, "ordered", Values::bool, InsertManyOptions::ordered);
        options = arguments.with(
                options, "bypassDocumentValidation", Values::bool, InsertManyOptions::bypassDocumentValidation);
        return arguments.with(options, "comment", Values::any, InsertManyOptions::comment);
    }

    static UpdateOptions update(Arguments arguments) {
        UpdateOptions options = UpdateOptions.DEFAULT;
        options = arguments.with(options, "upsert", Values::bool, UpdateOptions::upsert);
        options = arguments.with(options, "arrayFilters", Values::bsons, UpdateOptions::arrayFilters);
        options = arguments.with(
                options, "bypassDocumentValidation", Values::bool, UpdateOptions::bypassDocumentValidation);
        options = arguments.with(options, "collation", Values::collation, UpdateOptions::collation);
        options = hint(arguments, options, UpdateOptions::hint, UpdateOptions::hintString);
        options = arguments.with(options, "let", Values::bson, UpdateOptions::let);
        options = arguments.with(options, "sort", Values::bson, UpdateOptions::sort);
        return arguments.with(options, "comment", Values::any, UpdateOptions::comment);
    }

    static ReplaceOptions replace(Arguments arguments) {
        ReplaceOptions options = ReplaceOptions.DEFAULT;
        options = arguments.with(options, "upsert", Values::bool, ReplaceOptions::upsert);
        options = arguments.with(
                options, "bypassDocumentValidation", Values::bool, ReplaceOptions::bypassDocumentValidation);
        options = arguments.with(options, "collation", Values::collation, ReplaceOptions::collation);
        options = hint(arguments, options, ReplaceOptions::hint, ReplaceOptions::hintString);
        options = arguments.with(options, "let", Values::bson, ReplaceOptions::let);
        options = arguments.with(options, "sort", Values::bson, ReplaceOptions::sort);
        return arguments.with(options, "comment", Values::any, ReplaceOptions::comment);
    }

    static DeleteOptions delete(Arguments arguments) {
        DeleteOptions options = DeleteOptions.DEFAULT;
        options = arguments.with(options, "collation", Values::collation, DeleteOptions::collation);
        options = hint(arguments, options, DeleteOptions::hint, DeleteOptions::hintString);
        options = arguments.with(options, "let", Values::bson, DeleteOptions::let);
        return arguments.with(options, "comment", Values::any, DeleteOptions::comment);
    }

    static FindOneAndDeleteOptions findOneAndDelete(Arguments arguments) {
        FindOneAndDeleteOptions options = FindOneAndDeleteOptions.DEFAULT;
        options = arguments.with(options, "projection", Values::bson, FindOneAndDeleteOptions::projection);
        options = arguments.with(options, "sort", Values::bson, FindOneAndDeleteOptions::sort);
        options = arguments.with(options, "collation", Values::collation, FindOneAndDeleteOptions::collation);
        options = hint(arguments, options, FindOneAndDeleteOptions::hint, FindOneAndDeleteOptions::hintString);
        options = arguments.with(options, "let", Values::bson, FindOneAndDeleteOptions::let);
        options = arguments.with(options, "maxTimeMS", Values::millis, FindOneAndDeleteOptions::maxTime);
        return arguments.with(options, "comment", Values::any, FindOneAndDeleteOptions::comment);
    }

    static FindOneAndReplaceOptions findOneAndReplace(Arguments arguments) {
        FindOneAndReplaceOptions options = FindOneAndReplaceOptions.DEFAULT;
        options = arguments.with(
                options, "returnDocument", Options::returnDocument, FindOneAndReplaceOptions::returnDocument);
        options = arguments.with(options, "upsert", Values::bool, FindOneAndReplaceOptions::upsert);
        options = arguments.with(options, "projection", Values::bson, FindOneAndReplaceOptions::projection);
        options = arguments.with(options, "sort", Values::bson, FindOneAndReplaceOptions::sort);
        options = arguments.with(
                options, "bypassDocumentValidation", Values::bool, FindOneAndReplaceOptions::bypassDocumentValidation);
        options = arguments.with(options, "collation", Values::collation, FindOneAndReplaceOptions::collation);
        options = hint(arguments, options, FindOneAndReplaceOptions::hint, FindOneAndReplaceOptions::hintString);
        options = arguments.with(options, "let", Values::bson, FindOneAndReplaceOptions::let);
        options = arguments.with(options, "maxTimeMS", Values::millis, FindOneAndReplaceOptions::maxTime);
        return arguments.with(options, "comment", Values::any, FindOneAndReplaceOptions::comment);
    }

    static FindOneAndUpdateOptions findOneAndUpdate(Arguments arguments) {
        FindOneAndUpdateOptions options = FindOneAndUpdateOptions.DEFAULT;
        options = arguments.with(
                options, "returnDocument", Options::returnDocument, FindOneAndUpdateOptions::returnDocument);
        options = arguments.with(options, "upsert", Values::bool, FindOneAndUpdateOptions::upsert);
        options = arguments.with(options, "arrayFilters", Values::bsons, FindOneAndUpdateOptions::arrayFilters);
        options = arguments.with(options, "projection", Values::bson, FindOneAndUpdateOptions::projection);
        options = arguments.with(options, "sort", Values::bson, FindOneAndUpdateOptions::sort);
        options = arguments.with(
                options, "bypassDocumentValidation", Values::bool, FindOneAndUpdateOptions::bypassDocumentValidation);
        options = arguments.with(options, "collation", Values::collation, FindOneAndUpdateOptions::collation);
        options = hint(arguments, options, FindOneAndUpdateOptions::hint, FindOneAndUpdateOptions::hintString);
        options = arguments.with(options, "let", Values::bson, FindOneAndUpdateOptions::let);
        options = arguments.with(options, "maxTimeMS", Values::millis, FindOneAndUpdateOptions::maxTime);
        return arguments.with(options, "comment", Values::any, FindOneAndUpdateOptions::comment);
    }

    static BulkWriteOptions bulkWrite(Arguments arguments) {
        BulkWriteOptions options = BulkWriteOptions.DEFAULT;
        options = arguments.with(options, "ordered", Values::bool, BulkWriteOptions::ordered);
        options = arguments.with(
                options, "bypassDocumentValidation", Values::bool, BulkWriteOptions::bypassDocumentValidation);
        options = arguments.with(options, "let", Values::bson, BulkWriteOptions::let);
        return arguments.with(options, "comment", Values::any, BulkWriteOptions::comment);
    }

    static ClientBulkWriteOptions clientBulkWrite(Arguments arguments) {
        ClientBulkWriteOptions options = ClientBulkWriteOptions.DEFAULT;
        options = arguments.with(options, "ordered", Values::bool, ClientBulkWriteOptions::ordered);
        options = arguments.with(
                options, "bypassDocumentValidation", Values::bool, ClientBulkWriteOptions::bypassDocumentValidation);
        options = arguments.with(options, "let", Values::bson, ClientBulkWriteOptions::let);
        options = arguments.with(options, "writeConcern", Values::writeConcern, ClientBulkWriteOptions::writeConcern);
        options = arguments.with(options, "verboseResults", Values::bool, ClientBulkWriteOptions::verboseResults);
        return arguments.with(options, "comment", Values::any, ClientBulkWriteOptions::comment);
    }

    static CountOptions count(Arguments arguments) {
        CountOptions options = CountOptions.DEFAULT;
        options = arguments.with(options, "skip", Values::int64, CountOptions::skip);
        options = arguments.with(options, "limit", Values::int64, CountOptions::limit);
        options = arguments.with(options, "collation", Values::collation, CountOptions::collation);
        options = hint(arguments, options, CountOptions::hint, CountOptions::hintString);
        options = arguments.with(options, "maxTimeMS", Values::millis, CountOptions::maxTime);
        return arguments.with(options, "comment", Values::any, CountOptions::comment);
    }

    private static ReturnDocument returnDocument(BsonValue value) {
        return Values.constant(ReturnDocument.class, value);
    }
}
