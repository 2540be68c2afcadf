package dev.rotor.driver.codec;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.codecs.pojo.annotations.BsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * A record as a document: a field for each component, {@code _id} first, then the discriminators that it has as a
 * member of a sealed hierarchy.
 *
 * @param <T> the record's class
 */
final class RecordValueCodec<T> implements Codec<T>, Discriminating {

    private final Class<T> type;
    private final MethodHandle constructor;
    private final @Nullable RecordField id;
    /** In the order of the constructor. */
    private final RecordField[] fields;

    private final Map<String, RecordField> byName;
    private final List<Discriminators.Tag> tags;

    RecordValueCodec(Class<T> type, List<Type> arguments, CodecRegistry registry) {
        this.type = type;
        refuseCreators(type);
        RecordComponent[] components = type.getRecordComponents();
        Map<TypeVariable<?>, Type> bindings = GenericTypes.bindings(type, arguments);
        this.constructor = Access.canonicalConstructor(type, components);
        this.fields = new RecordField[components.length];
        this.byName = new HashMap<>();
        for (int i = 0; i < components.length; i++) {
            Type component = GenericTypes.resolve(components[i].getGenericType(), bindings);
            fields[i] = new RecordField(components[i], i, component, registry);
            RecordField other = byName.put(fields[i].name, fields[i]);
            if (other != null) {
                throw Failures.configuration("two components of " + type.getName() + " are stored in the field "
                        + Failures.quoted(fields[i].name));
            }
        }
        this.id = byName.get(RecordField.ID);
        this.tags = Discriminators.of(type);
        for (Discriminators.Tag tag : tags) {
            if (byName.containsKey(tag.key())) {
                throw Failures.configuration("the component " + Failures.quoted(tag.key()) + " of " + type.getName()
                        + " has the name of the discriminator; choose another with @BsonDiscriminator(key = ...)");
            }
        }
    }

    private static void refuseCreators(Class<?> type) {
        List<AnnotatedElement> executables = new ArrayList<>(List.of(type.getDeclaredConstructors()));
        executables.addAll(List.of(type.getDeclaredMethods()));
        for (AnnotatedElement executable : executables) {
            if (executable.isAnnotationPresent(BsonCreator.class)) {
                throw Failures.configuration("@BsonCreator does not work on records, but stands in " + type.getName()
                        + ": a record is made by its canonical constructor");
            }
        }
    }

    @Override
    public Class<T> getEncoderClass() {
        return type;
    }

    @Override
    public void encode(BsonWriter writer, T value, EncoderContext context) {
        writer.writeStartDocument();
        if (id != null) {
            id.write(writer, value, context);
        }
        for (int i = 0; i < tags.size(); i++) {
            writer.writeString(tags.get(i).key(), tags.get(i).value());
        }
        for (RecordField field : fields) {
            if (field != id) {
                field.write(writer, value, context);
            }
        }
        writer.writeEndDocument();
    }

    @Override
    public T decode(BsonReader reader, DecoderContext context) {
        @Nullable Object[] values = new @Nullable Object[fields.length];
        reader.readStartDocument();
        // Fields mostly come in the order of the components; then no name is looked up.
        int next = 0;
        for (BsonType found = reader.readBsonType(); found != BsonType.END_OF_DOCUMENT; found = reader.readBsonType()) {
            String name = reader.readName();
            RecordField field =
                    next < fields.length && fields[next].name.equals(name) ? fields[next] : byName.get(name);
            if (field == null) {
                other(reader, found, name);
            } else {
                values[field.index] = read(reader, found, field, context);
                next = field.index + 1;
            }
        }
        reader.readEndDocument();
        for (RecordField field : fields) {
            if (values[field.index] == null) {
                values[field.index] = field.missing(BsonType.END_OF_DOCUMENT);
            }
        }
        return construct(values);
    }

    private @Nullable Object read(BsonReader reader, BsonType found, RecordField field, DecoderContext context) {
        if (found == BsonType.NULL) {
            reader.readNull();
            return field.missing(found);
        }
        try {
            return context.decodeWithChildContext(field.codec, reader);
        } catch (RuntimeException e) {
            throw Failures.reading(e, found, field.codec, field.name, type);
        }
    }

    /** A field that is no component: ignored, unless it says that the document is of another class. */
    private void other(BsonReader reader, BsonType found, String name) {
        for (int i = 0; i < tags.size(); i++) {
            if (tags.get(i).key().equals(name) && found == BsonType.STRING) {
                String value = reader.readString();
                if (!tags.get(i).matches(value, type)) {
                    throw Failures.at(
                            Failures.value("the document is of class " + Failures.quoted(value) + ", not "
                                    + Failures.quoted(tags.get(i).value())),
                            name,
                            type);
                }
                return;
            }
        }
        reader.skipValue();
    }

    @SuppressWarnings("unchecked")
    private T construct(@Nullable Object[] values) {
        try {
            return (T) (Object) constructor.invokeExact(values);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw Failures.configuration("the constructor of " + type.getName() + " refused the document: " + e, e);
        }
    }
}
