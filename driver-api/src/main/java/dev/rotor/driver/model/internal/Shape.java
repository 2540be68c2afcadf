package dev.rotor.driver.model.internal;

import dev.rotor.driver.model.WritableBson;
import java.util.Arrays;
import java.util.Collection;
import org.bson.BsonWriter;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A document whose names are known and whose values are encoded when it is used. Nearly everything that a builder
 * returns is one, or nests some. Immutable; equal if names, their order and values are equal.
 *
 * <p>A value is {@code null}, a {@link org.bson.conversions.Bson}, a {@link org.bson.BsonValue}, {@link Items}, or
 * anything that the codec registry at use has a codec for.
 */
public final class Shape implements WritableBson {

    /** The empty document. */
    public static final Shape EMPTY = new Shape(new String[0], new Object[0]);

    private final String[] names;
    private final @Nullable Object[] values;

    private Shape(String[] names, @Nullable Object[] values) {
        this.names = names;
        this.values = values;
    }

    /**
     * A document of one element.
     *
     * @param name its name
     * @param value its value
     * @return the document
     */
    public static Shape of(String name, @Nullable Object value) {
        return new Shape(new String[] {name}, new Object[] {value});
    }

    /**
     * A document of one element that is a document of one element, {@code {outer: {inner: value}}}.
     *
     * @param outer the name of the element
     * @param inner the name of the element's element
     * @param value its value
     * @return the document
     */
    public static Shape of(String outer, String inner, @Nullable Object value) {
        return of(outer, of(inner, value));
    }

    /**
     * A document that has the same value under several names. A name that comes twice is there once.
     *
     * @param names the names
     * @param value the value
     * @return the document
     */
    public static Shape ofEach(Collection<String> names, Object value) {
        Shape shape = EMPTY;
        for (String name : names) {
            shape = shape.with(name, value);
        }
        return shape;
    }

    /**
     * This with one more element, or with another value for an element that it has, which keeps its place.
     *
     * @param name the element's name
     * @param value its value
     * @return a copy
     */
    public Shape with(String name, @Nullable Object value) {
        int at = indexOf(name);
        if (at >= 0) {
            @Nullable Object[] changed = values.clone();
            changed[at] = value;
            return new Shape(names, changed);
        }
        String[] moreNames = Arrays.copyOf(names, names.length + 1);
        @Nullable Object[] moreValues = Arrays.copyOf(values, values.length + 1);
        moreNames[names.length] = name;
        moreValues[values.length] = value;
        return new Shape(moreNames, moreValues);
    }

    /**
     * Like {@link #with(String, Object)}, but leaves the element out if there is no value.
     *
     * @param name the element's name
     * @param value its value
     * @return a copy, or this if the value is {@code null}
     */
    public Shape withPresent(String name, @Nullable Object value) {
        return value == null ? this : with(name, value);
    }

    /**
     * This without an element.
     *
     * @param name the element's name
     * @return a copy, or this if there is no such element
     */
    public Shape without(String name) {
        if (indexOf(name) < 0) {
            return this;
        }
        Shape rest = EMPTY;
        for (int i = 0; i < names.length; i++) {
            if (!names[i].equals(name)) {
                rest = rest.with(names[i], values[i]);
            }
        }
        return rest;
    }

    /**
     * The value under a name.
     *
     * @param name the name
     * @return the value; {@code null} also if there is no such element
     */
    public @Nullable Object get(String name) {
        int at = indexOf(name);
        return at < 0 ? null : values[at];
    }

    private int indexOf(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void writeTo(BsonWriter writer, Class<?> documentClass, CodecRegistry codecRegistry) {
        writer.writeStartDocument();
        for (int i = 0; i < names.length; i++) {
            writer.writeName(names[i]);
            Values.write(writer, values[i], documentClass, codecRegistry);
        }
        writer.writeEndDocument();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        // Deep, because a value may be a byte array.
        return other instanceof Shape that
                && Arrays.equals(names, that.names)
                && Arrays.deepEquals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
        return BsonText.of(this);
    }
}
