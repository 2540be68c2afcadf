package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.model.CommitQuorum;
import dev.rotor.driver.model.CreateIndexOptions;
import dev.rotor.driver.model.DropIndexOptions;
import dev.rotor.driver.model.IndexModel;
import dev.rotor.driver.model.IndexOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** Commands of the Index Management specification that change indexes. */
public final class IndexCommands {

    /** Server 4.2 takes a commit quorum for one of its own instead of refusing it. */
    private static final int WIRE_VERSION_WITH_COMMIT_QUORUM = 9;

    private IndexCommands() {}

    /** {@code createIndexes}; gives the indexes' names in the order of the models. */
    public static Operation<List<String>> create(
            Scope scope, String collection, List<IndexModel> models, CreateIndexOptions options) {
        CodecRegistry registry = scope.codecRegistry();
        List<BsonDocument> keys = new ArrayList<>(models.size());
        List<String> names = new ArrayList<>(models.size());
        for (IndexModel model : models) {
            BsonDocument key = model.keys().toBsonDocument(BsonDocument.class, registry);
            keys.add(key);
            names.add(Objects.requireNonNullElseGet(model.options().name(), () -> IndexNames.of(key)));
        }
        CommandOperation.Body body = (out, connection) -> {
            if (options.commitQuorum() != null && connection.maxWireVersion() < WIRE_VERSION_WITH_COMMIT_QUORUM) {
                throw new MongoException(
                        "commitQuorum needs server 4.4; " + connection.server() + " is older and may misunderstand it",
                        null);
            }
            out.putString(Names.CREATE_INDEXES, collection);
            int array = out.startArray(Names.INDEXES);
            for (int i = 0; i < models.size(); i++) {
                int index = out.startDocument(out.arrayIndex(i));
                Fields.put(out, Names.KEY, keys.get(i), registry);
                out.putString(Names.NAME, names.get(i));
                writeOptions(out, models.get(i).options(), registry);
                out.endDocument(index);
            }
            out.endDocument(array);
            CommitQuorum quorum = options.commitQuorum();
            Fields.put(out, Names.COMMIT_QUORUM, quorum == null ? null : quorum.value());
            Fields.putMaxTime(out, scope, options.maxTime());
            Fields.put(out, Names.COMMENT, options.comment());
        };
        return CommandOperation.write("createIndexes", scope, body, (reply, context) -> List.copyOf(names));
    }

    private static void writeOptions(CommandWriter out, IndexOptions options, CodecRegistry registry) {
        Fields.put(out, Names.BACKGROUND, options.background());
        Fields.put(out, Names.UNIQUE, options.unique());
        Fields.put(out, Names.SPARSE, options.sparse());
        Fields.put(out, Names.HIDDEN, options.hidden());
        if (options.expireAfter() != null) {
            out.putInt64(Names.EXPIRE_AFTER_SECONDS, options.expireAfter().toSeconds());
        }
        Fields.put(out, Names.V, options.version());
        Fields.put(out, Names.WEIGHTS, options.weights(), registry);
        Fields.put(out, Names.DEFAULT_LANGUAGE, options.defaultLanguage());
        Fields.put(out, Names.LANGUAGE_OVERRIDE, options.languageOverride());
        Fields.put(out, Names.TEXT_INDEX_VERSION, options.textIndexVersion());
        Fields.put(out, Names.SPHERE_INDEX_VERSION, options.sphereVersion());
        Fields.put(out, Names.BITS, options.bits());
        Fields.put(out, Names.MIN, options.min());
        Fields.put(out, Names.MAX, options.max());
        Fields.put(out, Names.STORAGE_ENGINE, options.storageEngine(), registry);
        Fields.put(out, Names.PARTIAL_FILTER_EXPRESSION, options.partialFilterExpression(), registry);
        Fields.put(out, Names.COLLATION, options.collation(), registry);
        Fields.put(out, Names.WILDCARD_PROJECTION, options.wildcardProjection(), registry);
    }

    /** {@code dropIndexes} for one index by its name, or {@code "*"} for all. */
    public static Operation<@Nullable Void> drop(
            Scope scope, String collection, String name, DropIndexOptions options) {
        return drop(scope, collection, new BsonString(name), options);
    }

    /** {@code dropIndexes} for one index by its keys. */
    public static Operation<@Nullable Void> drop(
            Scope scope, String collection, BsonDocument keys, DropIndexOptions options) {
        return drop(scope, collection, (BsonValue) keys, options);
    }

    private static Operation<@Nullable Void> drop(
            Scope scope, String collection, BsonValue index, DropIndexOptions options) {
        CommandOperation.Body body = (out, connection) -> {
            out.putString(Names.DROP_INDEXES, collection);
            Fields.put(out, Names.INDEX, index);
            Fields.putMaxTime(out, scope, options.maxTime());
            Fields.put(out, Names.COMMENT, options.comment());
        };
        return CommandOperation.write("dropIndexes", scope, body, (reply, context) -> null);
    }

    /** Whether a failure says that the collection does not exist, so there is nothing to list or drop. */
    public static boolean isNamespaceNotFound(@Nullable Throwable failure) {
        return failure instanceof MongoCommandException refused
                && (refused.code() == ErrorCodes.NAMESPACE_NOT_FOUND
                        || refused.errorMessage().contains("ns not found"));
    }

    /** The answer to listing the indexes of a collection that the given failure says does not exist. */
    public static <T> BatchCursor<T> noIndexes(Throwable notFound) {
        ServerAddress server = Objects.requireNonNull(((MongoException) notFound).server());
        return WholeReply.cursor(server, List.of());
    }
}
