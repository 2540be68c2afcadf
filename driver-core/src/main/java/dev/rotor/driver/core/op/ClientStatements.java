package dev.rotor.driver.core.op;

import dev.rotor.driver.codec.Codecs;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.model.DeleteManyModel;
import dev.rotor.driver.model.DeleteOneModel;
import dev.rotor.driver.model.DeleteOptions;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.ReplaceOneModel;
import dev.rotor.driver.model.ReplaceOptions;
import dev.rotor.driver.model.UpdateManyModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.driver.model.UpdateOptions;
import dev.rotor.driver.model.WriteModel;
import java.util.List;
import org.bson.BsonValue;
import org.bson.codecs.CollectibleCodec;
import org.bson.codecs.Encoder;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Writes the elements of the sequence {@code ops} of {@code bulkWrite}. */
final class ClientStatements {

    private ClientStatements() {}

    /**
     * Appends one write to the collection that has the given place in {@code nsInfo}; returns its length in bytes.
     *
     * @param insertedIds where the {@code _id} of an inserted document belongs, at the index of the write
     */
    static int append(
            CommandWriter out,
            WriteModel<?> model,
            int namespace,
            @Nullable BsonValue[] insertedIds,
            int index,
            CodecRegistry registry) {
        int start = out.getPosition();
        int mark = out.startBareDocument();
        if (model instanceof InsertOneModel<?> insert) {
            out.putInt32(Names.INSERT, namespace);
            insertedIds[index] = insert(out, insert.document(), insertedIds[index], registry);
        } else if (model instanceof UpdateOneModel<?> update) {
            out.putInt32(Names.UPDATE, namespace);
            update(out, update.filter(), update.update(), update.pipeline(), update.options(), false, registry);
        } else if (model instanceof UpdateManyModel<?> update) {
            out.putInt32(Names.UPDATE, namespace);
            update(out, update.filter(), update.update(), update.pipeline(), update.options(), true, registry);
        } else if (model instanceof ReplaceOneModel<?> replace) {
            out.putInt32(Names.UPDATE, namespace);
            replace(out, replace, registry);
        } else if (model instanceof DeleteOneModel<?> delete) {
            out.putInt32(Names.DELETE, namespace);
            delete(out, delete.filter(), delete.options(), false, registry);
        } else if (model instanceof DeleteManyModel<?> delete) {
            out.putInt32(Names.DELETE, namespace);
            delete(out, delete.filter(), delete.options(), true, registry);
        }
        out.endDocument(mark);
        return out.getPosition() - start;
    }

    private static <T> @Nullable BsonValue insert(
            CommandWriter out, T document, @Nullable BsonValue id, CodecRegistry registry) {
        Encoder<T> encoder = encoder(document, registry);
        int start = out.getPosition() + 1 + Names.DOCUMENT.length;
        out.putDocument(Names.DOCUMENT, document, encoder, CommandWriter.COLLECTIBLE);
        return encoder instanceof CollectibleCodec<T> ? id : out.identify(start, id);
    }

    /** The codec of the document's own class: the writes of one call may have documents of several. */
    @SuppressWarnings("unchecked")
    private static <T> Encoder<T> encoder(T document, CodecRegistry registry) {
        return Codecs.find(registry, (Class<T>) document.getClass());
    }

    private static <T> void putReplacement(CommandWriter out, T document, CodecRegistry registry) {
        Statements.replacement(
                out, Names.UPDATE_MODS, document, encoder(document, registry), CommandWriter.COLLECTIBLE);
    }

    private static void update(
            CommandWriter out,
            Bson filter,
            @Nullable Bson update,
            @Nullable List<Bson> pipeline,
            UpdateOptions options,
            boolean multi,
            CodecRegistry registry) {
        Fields.put(out, Names.FILTER, filter, registry);
        Fields.put(out, Names.UPDATE_MODS, update, registry);
        Fields.put(out, Names.UPDATE_MODS, pipeline, registry);
        out.putBoolean(Names.MULTI, multi);
        Fields.put(out, Names.UPSERT, options.upsert());
        Fields.put(out, Names.ARRAY_FILTERS, options.arrayFilters(), registry);
        Statements.common(out, options.collation(), options.hint(), options.hintString(), registry);
        Fields.put(out, Names.SORT, options.sort(), registry);
    }

    private static void replace(CommandWriter out, ReplaceOneModel<?> model, CodecRegistry registry) {
        ReplaceOptions options = model.options();
        Fields.put(out, Names.FILTER, model.filter(), registry);
        putReplacement(out, model.replacement(), registry);
        out.putBoolean(Names.MULTI, false);
        Fields.put(out, Names.UPSERT, options.upsert());
        Statements.common(out, options.collation(), options.hint(), options.hintString(), registry);
        Fields.put(out, Names.SORT, options.sort(), registry);
    }

    private static void delete(
            CommandWriter out, Bson filter, DeleteOptions options, boolean multi, CodecRegistry registry) {
        Fields.put(out, Names.FILTER, filter, registry);
        out.putBoolean(Names.MULTI, multi);
        Statements.common(out, options.collation(), options.hint(), options.hintString(), registry);
    }
}
