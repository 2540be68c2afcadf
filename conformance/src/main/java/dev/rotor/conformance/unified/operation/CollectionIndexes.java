package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Await;
import dev.rotor.conformance.unified.entity.CaseContext;
import dev.rotor.conformance.unified.entity.CollectionEntity;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.conformance.unified.match.RunnerException;
import dev.rotor.driver.ListIndexesQuery;
import dev.rotor.driver.ListSearchIndexesQuery;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.model.CommitQuorum;
import dev.rotor.driver.model.CreateIndexOptions;
import dev.rotor.driver.model.DropIndexOptions;
import dev.rotor.driver.model.IndexOptions;
import dev.rotor.driver.model.RenameCollectionOptions;
import dev.rotor.driver.model.SearchIndexModel;
import dev.rotor.driver.model.SearchIndexType;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** What a collection is asked for besides its documents: indexes, search indexes, its name. */
final class CollectionIndexes {

    private CollectionIndexes() {}

    static Map<String, Handler<CollectionEntity>> table() {
        return Map.ofEntries(
                Map.entry("createIndex", CollectionIndexes::createIndex),
                Map.entry("dropIndex", CollectionIndexes::dropIndex),
                Map.entry("dropIndexes", CollectionIndexes::dropIndexes),
                Map.entry("listIndexes", CollectionIndexes::listIndexes),
                Map.entry("listIndexNames", CollectionIndexes::listIndexNames),
                Map.entry("createSearchIndex", CollectionIndexes::createSearchIndex),
                Map.entry("createSearchIndexes", CollectionIndexes::createSearchIndexes),
                Map.entry("updateSearchIndex", CollectionIndexes::updateSearchIndex),
                Map.entry("dropSearchIndex", CollectionIndexes::dropSearchIndex),
                Map.entry("listSearchIndexes", CollectionIndexes::listSearchIndexes),
                Map.entry("rename", CollectionIndexes::rename),
                Map.entry("drop", CollectionIndexes::drop));
    }

    private static Handler.Action createIndex(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        BsonDocument keys = arguments.required("keys", Values::document);
        IndexOptions index = indexOptions(arguments);
        CreateIndexOptions options = CreateIndexOptions.DEFAULT;
        options = arguments.with(options, "maxTimeMS", Values::millis, CreateIndexOptions::maxTime);
        options = arguments.with(options, "comment", Values::any, CreateIndexOptions::comment);
        options = arguments.with(
                options, "commitQuorum", CollectionIndexes::commitQuorum, CreateIndexOptions::commitQuorum);
        CreateIndexOptions all = options;
        return () -> Result.of(new BsonString(Await.result(collection.createIndex(keys, index, all))));
    }

    private static CommitQuorum commitQuorum(BsonValue value) {
        return value.isString() ? CommitQuorum.named(Values.string(value)) : CommitQuorum.members(Values.int32(value));
    }

    private static IndexOptions indexOptions(Arguments arguments) {
        IndexOptions options = IndexOptions.DEFAULT;
        options = arguments.with(options, "name", Values::string, IndexOptions::name);
        options = arguments.with(options, "unique", Values::bool, IndexOptions::unique);
        options = arguments.with(options, "sparse", Values::bool, IndexOptions::sparse);
        options = arguments.with(options, "hidden", Values::bool, IndexOptions::hidden);
        options = arguments.with(options, "background", Values::bool, IndexOptions::background);
        options = arguments.with(options, "expireAfterSeconds", Values::seconds, IndexOptions::expireAfter);
        options =
                arguments.with(options, "partialFilterExpression", Values::bson, IndexOptions::partialFilterExpression);
        options = arguments.with(options, "collation", Values::collation, IndexOptions::collation);
        options = arguments.with(options, "wildcardProjection", Values::bson, IndexOptions::wildcardProjection);
        options = arguments.with(options, "storageEngine", Values::bson, IndexOptions::storageEngine);
        options = arguments.with(options, "version", Values::int32, IndexOptions::version);
        options = arguments.with(options, "weights", Values::bson, IndexOptions::weights);
        options = arguments.with(options, "default_language", Values::string, IndexOptions::defaultLanguage);
        options = arguments.with(options, "language_override", Values::string, IndexOptions::languageOverride);
        options = arguments.with(options, "textIndexVersion", Values::int32, IndexOptions::textIndexVersion);
        options = arguments.with(options, "2dsphereIndexVersion", Values::int32, IndexOptions::sphereVersion);
        options = arguments.with(options, "bits", Values::int32, IndexOptions::bits);
        options = arguments.with(options, "min", Values::real, IndexOptions::min);
        return arguments.with(options, "max", Values::real, IndexOptions::max);
    }

    private static DropIndexOptions dropOptions(Arguments arguments) {
        DropIndexOptions options = DropIndexOptions.DEFAULT;
        options = arguments.with(options, "maxTimeMS", Values::millis, DropIndexOptions::maxTime);
        return arguments.with(options, "comment", Values::any, DropIndexOptions::comment);
    }

