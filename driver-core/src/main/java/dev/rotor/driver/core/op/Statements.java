package dev.rotor.driver.core.op;

import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.model.Collation;
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
import org.bson.codecs.Encoder;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Writes the statements of write commands: the elements of their document sequences. */
final class Statements {

    /** Which command a statement belongs to. */
    enum Kind {
        INSERT("insert", Names.INSERT, Names.DOCUMENTS),
        UPDATE("update", Names.UPDATE, Names.UPDATES),
        DELETE("delete", Names.DELETE, Names.DELETES);

        final String commandName;
        // Constants that nobody writes to.
        @SuppressWarnings("ImmutableEnumChecker")
        final byte[] command;

        @SuppressWarnings("ImmutableEnumChecker")
        final byte[] sequence;

        Kind(String commandName, byte[] command, byte[] sequence) {
            this.commandName = commandName;
            this.command = command;
            this.sequence = sequence;
        }
    }

    private Statements() {}

    static Kind kind(WriteModel<?> model) {
        if (model instanceof InsertOneModel<?>) {
            return Kind.INSERT;
        }
        return model instanceof DeleteOneModel<?> || model instanceof DeleteManyModel<?> ? Kind.DELETE : Kind.UPDATE;
    }

    /** Whether a statement may touch several documents, which makes its command impossible to retry. */
    static boolean isMulti(WriteModel<?> model) {
        return model instanceof UpdateManyModel<?> || model instanceof DeleteManyModel<?>;
    }

    /** Appends one statement. */
    static <T> void append(
            CommandWriter out, WriteModel<? extends T> model, Encoder<T> encoder, CodecRegistry registry) {
        if (model instanceof InsertOneModel<? extends T> insert) {
            out.appendDocument(insert.document(), encoder);
            return;
        }
        int mark = out.startBareDocument();
        if (model instanceof UpdateOneModel<? extends T> update) {
            update(out, update.filter(), update.update(), update.pipeline(), update.options(), false, registry);
        } else if (model instanceof UpdateManyModel<? extends T> update) {
            update(out, update.filter(), update.update(), update.pipeline(), update.options(), true, registry);
        } else if (model instanceof ReplaceOneModel<? extends T> replace) {
            replace(out, replace, encoder, registry);
        } else if (model instanceof DeleteOneModel<? extends T> delete) {
            delete(out, delete.filter(), delete.options(), 1, registry);
        } else if (model instanceof DeleteManyModel<? extends T> delete) {
            delete(out, delete.filter(), delete.options(), 0, registry);
        }
        out.endDocument(mark);
    }

    private static void update(
            CommandWriter out,
            Bson filter,
            @Nullable Bson update,
            @Nullable List<Bson> pipeline,
            UpdateOptions options,
            boolean multi,
            CodecRegistry registry) {
        Fields.put(out, Names.Q, filter, registry);
        Fields.put(out, Names.U, update, registry);
        Fields.put(out, Names.U, pipeline, registry);
        if (multi) {
            out.putBoolean(Names.MULTI, true);
        }
        Fields.put(out, Names.UPSERT, options.upsert());
        Fields.put(out, Names.ARRAY_FILTERS, options.arrayFilters(), registry);
        common(out, options.collation(), options.hint(), options.hintString(), registry);
        Fields.put(out, Names.SORT, options.sort(), registry);
    }

    private static <T> void replace(
            CommandWriter out, ReplaceOneModel<? extends T> model, Encoder<T> encoder, CodecRegistry registry) {
        ReplaceOptions options = model.options();
        Fields.put(out, Names.Q, model.filter(), registry);
        replacement(out, Names.U, model.replacement(), encoder, CommandWriter.PLAIN);
        Fields.put(out, Names.UPSERT, options.upsert());
        common(out, options.collation(), options.hint(), options.hintString(), registry);
        Fields.put(out, Names.SORT, options.sort(), registry);
    }

    private static void delete(
            CommandWriter out, Bson filter, DeleteOptions options, int limit, CodecRegistry registry) {
        Fields.put(out, Names.Q, filter, registry);
        out.putInt32(Names.LIMIT, limit);
        common(out, options.collation(), options.hint(), options.hintString(), registry);
    }

    /**
     * Writes the document that takes the place of another. Only here are those seen whole that are no maps.
     *
     * @throws IllegalArgumentException if it has operators, for it would be an update
     */
    static <T> void replacement(
            CommandWriter out, byte[] name, T document, Encoder<? super T> encoder, EncoderContext context) {
        int start = out.getPosition() + 1 + name.length;
        out.putDocument(name, document, encoder, context);
        if (out.firstNameByte(start) == '$') {
            throw new IllegalArgumentException("a replacement has no operators; this one, of class "
                    + document.getClass().getName()
                    + ", starts with a field whose name begins with \"$\". To change fields use updateOne.");
        }
    }

    /** What statements of every kind may have, in the bulk writes of collections and of clients alike. */
    static void common(
            CommandWriter out,
            @Nullable Collation collation,
            @Nullable Bson hint,
            @Nullable String hintString,
            CodecRegistry registry) {
        Fields.put(out, Names.COLLATION, collation, registry);
        Fields.putHint(out, hint, hintString, registry);
    }
}
