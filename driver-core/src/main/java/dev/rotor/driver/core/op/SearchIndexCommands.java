package dev.rotor.driver.core.op;

import dev.rotor.driver.model.SearchIndexModel;
import dev.rotor.driver.model.SearchIndexType;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Commands that create, change and drop search indexes. They are passed on to another system, which knows neither read
 * nor write concerns.
 */
public final class SearchIndexCommands {

    private SearchIndexCommands() {}

    /** {@code createSearchIndexes}; gives the names that the server answers with. */
    public static Operation<List<String>> create(Scope scope, String collection, List<SearchIndexModel> models) {
        CodecRegistry registry = scope.codecRegistry();
        CommandOperation.Body body = (out, connection) -> {
            out.putString(Names.CREATE_SEARCH_INDEXES, collection);
            int array = out.startArray(Names.INDEXES);
            for (int i = 0; i < models.size(); i++) {
                SearchIndexModel model = models.get(i);
                int index = out.startDocument(out.arrayIndex(i));
                Fields.put(out, Names.NAME, model.name());
                Fields.put(out, Names.DEFINITION, model.definition(), registry);
                SearchIndexType type = model.type();
                Fields.put(out, Names.TYPE, type == null ? null : type.wireName());
                out.endDocument(index);
            }
            out.endDocument(array);
        };
        return CommandOperation.bare(
                "createSearchIndexes",
                scope,
                body,
                (reply, context) -> created(reply.document().get("indexesCreated")));
    }

    private static List<String> created(@Nullable BsonValue indexes) {
        List<String> names = new ArrayList<>();
        if (indexes != null && indexes.isArray()) {
            for (BsonValue index : indexes.asArray()) {
                if (index.isDocument() && index.asDocument().get("name") instanceof BsonString name) {
                    names.add(name.getValue());
                }
            }
        }
        return List.copyOf(names);
    }

    /** {@code updateSearchIndex}. */
    public static Operation<@Nullable Void> update(Scope scope, String collection, String name, Bson definition) {
        CommandOperation.Body body = (out, connection) -> {
            out.putString(Names.UPDATE_SEARCH_INDEX, collection);
            out.putString(Names.NAME, name);
            Fields.put(out, Names.DEFINITION, definition, scope.codecRegistry());
        };
        return CommandOperation.bare("updateSearchIndex", scope, body, (reply, context) -> null);
    }

    /** {@code dropSearchIndex}. */
    public static Operation<@Nullable Void> drop(Scope scope, String collection, String name) {
        CommandOperation.Body body = (out, connection) -> {
            out.putString(Names.DROP_SEARCH_INDEX, collection);
            out.putString(Names.NAME, name);
        };
        return CommandOperation.bare("dropSearchIndex", scope, body, (reply, context) -> null);
    }
}
