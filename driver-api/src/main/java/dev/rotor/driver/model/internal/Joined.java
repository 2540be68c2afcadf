package dev.rotor.driver.model.internal;

import dev.rotor.driver.model.WritableBson;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.BsonWriter;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;

/**
 * Several documents made into one, by a rule for a name that comes more than once.
 *
 * @param rule what happens to such a name
 * @param parts the documents, in their order
 */
public record Joined(Rule rule, List<Bson> parts) implements WritableBson {

    /** What happens to a name that comes more than once. */
    public enum Rule {
        /** The last value counts, in the place of the first. */
        FIRST_PLACE,
        /** The last value counts, in its own place. */
        LAST_PLACE,
        /** It is an error. */
        UNIQUE,
        /** The values are operators' documents; they are put together, field by field. */
        OPERATORS
    }

    /**
     * Copies.
     *
     * @param rule what happens to a name that comes more than once
     * @param parts the documents
     */
    public Joined {
        parts = List.copyOf(parts);
    }

    /**
     * Documents that follow one another in one.
     *
     * @param parts the documents
     * @return one document, in which the last value of a name counts, in the place of the first
     */
    public static Joined of(Bson... parts) {
        return new Joined(Rule.FIRST_PLACE, List.of(parts));
    }

    /**
     * A document with one more element.
     *
     * @param base the document
     * @param name the element's name
     * @param value its value
     * @return a copy
     */
    public static WritableBson with(WritableBson base, String name, Object value) {
        return base instanceof Shape shape ? shape.with(name, value) : of(base, Shape.of(name, value));
    }

    @Override
    public void writeTo(BsonWriter writer, Class<?> documentClass, CodecRegistry codecRegistry) {
        Values.write(writer, join(documentClass, codecRegistry));
    }

    @Override
    public <TDocument> BsonDocument toBsonDocument(Class<TDocument> documentClass, CodecRegistry codecRegistry) {
        return join(documentClass, codecRegistry);
    }

    private BsonDocument join(Class<?> documentClass, CodecRegistry registry) {
        BsonDocument joined = new BsonDocument();
        for (Bson part : parts) {
            for (Map.Entry<String, BsonValue> element :
                    Values.render(part, documentClass, registry).entrySet()) {
                add(joined, element.getKey(), element.getValue());
            }
        }
        return joined;
    }

    private void add(BsonDocument joined, String name, BsonValue value) {
        BsonValue before = joined.get(name);
        if (before == null) {
            joined.put(name, value);
            return;
        }
        switch (rule) {
            case FIRST_PLACE -> joined.put(name, value);
            case LAST_PLACE -> {
                joined.remove(name);
                joined.put(name, value);
            }
            case UNIQUE -> throw new IllegalArgumentException("names must be different, and " + name + " comes twice");
            case OPERATORS -> joined.put(name, merge(name, before, value));
        }
    }

    private static BsonDocument merge(String operator, BsonValue before, BsonValue after) {
        if (!before.isDocument() || !after.isDocument()) {
            throw new IllegalArgumentException(
                    "updates cannot be combined: " + operator + " comes twice, and is not a document each time");
        }
        // A copy: a part may be the user's own document.
        BsonDocument merged = new BsonDocument();
        merged.putAll(before.asDocument());
        merged.putAll(after.asDocument());
        return merged;
    }

    @Override
    public String toString() {
        return BsonText.of(this);
    }
}
