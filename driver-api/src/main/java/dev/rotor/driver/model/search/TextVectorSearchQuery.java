package dev.rotor.driver.model.search;

import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.util.Objects;
import org.bson.BsonWriter;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** A text that {@code $vectorSearch} makes a vector of, and the model that does it. Immutable. */
public final class TextVectorSearchQuery implements VectorSearchQuery {

    private final String text;
    private final @Nullable String model;

    TextVectorSearchQuery(String text, @Nullable String model) {
        this.text = text;
        this.model = model;
    }

    /**
     * Sets the model.
     *
     * @param modelName its name; not empty
     * @return a changed copy
     */
    public TextVectorSearchQuery model(String modelName) {
        return new TextVectorSearchQuery(text, Require.path("modelName", modelName));
    }

    /**
     * The model that makes a vector of the text. It is sent beside the query.
     *
     * @return its name, or {@code null} for that of the index
     */
    public @Nullable String model() {
        return model;
    }

    @Override
    public void writeTo(BsonWriter writer, Class<?> documentClass, CodecRegistry codecRegistry) {
        shape().writeTo(writer, documentClass, codecRegistry);
    }

    private Shape shape() {
        return Shape.of("text", Literal.of(text));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TextVectorSearchQuery that
                && text.equals(that.text)
                && Objects.equals(model, that.model);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, model);
    }

    @Override
    public String toString() {
        return shape().withPresent("model", Literal.ofNullable(model)).toString();
    }
}
