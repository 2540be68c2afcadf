package dev.rotor.driver.model;

import org.bson.BsonWriter;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** What those builder values have in common that have a type, and methods, of their own. */
abstract class Shaped implements WritableBson {

    private final WritableBson content;

    Shaped(WritableBson content) {
        this.content = content;
    }

    WritableBson content() {
        return content;
    }

    @Override
    public final void writeTo(BsonWriter writer, Class<?> documentClass, CodecRegistry codecRegistry) {
        content.writeTo(writer, documentClass, codecRegistry);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Shaped that && getClass() == that.getClass() && content.equals(that.content);
    }

    @Override
    public final int hashCode() {
        return content.hashCode();
    }

    @Override
    public final String toString() {
        return content.toString();
    }
}
