package dev.rotor.driver.core.wire;

import dev.rotor.driver.model.WritableBson;
import dev.rotor.driver.spi.Compressor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWrapper;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.Encoder;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Appends one OP_MSG command to pooled memory, element by element, without building a document.
 *
 * <p>Names are C strings encoded once, see {@link #name}. Not thread-safe; reused. Whatever an encoder throws comes out
 * of the method that called it; the output is then as long as it was before that call.
 *
 * @see <a href="https://github.com/mongodb/specifications/blob/master/source/message/OP_MSG.md">OP_MSG</a>
 */
public final class CommandWriter extends ChunkedOutput {

    /** Where section 0's document starts: header, flags, section kind. */
    public static final int BODY = 21;

    /** For documents that become stored documents: {@code _id} goes first. */
    public static final EncoderContext COLLECTIBLE =
            EncoderContext.builder().isEncodingCollectibleDocument(true).build();

    /** For all other documents and values. */
    public static final EncoderContext PLAIN = EncoderContext.builder().build();

    private static final int FLAGS = 16;
    private static final int MORE_TO_COME = 1 << 1;
    private static final int EXHAUST_ALLOWED = 1 << 16;

    private static final byte[][] ARRAY_INDEXES = arrayIndexes();
    private static final BsonDocumentCodec BSON_DOCUMENT_CODEC = new BsonDocumentCodec();

    private final CommandBuffers pool;

    /** Reused from document to document; replaced when an encoder left it in the middle of one. */
    private @Nullable BsonBinaryWriter writer;

    /** Stands in for the next C string that the BSON writer writes: the name of a value whose type it knows. */
    private byte @Nullable [] nameOverride;

    /** Only where there was something to compress. */
    private @Nullable Packer packer;

    private int requestId;
    private int flags;
    private int sequences;
    private boolean bodyEnded;
    private boolean released = true;

    CommandWriter(CommandBuffers pool) {
        super(pool);
        this.pool = pool;
    }

    /** Encodes an element name once, terminating zero included, for use as a constant. */
    public static byte[] name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        byte[] cstring = new byte[utf8.length + 1];
        System.arraycopy(utf8, 0, cstring, 0, utf8.length);
        return cstring;
    }

    /** Drops what was written of this message. */
    public void startOver() {
        truncateToPosition(0);
        begin(requestId);
    }

    void begin(int requestId) {
        this.requestId = requestId;
        flags = 0;
        sequences = 0;
        bodyEnded = false;
        released = false;
        nameOverride = null;
        writeInt32(0);
        writeInt32(requestId);
        writeInt32(0);
        writeInt32(OpCode.OP_MSG);
        writeInt32(0);
        writeByte(0);
        writeInt32(0);
    }

    /** This message's request id. */
    public int requestId() {
        return requestId;
    }

    /** Sets the moreToCome flag: the server will not reply. */
    public void unacknowledged() {
        flags |= MORE_TO_COME;
    }

    /** Sets the exhaustAllowed flag: the server may send several replies. */
    public void exhaustAllowed() {
        flags |= EXHAUST_ALLOWED;
    }

    /** Whether {@link #unacknowledged} was called. */
    public boolean isUnacknowledged() {
        return (flags & MORE_TO_COME) != 0;
    }

    /** Whether {@link #exhaustAllowed} was called. */
    public boolean isExhaustAllowed() {
        return (flags & EXHAUST_ALLOWED) != 0;
    }

    public void putInt32(byte[] name, int value) {
        start(BsonType.INT32, name);
        writeInt32(value);
    }

    public void putInt64(byte[] name, long value) {
        start(BsonType.INT64, name);
        writeInt64(value);
    }

    public void putDouble(byte[] name, double value) {
        start(BsonType.DOUBLE, name);
        writeDouble(value);
    }

    public void putBoolean(byte[] name, boolean value) {
        start(BsonType.BOOLEAN, name);
        writeByte(value ? 1 : 0);
    }

    public void putString(byte[] name, String value) {
        start(BsonType.STRING, name);
        writeString(value);
    }

    public void putNull(byte[] name) {
        start(BsonType.NULL, name);
    }

    public void putObjectId(byte[] name, ObjectId value) {
        start(BsonType.OBJECT_ID, name);
        writeObjectId(value);
    }

    /** A BSON timestamp, given as its 64 bits: seconds in the upper half, increment in the lower. */
    public void putTimestamp(byte[] name, long value) {
        start(BsonType.TIMESTAMP, name);
        writeInt64(value);
    }

    /** A document given as finished BSON bytes. */
    public void putRawDocument(byte[] name, byte[] bson, int offset, int length) {
        start(BsonType.DOCUMENT, name);
        writeBytes(bson, offset, length);
    }

    /** Any element given as finished bytes: type byte, name and value. */
    public void putRawElement(byte[] element, int offset, int length) {
        writeBytes(element, offset, length);
    }

    /** A user's filter, update, sort and the like; rendered with the registry, or copied where it is bytes already. */
    public void putBson(byte[] name, Bson value, Class<?> documentClass, CodecRegistry registry) {
        int start = getPosition();
        start(BsonType.DOCUMENT, name);
        try {
            writeBson(value, documentClass, registry);
        } catch (Throwable e) {
            truncateToPosition(start);
            throw e;
        }
    }

    /** The same without type and name: an element of a document sequence. */
    public void appendBson(Bson value, Class<?> documentClass, CodecRegistry registry) {
        writeBson(value, documentClass, registry);
    }

    /** A user's value encoded by a codec as a document. */
    public <T> void putDocument(byte[] name, T value, Encoder<T> encoder) {
        putDocument(name, value, encoder, PLAIN);
    }

    /** A user's value encoded by a codec as a document, in a context: {@link #COLLECTIBLE} for a replacement. */
    public <T> void putDocument(byte[] name, T value, Encoder<T> encoder, EncoderContext context) {
        int start = getPosition();
        start(BsonType.DOCUMENT, name);
        try {
            writeDocument(value, encoder, context);
        } catch (Throwable e) {
            truncateToPosition(start);
            throw e;
        }
    }

    /** A user's value encoded by a codec as whatever BSON type the codec writes. */
    public <T> void putValue(byte[] name, T value, Encoder<T> encoder) {
        // The BSON writer writes values only inside a document. It gets one whose length lies over the four bytes
        // before this element; they are put back, and the document's terminating zero is dropped.
        int start = getPosition();
        int overlaid = getInt(start - 4);
        truncateToPosition(start - 4);
        BsonBinaryWriter bson = writer();
        try {
            bson.writeStartDocument();
            nameOverride = name;
            bson.writeName("");
            encoder.encode(bson, value, PLAIN);
            bson.writeEndDocument();
            if (nameOverride != null || getInt(start - 4) != getPosition() - (start - 4)) {
                throw incomplete(encoder);
            }
            writeInt32(start - 4, overlaid);
            truncateToPosition(getPosition() - 1);
        } catch (Throwable e) {
            writer = null;
            nameOverride = null;
            truncateToPosition(start - 4);
            writeInt32(overlaid);
            throw e;
        }
    }

    /** Opens a sub-document; give the returned mark to {@link #endDocument}. */
    public int startDocument(byte[] name) {
        start(BsonType.DOCUMENT, name);
        return startBareDocument();
    }

    /** Opens an array; element names are for the caller, see {@link #arrayIndex}. */
    public int startArray(byte[] name) {
        start(BsonType.ARRAY, name);
        return startBareDocument();
    }

    /** Opens a document without type and name: an element of a document sequence. */
    public int startBareDocument() {
        int mark = getPosition();
        writeInt32(0);
        return mark;
    }

    /** Closes what a start method opened. */
    public void endDocument(int mark) {
        writeByte(0);
        writeInt32(mark, getPosition() - mark);
    }

    /** The element name of an array index; cached for small ones. */
    public byte[] arrayIndex(int index) {
        return index < ARRAY_INDEXES.length ? ARRAY_INDEXES[index] : name(Integer.toString(index));
    }

    /** Ends section 0. Only document sequences may follow. */
    public void endBody() {
        if (bodyEnded) {
            throw new IllegalStateException("the body has ended already");
        }
        bodyEnded = true;
        endDocument(BODY);
    }

    /** Opens a document sequence, section kind 1. */
    public int startSequence(byte[] identifier) {
        if (!bodyEnded) {
            throw new IllegalStateException("document sequences follow the body");
        }
        writeByte(1);
        int mark = getPosition();
        writeInt32(0);
        writeBytes(identifier);
        sequences++;
        return mark;
    }

    /** Closes a document sequence. */
    public void endSequence(int mark) {
        writeInt32(mark, getPosition() - mark);
    }

    /**
     * Appends one stored document without name, as an element of a sequence ({@code _id} goes first); returns its
     * length in bytes.
     */
    public <T> int appendDocument(T value, Encoder<T> encoder) {
        int start = getPosition();
        writeDocument(value, encoder, COLLECTIBLE);
        return getPosition() - start;
    }

    /**
     * The {@code _id} of the document that was written last, and is to be inserted; where its encoder has written none,
     * or another one than in an earlier attempt, it gets one. For encoders that are no {@code CollectibleCodec}: those
     * have seen to it before.
     *
     * @param document where the document starts: what {@link #getPosition} gave, plus type and name where it has them
     * @param given the id to give: of an earlier attempt; {@code null} for a new one
     */
    public BsonValue identify(int document, @Nullable BsonValue given) {
        return DocumentId.ensure(this, document, given);
    }

    /**
     * The first byte of the name of a document's first element: {@code '$'} in an update, anything else in a
     * replacement.
     *
     * @param document where the document starts: what {@link #getPosition} gave, plus type and name where it has them
     * @return the byte, 0 for an empty name, -1 for an empty document
     */
    public int firstNameByte(int document) {
        return getInt(document) == 5 ? -1 : get(document + 5) & 0xFF;
    }

    /**
     * The command as a document, for events: document sequences appear as the arrays that they stand for.
     *
     * @return a document that shares nothing with this writer
     */
    public BsonDocument toDocument() {
        if (!bodyEnded) {
            throw new IllegalStateException("the body has not ended");
        }
        return CommandDocument.of(copy(0, getPosition()), sequences);
    }

    /** Copies the command's name, at most as many bytes as fit; returns how many. */
    public int copyCommandName(byte[] target) {
        int length = 0;
        for (int at = BODY + 5; length < target.length && at < getPosition(); at++) {
            byte b = get(at);
            if (b == 0) {
                break;
            }
            target[length++] = b;
        }
        return length;
    }

    /**
     * Completes the header. Nothing may be written after that.
     *
     * @return what to send; valid until {@link #discard}
     */
    public ByteBuffer[] finish() {
        if (!bodyEnded) {
            throw new IllegalStateException("the body has not ended");
        }
        writeInt32(0, getPosition());
        writeInt32(FLAGS, flags);
        return toBuffers();
    }

    /**
     * Completes the header and compresses the message. Nothing may be written after that.
     *
     * @param compressor how
     * @param maxLength how long a message may be; one that compressing makes longer than that stays as it is
     * @return what to send; valid until {@link #discard}
     * @throws RuntimeException whatever the compressor throws; only {@link #discard} may follow
     */
    public ByteBuffer[] finish(Compressor compressor, int maxLength) {
        ByteBuffer[] plain = finish();
        Packer packing = packer;
        if (packing == null) {
            packing = new Packer(pool.blocks());
            packer = packing;
        }
        ByteBuffer @Nullable [] packed = packing.pack(this, compressor, maxLength);
        return packed != null ? packed : plain;
    }

    /** Gives the memory back: unsent, or when the transport has given the buffers back. */
    public void discard() {
        if (!released) {
            released = true;
            clear();
            if (packer != null) {
                packer.release();
            }
            pool.give(this);
        }
    }

    @Override
    public void writeCString(String value) {
        byte[] override = nameOverride;
        if (override != null) {
            nameOverride = null;
            writeBytes(override);
        } else {
            super.writeCString(value);
        }
    }

    private void start(BsonType type, byte[] name) {
        writeByte(type.getValue());
        writeBytes(name);
    }

    private void writeBson(Bson value, Class<?> documentClass, CodecRegistry registry) {
        if (value instanceof BsonDocument document) {
            writeBsonDocument(document);
        } else if (value instanceof WritableBson writable) {
            writeWritable(writable, documentClass, registry);
        } else if (value instanceof Document document) {
            writeDocument(document, registry.get(Document.class), PLAIN);
        } else {
            writeBsonDocument(value.toBsonDocument(documentClass, registry));
        }
    }

    private void writeBsonDocument(BsonDocument document) {
        if (document instanceof RawBsonDocument raw) {
            writeBytes(raw.getBackingArray(), raw.getByteOffset(), raw.getByteLength());
        } else if (document instanceof BsonDocumentWrapper<?> wrapper && !wrapper.isUnwrapped()) {
            writeWrapped(wrapper);
        } else {
            writeDocument(document, BSON_DOCUMENT_CODEC, PLAIN);
        }
    }

    private <T> void writeWrapped(BsonDocumentWrapper<T> wrapper) {
        Encoder<T> encoder = wrapper.getEncoder();
        if (encoder == null) {
            throw new BsonInvalidOperationException("a wrapped document without an encoder");
        }
        writeDocument(wrapper.getWrappedDocument(), encoder, PLAIN);
    }

    private void writeWritable(WritableBson value, Class<?> documentClass, CodecRegistry registry) {
        int start = getPosition();
        try {
            value.writeTo(writer(), documentClass, registry);
            checkComplete(start, value);
        } catch (Throwable e) {
            writer = null;
            truncateToPosition(start);
            throw e;
        }
    }

    private <T> void writeDocument(T value, Encoder<T> encoder, EncoderContext context) {
        int start = getPosition();
        try {
            encoder.encode(writer(), value, context);
            checkComplete(start, encoder);
        } catch (Throwable e) {
            writer = null;
            truncateToPosition(start);
            throw e;
        }
    }

    private BsonBinaryWriter writer() {
        BsonBinaryWriter present = writer;
        if (present == null) {
            present = new BsonBinaryWriter(this);
            writer = present;
        }
        return present;
    }

    /** A document whose length was not patched is unfinished; one followed by more is not one document. */
    private void checkComplete(int start, Object encoder) {
        if (getPosition() - start < 5 || getInt(start) != getPosition() - start) {
            throw incomplete(encoder);
        }
    }

    private static BsonInvalidOperationException incomplete(Object encoder) {
        return new BsonInvalidOperationException(
                "the encoder " + encoder.getClass().getName() + " did not write exactly one complete value");
    }

    private static byte[][] arrayIndexes() {
        byte[][] indexes = new byte[1000][];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = name(Integer.toString(i));
        }
        return indexes;
    }
}
