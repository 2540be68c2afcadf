package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.driver.AggregateQuery;
import dev.rotor.driver.DistinctQuery;
import dev.rotor.driver.FindQuery;
import dev.rotor.driver.ListCollectionsQuery;
import dev.rotor.driver.ListDatabasesQuery;
import dev.rotor.driver.RunCursorCommandQuery;
import dev.rotor.driver.WatchQuery;
import dev.rotor.driver.model.changestream.FullDocument;
import dev.rotor.driver.model.changestream.FullDocumentBeforeChange;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Reads the arguments of operations that return many documents as the driver's queries. */
final class Queries {

    private Queries() {}

    static FindQuery<BsonDocument> find(FindQuery<BsonDocument> query, Arguments arguments) {
        FindQuery<BsonDocument> result = query;
        result = arguments.with(result, "sort", Values::bson, FindQuery<BsonDocument>::sort);
        result = arguments.with(result, "projection", Values::bson, FindQuery<BsonDocument>::projection);
        result = arguments.with(result, "skip", Values::int64, FindQuery<BsonDocument>::skip);
        result = arguments.with(result, "limit", Values::int64, FindQuery<BsonDocument>::limit);
        result = arguments.with(result, "batchSize", Values::int32, FindQuery<BsonDocument>::batchSize);
        result = arguments.with(result, "collation", Values::collation, FindQuery<BsonDocument>::collation);
        result = Options.hint(arguments, result, FindQuery<BsonDocument>::hint, FindQuery<BsonDocument>::hintString);
        result = arguments.with(result, "let", Values::bson, FindQuery<BsonDocument>::let);
        result = arguments.with(result, "min", Values::bson, FindQuery<BsonDocument>::min);
        result = arguments.with(result, "max", Values::bson, FindQuery<BsonDocument>::max);
        result = arguments.with(result, "cursorType", Values::cursorType, FindQuery<BsonDocument>::cursorType);
        result = arguments.with(result, "maxAwaitTimeMS", Values::millis, FindQuery<BsonDocument>::maxAwaitTime);
        result = arguments.with(result, "maxTimeMS", Values::millis, FindQuery<BsonDocument>::maxTime);
        result = arguments.with(result, "allowDiskUse", Values::bool, FindQuery<BsonDocument>::allowDiskUse);
        result = arguments.with(
                result, "allowPartialResults", Values::bool, FindQuery<BsonDocument>::allowPartialResults);
        result = arguments.with(result, "noCursorTimeout", Values::bool, FindQuery<BsonDocument>::noCursorTimeout);
        result = arguments.with(result, "showRecordId", Values::bool, FindQuery<BsonDocument>::showRecordId);
        result = arguments.with(result, "returnKey", Values::bool, FindQuery<BsonDocument>::returnKey);
        result = arguments.with(result, "comment", Values::any, FindQuery<BsonDocument>::comment);
        return arguments.with(result, "timeoutMode", Values::timeoutMode, FindQuery<BsonDocument>::timeoutMode);
    }

    static AggregateQuery<BsonDocument> aggregate(AggregateQuery<BsonDocument> query, Arguments arguments) {
        AggregateQuery<BsonDocument> result = query;
        result = arguments.with(result, "allowDiskUse", Values::bool, AggregateQuery<BsonDocument>::allowDiskUse);
        result = arguments.with(
                result,
                "bypassDocumentValidation",
                Values::bool,
                AggregateQuery<BsonDocument>::bypassDocumentValidation);
        result = arguments.with(result, "batchSize", Values::int32, AggregateQuery<BsonDocument>::batchSize);
        result = arguments.with(result, "collation", Values::collation, AggregateQuery<BsonDocument>::collation);
        result = Options.hint(
                arguments, result, AggregateQuery<BsonDocument>::hint, AggregateQuery<BsonDocument>::hintString);
        result = arguments.with(result, "let", Values::bson, AggregateQuery<BsonDocument>::let);
        result = arguments.with(result, "maxAwaitTimeMS", Values::millis, AggregateQuery<BsonDocument>::maxAwaitTime);
        result = arguments.with(result, "maxTimeMS", Values::millis, AggregateQuery<BsonDocument>::maxTime);
        result = arguments.with(result, "comment", Values::any, AggregateQuery<BsonDocument>::comment);
        return arguments.with(result, "timeoutMode", Values::timeoutMode, AggregateQuery<BsonDocument>::timeoutMode);
    }

    static DistinctQuery<BsonValue> distinct(DistinctQuery<BsonValue> query, Arguments arguments) {
        DistinctQuery<BsonValue> result = query;
        result = arguments.with(result, "collation", Values::collation, DistinctQuery<BsonValue>::collation);
        result = Options.hint(arguments, result, DistinctQuery<BsonValue>::hint, DistinctQuery<BsonValue>::hintString);
        result = arguments.with(result, "maxTimeMS", Values::millis, DistinctQuery<BsonValue>::maxTime);
        return arguments.with(result, "comment", Values::any, DistinctQuery<BsonValue>::comment);
    }

