package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.BsonText;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.BsonWriter;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;

/**
 * Negation. The server knows {@code $not} only below a field, so the filter must be rendered before it can be told
 * where the {@code $not} goes.
 */
record NotFilter(Bson filter) implements WritableBson {

    private static final BsonDocumentCodec DOCUMENTS = new BsonDocumentCodec();
    private static final Set<String> DBREF = Set.of("$ref", "$id");
    private static final Set<String> DBREF_WITH_DB = Set.of("$ref", "$id", "$db");

    @Override
    public void writeTo(BsonWriter writer, Class<?> documentClass, CodecRegistry codecRegistry) {
        BsonDocument negated = negate(filter.toBsonDocument(documentClass, codecRegistry));
        DOCUMENTS.encode(writer, negated, EncoderContext.builder().build());
    }

    private static BsonDocument negate(BsonDocument filter) {
        if (filter.size() == 1) {
            Map.Entry<String, BsonValue> only = filter.entrySet().iterator().next();
            return negate(only.getKey(), only.getValue());
        }
        BsonArray clauses = new BsonArray(filter.size());
        for (Map.Entry<String, BsonValue> element : filter.entrySet()) {
            clauses.add(new BsonDocument(element.getKey(), element.getValue()));
        }
        return negate("$and", clauses);
    }

    private static BsonDocument negate(String name, BsonValue value) {
        if (name.startsWith("$")) {
            return new BsonDocument("$not", new BsonDocument(name, value));
        }
        if (value.isRegularExpression() || (value.isDocument() && hasOperator(value.asDocument()))) {
            return new BsonDocument(name, new BsonDocument("$not", value));
        }
        return new BsonDocument(name, new BsonDocument("$not", new BsonDocument("$eq", value)));
    }

    /** A DBRef is a value, though its names look like operators. */
    private static boolean hasOperator(BsonDocument value) {
        Set<String> names = value.keySet();
        return !names.equals(DBREF)
                && !names.equals(DBREF_WITH_DB)
                && names.stream().anyMatch(name -> name.startsWith("$"));
    }

    @Override
    public String toString() {
        return BsonText.of(this);
    }
}