    private static Handler.Action dropIndex(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        String name = arguments.required("name", Values::string);
        DropIndexOptions options = dropOptions(arguments);
        return () -> Result.after(collection.dropIndex(name, options));
    }

    private static Handler.Action dropIndexes(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        DropIndexOptions options = dropOptions(arguments);
        return () -> Result.after(collection.dropIndexes(options));
    }

    private static Handler.Action listIndexes(CollectionEntity entity, Arguments arguments, CaseContext context) {
        ListIndexesQuery<BsonDocument> query =
                Views.of(entity, arguments, context).listIndexes(BsonDocument.class);
        query = arguments.with(query, "batchSize", Values::int32, ListIndexesQuery<BsonDocument>::batchSize);
        query = arguments.with(query, "maxTimeMS", Values::millis, ListIndexesQuery<BsonDocument>::maxTime);
        query = arguments.with(query, "comment", Values::any, ListIndexesQuery<BsonDocument>::comment);
        query = arguments.with(query, "timeoutMode", Values::timeoutMode, ListIndexesQuery<BsonDocument>::timeoutMode);
        ListIndexesQuery<BsonDocument> all = query;
        return () -> Result.documents(Await.result(all.toList()));
    }

    private static Handler.Action listIndexNames(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        return () -> Result.of(strings(Await.result(collection.listIndexNames())));
    }

    static BsonArray strings(List<String> strings) {
        BsonArray array = new BsonArray();
        strings.forEach(each -> array.add(new BsonString(each)));
        return array;
    }

    private static SearchIndexModel searchIndex(BsonValue value) {
        Arguments fields = new Arguments("model", Values.document(value));
        SearchIndexModel model = new SearchIndexModel(
                fields.optional("name", Values::string),
                fields.required("definition", Values::document),
                fields.optional("type", CollectionIndexes::searchIndexType));
        fields.assertAllUsed();
        return model;
    }

    private static SearchIndexType searchIndexType(BsonValue value) {
        for (SearchIndexType type : SearchIndexType.values()) {
            if (type.wireName().equals(Values.string(value))) {
                return type;
            }
        }
        throw new RunnerException("there is no search index type " + Values.string(value));
    }

    private static Handler.Action createSearchIndex(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        SearchIndexModel model = arguments.required("model", CollectionIndexes::searchIndex);
        return () -> Result.of(new BsonString(Await.result(collection.createSearchIndex(model))));
    }

    private static Handler.Action createSearchIndexes(
            CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        List<SearchIndexModel> models = arguments.required("models", Values::array).stream()
                .map(CollectionIndexes::searchIndex)
                .toList();
        return () -> Result.of(strings(Await.result(collection.createSearchIndexes(models))));
    }

    private static Handler.Action updateSearchIndex(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        String name = arguments.required("name", Values::string);
        BsonDocument definition = arguments.required("definition", Values::document);
        return () -> Result.after(collection.updateSearchIndex(name, definition));
    }

    private static Handler.Action dropSearchIndex(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        String name = arguments.required("name", Values::string);
        return () -> Result.after(collection.dropSearchIndex(name));
    }

    private static Handler.Action listSearchIndexes(CollectionEntity entity, Arguments arguments, CaseContext context) {
        ListSearchIndexesQuery<BsonDocument> query =
                Views.of(entity, arguments, context).listSearchIndexes(BsonDocument.class);
        query = arguments.with(query, "name", Values::string, ListSearchIndexesQuery<BsonDocument>::name);
        Arguments options = new Arguments(
                "aggregationOptions", arguments.orElse("aggregationOptions", Values::document, new BsonDocument()));
        query = options.with(query, "batchSize", Values::int32, ListSearchIndexesQuery<BsonDocument>::batchSize);
        query = options.with(query, "allowDiskUse", Values::bool, ListSearchIndexesQuery<BsonDocument>::allowDiskUse);
        query = options.with(query, "collation", Values::collation, ListSearchIndexesQuery<BsonDocument>::collation);
        query = options.with(query, "maxTimeMS", Values::millis, ListSearchIndexesQuery<BsonDocument>::maxTime);
        query = options.with(query, "comment", Values::any, ListSearchIndexesQuery<BsonDocument>::comment);
        options.assertAllUsed();
        ListSearchIndexesQuery<BsonDocument> all = query;
        return () -> Result.documents(Await.result(all.toList()));
    }

    private static Handler.Action rename(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        MongoNamespace to =
                new MongoNamespace(collection.namespace().databaseName(), arguments.required("to", Values::string));
        RenameCollectionOptions options = arguments.with(
                RenameCollectionOptions.DEFAULT, "dropTarget", Values::bool, RenameCollectionOptions::dropTarget);
        return () -> Result.after(collection.rename(to, options));
    }

    private static Handler.Action drop(CollectionEntity entity, Arguments arguments, CaseContext context) {
        MongoCollection<BsonDocument> collection = Views.of(entity, arguments, context);
        return () -> Result.after(collection.drop());
    }
}