    static ListCollectionsQuery<BsonDocument> listCollections(
            ListCollectionsQuery<BsonDocument> query, Arguments arguments) {
        ListCollectionsQuery<BsonDocument> result = query;
        result = arguments.with(result, "filter", Values::bson, ListCollectionsQuery<BsonDocument>::filter);
        result = arguments.with(result, "nameOnly", Values::bool, ListCollectionsQuery<BsonDocument>::nameOnly);
        result = arguments.with(
                result,
                "authorizedCollections",
                Values::bool,
                ListCollectionsQuery<BsonDocument>::authorizedCollections);
        result = arguments.with(result, "batchSize", Values::int32, ListCollectionsQuery<BsonDocument>::batchSize);
        result = arguments.with(result, "maxTimeMS", Values::millis, ListCollectionsQuery<BsonDocument>::maxTime);
        result = arguments.with(result, "comment", Values::any, ListCollectionsQuery<BsonDocument>::comment);
        return arguments.with(
                result, "timeoutMode", Values::timeoutMode, ListCollectionsQuery<BsonDocument>::timeoutMode);
    }

    static ListDatabasesQuery<BsonDocument> listDatabases(ListDatabasesQuery<BsonDocument> query, Arguments arguments) {
        ListDatabasesQuery<BsonDocument> result = query;
        result = arguments.with(result, "filter", Values::bson, ListDatabasesQuery<BsonDocument>::filter);
        result = arguments.with(result, "nameOnly", Values::bool, ListDatabasesQuery<BsonDocument>::nameOnly);
        result = arguments.with(
                result, "authorizedDatabases", Values::bool, ListDatabasesQuery<BsonDocument>::authorizedDatabases);
        result = arguments.with(result, "maxTimeMS", Values::millis, ListDatabasesQuery<BsonDocument>::maxTime);
        return arguments.with(result, "comment", Values::any, ListDatabasesQuery<BsonDocument>::comment);
    }

    static RunCursorCommandQuery<BsonDocument> runCursorCommand(
            RunCursorCommandQuery<BsonDocument> query, Arguments arguments) {
        RunCursorCommandQuery<BsonDocument> result = query;
        result = arguments.with(
                result, "readPreference", Values::readPreference, RunCursorCommandQuery<BsonDocument>::readPreference);
        result = arguments.with(
                result, "cursorType", Values::cursorType, RunCursorCommandQuery<BsonDocument>::cursorType);
        result = arguments.with(result, "batchSize", Values::int32, RunCursorCommandQuery<BsonDocument>::batchSize);
        result = arguments.with(result, "maxTimeMS", Values::millis, RunCursorCommandQuery<BsonDocument>::maxTime);
        result = arguments.with(result, "comment", Values::any, RunCursorCommandQuery<BsonDocument>::comment);
        return arguments.with(
                result, "timeoutMode", Values::timeoutMode, RunCursorCommandQuery<BsonDocument>::timeoutMode);
    }

    /** A change stream; its events are read as the documents they are. */
    static WatchQuery<BsonDocument> watch(WatchQuery<?> query, Arguments arguments) {
        WatchQuery<BsonDocument> result = query.withDocumentClass(BsonDocument.class);
        result = arguments.with(
                result,
                "fullDocument",
                each -> FullDocument.of(Values.string(each)),
                WatchQuery<BsonDocument>::fullDocument);
        result = arguments.with(
                result,
                "fullDocumentBeforeChange",
                each -> FullDocumentBeforeChange.of(Values.string(each)),
                WatchQuery<BsonDocument>::fullDocumentBeforeChange);
        result = arguments.with(result, "resumeAfter", Values::document, WatchQuery<BsonDocument>::resumeAfter);
        result = arguments.with(result, "startAfter", Values::document, WatchQuery<BsonDocument>::startAfter);
        result = arguments.with(
                result, "startAtOperationTime", BsonValue::asTimestamp, WatchQuery<BsonDocument>::startAtOperationTime);
        result = arguments.with(
                result, "showExpandedEvents", Values::bool, WatchQuery<BsonDocument>::showExpandedEvents);
        result = arguments.with(result, "maxAwaitTimeMS", Values::millis, WatchQuery<BsonDocument>::maxAwaitTime);
        result = arguments.with(result, "batchSize", Values::int32, WatchQuery<BsonDocument>::batchSize);
        result = arguments.with(result, "collation", Values::collation, WatchQuery<BsonDocument>::collation);
        result = arguments.with(result, "comment", Values::any, WatchQuery<BsonDocument>::comment);
        result = arguments.with(result, "timeoutMode", Values::timeoutMode, WatchQuery<BsonDocument>::timeoutMode);
        // Cases count the commands of a cursor that they read one by one.
        return result.prefetch(false);
    }
}
