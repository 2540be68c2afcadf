package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Await;
import dev.rotor.conformance.unified.entity.CaseContext;
import dev.rotor.conformance.unified.entity.CollectionEntity;
import dev.rotor.conformance.unified.entity.CursorEntity;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.conformance.unified.match.Matcher;
import dev.rotor.conformance.unified.match.RunnerException;
import dev.rotor.driver.AggregateQuery;
import dev.rotor.driver.DistinctQuery;
import dev.rotor.driver.FindQuery;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.WatchQuery;
import dev.rotor.driver.model.CountOptions;
import dev.rotor.driver.model.EstimatedDocumentCountOptions;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonValue;

/** Reads of a collection. */
final class CollectionReads {

    private CollectionReads() {}

    static Map<String, Handler<CollectionEntity>> table() {
        return Map.of(
                "find", CollectionReads::find,
                "findOne", CollectionReads::findOne,
                "createFindCursor", CollectionReads::createFindCursor,
                "aggregate", CollectionReads::aggregate,
                "distinct", CollectionReads::distinct,
                "countDocuments", CollectionReads::countDocuments,
                "estimatedDocumentCount", CollectionReads::estimatedDocumentCount,
                "count", CollectionReads::count,
                "mapReduce", CollectionReads::mapReduce,
                "createChangeStream", CollectionReads::createChangeStream);
    }

    private static FindQuery<BsonDocument> query(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        return Queries.find(collection.find(arguments.required("filter", Values::bson)), arguments);
    }

    private static Handler.Action find(CollectionEntity entity, Arguments arguments, CaseContext context) {
        FindQuery<BsonDocument> query = query(entity, arguments, context);
        return () -> Result.documents(Await.result(query.toList()));
    }

    private static Handler.Action findOne(CollectionEntity entity, Arguments arguments, CaseContext context) {
        FindQuery<BsonDocument> query = query(entity, arguments, context);
        return () -> Result.of(Await.result(query.first()));
    }

    private static Handler.Action createFindCursor(CollectionEntity entity, Arguments arguments, CaseContext context) {
        // Cases count the commands of a cursor that they read one by one.
        FindQuery<BsonDocument> query = query(entity, arguments, context).prefetch(false);
        return () -> Result.entity(new CursorEntity("findCursor", Await.result(query.open())));
    }

    private static Handler.Action aggregate(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        AggregateQuery<BsonDocument> query =
                Queries.aggregate(collection.aggregate(arguments.required("pipeline", Values::documents)), arguments);
        return () -> Result.documents(Await.result(query.toList()));
    }

    private static Handler.Action distinct(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        DistinctQuery<BsonValue> query = Queries.distinct(
                collection.distinct(
                        arguments.required("fieldName", Values::string),
                        arguments.required("filter", Values::bson),
                        BsonValue.class),
                arguments);
        return () -> Result.of(new BsonArray(Await.result(query.toList())));
    }

    private static Handler.Action countDocuments(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        BsonDocument filter = arguments.required("filter", Values::document);
        CountOptions options = Options.count(arguments);
        return () -> Result.of(new BsonInt64(Await.result(collection.countDocuments(filter, options))));
    }

    private static Handler.Action estimatedDocumentCount(
            CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        EstimatedDocumentCountOptions options = EstimatedDocumentCountOptions.DEFAULT;
        options = arguments.with(options, "maxTimeMS", Values::millis, EstimatedDocumentCountOptions::maxTime);
        options = arguments.with(options, "comment", Values::any, EstimatedDocumentCountOptions::comment);
        EstimatedDocumentCountOptions all = options;
        return () -> Result.of(new BsonInt64(Await.result(collection.estimatedDocumentCount(all))));
    }

    /** Deprecated, and asked for by name. */
    @SuppressWarnings("deprecation")
    private static Handler.Action count(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        BsonDocument filter = arguments.required("filter", Values::document);
        CountOptions options = Options.count(arguments);
        return () -> Result.of(new BsonInt64(Await.result(collection.count(filter, options))));
    }

    /** Deprecated, and asked for by name. */
    @SuppressWarnings("deprecation")
    private static Handler.Action mapReduce(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        String map = arguments.required("map", CollectionReads::code);
        String reduce = arguments.required("reduce", CollectionReads::code);
        BsonDocument out = arguments.required("out", Values::document);
        if (!out.getFirstKey().equals("inline")) {
            throw new RunnerException("the driver has mapReduce with inline results only, not " + Matcher.text(out));
        }
        return () -> {
            List<BsonDocument> documents = Await.result(collection.mapReduce(map, reduce, BsonDocument.class));
            return Result.documents(documents);
        };
    }

    private static String code(BsonValue value) {
        return value.asJavaScript().getCode();
    }

    private static Handler.Action createChangeStream(
            CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        WatchQuery<BsonDocument> query =
                Queries.watch(collection.watch(arguments.required("pipeline", Values::documents)), arguments);
        return () -> Result.entity(new CursorEntity("changeStream", Await.result(query.open())));
    }
}
