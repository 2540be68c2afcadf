package dev.rotor.driver.codec;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.BooleanCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.DoubleCodec;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.IntegerCodec;
import org.bson.codecs.LongCodec;
import org.bson.codecs.RepresentationConfigurable;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.codecs.pojo.annotations.BsonCreator;
import org.bson.codecs.pojo.annotations.BsonExtraElements;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.codecs.pojo.annotations.BsonIgnore;
import org.bson.codecs.pojo.annotations.BsonProperty;
import org.bson.codecs.pojo.annotations.BsonRepresentation;
import org.jspecify.annotations.Nullable;

/** One component of a record as a field of a document. Everything that reflection tells is asked once. */
final class RecordField {

    static final String ID = "_id";

    private static final List<Class<? extends Annotation>> NOT_FOR_RECORDS =
            List.of(BsonIgnore.class, BsonExtraElements.class, BsonCreator.class);

    private static final List<Class<? extends Annotation>> FOR_COMPONENTS =
            List.of(BsonId.class, BsonProperty.class, BsonRepresentation.class);

    /** How a value comes out of the record: the frequent primitives unboxed. */
    private enum Kind {
        INT,
        LONG,
        DOUBLE,
        BOOLEAN,
        OBJECT
    }

    final String name;
    final int index;
    final Codec<Object> codec;

    /** What stands for a field that is missing; {@code null} where null itself does, or nothing can. */
    final @Nullable Object absent;

    final boolean primitive;

    private final Class<?> record;
    private final Kind kind;
    private final MethodHandle accessor;

    RecordField(RecordComponent component, int index, Type type, CodecRegistry registry) {
        this.record = component.getDeclaringRecord();
        this.index = index;
        Field declared = declared(component);
        refuseMisplaced(component, declared);
        this.name = name(component, declared);
        try {
            this.codec = represented(GenericTypes.codec(registry, type), declared);
        } catch (RuntimeException e) {
            throw Failures.at(e, component.getName(), record);
        }
        this.absent = codec instanceof OptionalCodec<?> optional ? optional.absent() : null;
        this.primitive = component.getType().isPrimitive();
        this.kind = kind(component.getType(), codec);
        this.accessor = Access.accessor(
                record, component.getAccessor(), kind == Kind.OBJECT ? Object.class : component.getType());
    }

    /** Unboxed where the codec is the library's own, whose way of writing is known. */
    private static Kind kind(Class<?> type, Codec<?> codec) {
        Class<?> by = codec.getClass();
        if (type == int.class && by == IntegerCodec.class) {
            return Kind.INT;
        }
        if (type == long.class && by == LongCodec.class) {
            return Kind.LONG;
        }
        if (type == double.class && by == DoubleCodec.class) {
            return Kind.DOUBLE;
        }
        return type == boolean.class && by == BooleanCodec.class ? Kind.BOOLEAN : Kind.OBJECT;
    }

    /** Writes name and value; nothing for a null and for an absent optional. */
    void write(BsonWriter writer, Object instance, EncoderContext context) {
        try {
            switch (kind) {
                case INT -> writer.writeInt32(name, (int) accessor.invokeExact(instance));
                case LONG -> writer.writeInt64(name, (long) accessor.invokeExact(instance));
                case DOUBLE -> writer.writeDouble(name, (double) accessor.invokeExact(instance));
                case BOOLEAN -> writer.writeBoolean(name, (boolean) accessor.invokeExact(instance));
                case OBJECT -> writeObject(writer, (Object) accessor.invokeExact(instance), context);
            }
        } catch (RuntimeException e) {
            throw Failures.at(e, name, record);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw Failures.at(Failures.configuration(e.toString(), e), name, record);
        }
    }

    private void writeObject(BsonWriter writer, @Nullable Object value, EncoderContext context) {
        if (value == null || (absent != null && absent.equals(value))) {
            return;
        }
        writer.writeName(name);
        context.encodeWithChildContext(codec, writer, value);
    }

    /** What the constructor gets when the document has nothing for it. */
    @Nullable
    Object missing(BsonType found) {
        if (primitive) {
            throw Failures.at(
                    Failures.value(
                            found == BsonType.NULL
                                    ? "found null for a primitive component"
                                    : "the field is missing, and its component is a primitive"),
                    name,
                    record);
        }
        return found == BsonType.NULL ? Elements.ofNull(codec) : absent;
    }

    private static Field declared(RecordComponent component) {
        try {
            return component.getDeclaringRecord().getDeclaredField(component.getName());
        } catch (NoSuchFieldException e) {
            throw new AssertionError(component + " has no field", e);
        }
    }

    private static String name(RecordComponent component, Field declared) {
        if (declared.isAnnotationPresent(BsonId.class)) {
            return ID;
        }
        BsonProperty property = declared.getAnnotation(BsonProperty.class);
        return property == null || property.value().isEmpty() ? component.getName() : property.value();
    }

    private static Codec<Object> represented(Codec<Object> codec, Field declared) {
        BsonRepresentation representation = declared.getAnnotation(BsonRepresentation.class);
        if (representation == null) {
            return codec;
        }
        if (codec instanceof OptionalCodec<?> optional) {
            return Lookups.untyped(optional.with(represented(optional.values(), declared)));
        }
        if (codec instanceof RepresentationConfigurable<?> configurable) {
            return Lookups.untyped(configurable.withRepresentation(representation.value()));
        }
        throw Failures.configuration("the codec of " + Failures.typeName(codec.getEncoderClass())
                + " knows no other representation: @BsonRepresentation is of no use here");
    }

    /** An annotation that is overlooked would store something else than its author meant. */
    private static void refuseMisplaced(RecordComponent component, Field declared) {
        for (Class<? extends Annotation> annotation : NOT_FOR_RECORDS) {
            if (declared.isAnnotationPresent(annotation)
                    || component.getAccessor().isAnnotationPresent(annotation)) {
                throw Failures.at(
                        Failures.configuration("@" + annotation.getSimpleName() + " does not work on records"),
                        component.getName(),
                        component.getDeclaringRecord());
            }
        }
        for (Class<? extends Annotation> annotation : FOR_COMPONENTS) {
            if (!declared.isAnnotationPresent(annotation)
                    && component.getAccessor().isAnnotationPresent(annotation)) {
                throw Failures.at(
                        Failures.configuration("@" + annotation.getSimpleName()
                                + " stands on the accessor; it belongs to the component in the record's header"),
                        component.getName(),
                        component.getDeclaringRecord());
            }
        }
    }
}
