package dev.rotor.driver.model.search;

import dev.rotor.driver.model.internal.BsonText;
import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.BsonWriter;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;

/** An operator that the user wrote, with arguments that were added to it. */
record GivenSearchOperator(Bson operator, Shape more) implements SearchOperator {

    @Override
    public SearchOperator score(SearchScore modifier) {
        return new GivenSearchOperator(operator, more.with("score", Require.nonNull("modifier", modifier)));
    }

    @Override
    public void writeTo(BsonWriter writer, Class<?> documentClass, CodecRegistry codecRegistry) {
        BsonDocument given = operator.toBsonDocument(documentClass, codecRegistry);
        if (more.equals(Shape.EMPTY)) {
            Joined.of(given).writeTo(writer, documentClass, codecRegistry);
            return;
        }
        Map.Entry<String, BsonValue> only =
                given.size() == 1 ? given.entrySet().iterator().next() : null;
        if (only == null || !only.getValue().isDocument()) {
            throw new IllegalArgumentException(
                    "operator must be a name and a document of arguments to have a score, unlike " + given.toJson());
        }
        Shape.of(only.getKey(), Joined.of(only.getValue().asDocument(), more))
                .writeTo(writer, documentClass, codecRegistry);
    }

    @Override
    public String toString() {
        return BsonText.of(this);
    }
}
