package dev.rotor.driver.codec;

import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWriter;
import org.bson.BsonReader;
import org.bson.BsonReaderMark;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.BsonWriter;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A sealed interface or class: written by the codec of the class that a value has, read by that of the class that the
 * document's discriminator names.
 *
 * @param <T> the sealed class
 */
final class SealedCodec<T> implements Codec<T> {

    private static final DecoderContext CHECKED =
            DecoderContext.builder().checkedDiscriminator(true).build();

    private final Class<T> type;
    private final String key;
    /** In the order of the permits clause, for messages. */
    private final Map<String, Class<?>> byValue;

    private final Map<String, Leaf> byName = new HashMap<>();
    private final Map<Class<?>, Leaf> byClass = new HashMap<>();

    /** @param tagged whether the codec writes the discriminator itself */
    private record Leaf(String value, Codec<Object> codec, boolean tagged) {}

    SealedCodec(Class<T> type, List<Type> arguments, CodecRegistry registry) {
        this.type = type;
        this.key = Discriminators.key(type);
        this.byValue = Discriminators.byValue(type);
        byValue.forEach((value, leaf) -> {
            List<Type> leafArguments = LeafTypes.arguments(leaf, type, arguments);
            Leaf known = leaf(value, leaf, leafArguments, registry);
            byClass.put(leaf, known);
            byName.put(leaf.getName(), known);
        });
        // Last: what is written for a class comes before another class's name.
        byValue.forEach((value, leaf) -> byName.put(value, byClass.get(leaf)));
    }

    private Leaf leaf(String value, Class<?> leaf, List<Type> arguments, CodecRegistry registry) {
        if (leaf == type) {
            // The sealed class is concrete itself: the registry would give this codec again.
            return new Leaf(value, Lookups.untyped(SealedClassCodec.of(type, registry)), true);
        }
        Codec<?> codec = find(leaf, arguments, registry);
        if (codec instanceof Discriminating) {
            return new Leaf(value, Lookups.untyped(codec), true);
        }
        // In a cycle of classes the registry answers with a stand-in that does not tell what is behind it.
        Codec<?> behind = registry.get(leaf, arguments, registry);
        return new Leaf(value, Lookups.untyped(codec), behind instanceof Discriminating);
    }

    private static Codec<?> find(Class<?> leaf, List<Type> arguments, CodecRegistry registry) {
        return arguments.isEmpty() ? Lookups.find(registry, leaf) : Lookups.find(registry, leaf, arguments);
    }

    @Override
    public Class<T> getEncoderClass() {
        return type;
    }

    @Override
    public void encode(BsonWriter writer, T value, EncoderContext context) {
        Leaf leaf = byClass.get(value.getClass());
        if (leaf == null) {
            throw Failures.configuration(value.getClass().getName() + " has no discriminator in the sealed hierarchy "
                    + type.getName() + "; known are " + known());
        }
        if (leaf.tagged()) {
            leaf.codec().encode(writer, value, context);
        } else {
            encodeTagged(writer, value, leaf, context);
        }
    }

    /** For a user's own codec of one of the classes, which knows nothing of a discriminator: by way of a document. */
    private void encodeTagged(BsonWriter writer, Object value, Leaf leaf, EncoderContext context) {
        BsonDocument plain = new BsonDocument();
        leaf.codec().encode(new BsonDocumentWriter(plain), value, context);
        BsonString tag = new BsonString(leaf.value());
        BsonValue own = plain.get(key);
        if (own != null && !own.equals(tag)) {
            throw Failures.configuration("the codec " + leaf.codec().getClass().getName() + " of "
                    + value.getClass().getName() + " writes a field " + Failures.quoted(key)
                    + ", which has the name of the discriminator; choose another with @BsonDiscriminator(key = ...)");
        }
        BsonDocument tagged = new BsonDocument();
        BsonValue id = plain.get(RecordField.ID);
        if (id != null) {
            tagged.append(RecordField.ID, id);
        }
        tagged.append(key, tag);
        plain.forEach(tagged::putIfAbsent);
        new BsonDocumentCodec().encode(writer, tagged, context);
    }

    @Override
    public T decode(BsonReader reader, DecoderContext context) {
        String value = discriminator(reader, key);
        if (value == null) {
            throw Failures.value("the document has no discriminator " + Failures.quoted(key) + " for " + type.getName()
                    + "; known are " + known());
        }
        Leaf leaf = byName.get(value);
        if (leaf == null) {
            throw Failures.at(
                    Failures.value("unknown discriminator " + Failures.quoted(value) + "; known are " + known()),
                    key,
                    type);
        }
        return type.cast(leaf.codec().decode(reader, CHECKED));
    }

    private String known() {
        return String.join(", ", byValue.keySet());
    }

    /** Looks ahead for a document's discriminator; {@code null} when it has none. The reader stays where it is. */
    static @Nullable String discriminator(BsonReader reader, String key) {
        BsonReaderMark mark = reader.getMark();
        try {
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                if (reader.readName().equals(key)) {
                    return reader.getCurrentBsonType() == BsonType.STRING ? reader.readString() : null;
                }
                reader.skipValue();
            }
            return null;
        } finally {
            mark.reset();
        }
    }
}
