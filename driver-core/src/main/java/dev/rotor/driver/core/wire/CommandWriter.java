package dev.rotor.driver.core.wire;

import java.nio.charset.StandardCharsets;
import org.bson.codecs.Encoder;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.bson.io.BsonOutput;
import org.bson.types.ObjectId;

/**
 * Appends one OP_MSG command to pooled memory, element by element, without building a document.
 *
 * <p>Names are C strings encoded once, see {@link #name}. Not thread-safe; reused.
 */
public abstract class CommandWriter implements BsonOutput {

    /** Encodes an element name once, terminating zero included, for use as a constant. */
    public static byte[] name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        byte[] cstring = new byte[utf8.length + 1];
        System.arraycopy(utf8, 0, cstring, 0, utf8.length);
        return cstring;
    }

    /** This message's request id. */
    public abstract int requestId();

    /** Sets the moreToCome flag: the server will not reply. */
    public abstract void unacknowledged();

    /** Sets the exhaustAllowed flag: the server may send several replies. */
    public abstract void exhaustAllowed();

    /** Whether {@link #unacknowledged} was called. */
    public abstract boolean isUnacknowledged();

    public abstract void putInt32(byte[] name, int value);

    public abstract void putInt64(byte[] name, long value);

    public abstract void putDouble(byte[] name, double value);

    public abstract void putBoolean(byte[] name, boolean value);

    public abstract void putString(byte[] name, String value);

    public abstract void putNull(byte[] name);

    public abstract void putObjectId(byte[] name, ObjectId value);

    /** A document given as finished BSON bytes. */
    public abstract void putRawDocument(byte[] name, byte[] bson, int offset, int length);

    /** Any element given as finished bytes: type byte, name and value. */
    public abstract void putRawElement(byte[] element, int offset, int length);

    /** A user's filter, update, sort and the like; rendered with the registry, or copied where it is bytes already. */
    public abstract void putBson(byte[] name, Bson value, Class<?> documentClass, CodecRegistry registry);

    /** A user's value encoded by a codec as a document. */
    public abstract <T> void putDocument(byte[] name, T value, Encoder<T> encoder);

    /** A user's value encoded by a codec as whatever BSON type the codec writes. */
    public abstract <T> void putValue(byte[] name, T value, Encoder<T> encoder);

    /** Opens a sub-document; give the returned mark to {@link #endDocument}. */
    public abstract int startDocument(byte[] name);

    /** Opens an array; element names are for the caller, see {@link #arrayIndex}. */
    public abstract int startArray(byte[] name);

    /** Opens a document without type and name: an element of a document sequence. */
    public abstract int startBareDocument();

    /** Closes what a start method opened. */
    public abstract void endDocument(int mark);

    /** The element name of an array index; cached for small ones. */
    public abstract byte[] arrayIndex(int index);

    /** Ends section 0. Only document sequences may follow. */
    public abstract void endBody();

    /** Opens a document sequence, section kind 1. */
    public abstract int startSequence(byte[] identifier);

    /** Closes a document sequence. */
    public abstract void endSequence(int mark);

    /** Appends one document without name, as an element of a sequence; returns its length in bytes. */
    public abstract <T> int appendDocument(T value, Encoder<T> encoder);

    /** Drops everything after a position that {@link #getPosition} gave: a document that did not fit. */
    @Override
    public abstract void truncateToPosition(int position);

    /** Gives the memory back unsent. */
    public abstract void discard();
}
