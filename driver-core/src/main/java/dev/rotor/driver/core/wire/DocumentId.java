package dev.rotor.driver.core.wire;

import java.util.Arrays;
import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonValueCodec;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** The {@code _id} of a document as its encoder has written it, for encoders that cannot tell it beforehand. */
final class DocumentId {

    private static final byte[] NAME = CommandWriter.name("_id");

    private static final BsonValueCodec VALUES = new BsonValueCodec();

    private DocumentId() {}

    /**
     * The {@code _id} of the document that was written last; where it has none it gets one, as its first element.
     *
     * <p>An encoder may make the id itself and be unable to keep it, so that it writes another one each time. The one
     * of an earlier attempt stays: the server may have stored it.
     *
     * @param document where the document starts
     * @param given the id of an earlier attempt; {@code null} when this is the first
     */
    static BsonValue ensure(CommandWriter out, int document, @Nullable BsonValue given) {
        int first = document + 4;
        if (isObjectId(out, first)) {
            int value = first + 1 + NAME.length;
            if (given instanceof BsonObjectId again) {
                overwrite(out, value, again.getValue());
                return again;
            }
            if (given == null) {
                return new BsonObjectId(new ObjectId(out.copy(value, 12)));
            }
        }
        byte[] bytes = out.copy(document, out.getInt(document));
        BsonValue written = new RawBsonDocument(bytes).get("_id");
        if (written == null) {
            BsonValue id = given == null ? new BsonObjectId() : given;
            replace(out, document, bytes, 4, 4, id);
            return id;
        }
        if (given == null || given.equals(written)) {
            return written;
        }
        int element = elementOf(bytes);
        int end = BsonElements.valueEnd(bytes, bytes[element] & 0xFF, element + 1 + NAME.length, bytes.length - 1);
        replace(out, document, bytes, element, end, given);
        return given;
    }

    private static void overwrite(CommandWriter out, int position, ObjectId id) {
        byte[] bytes = id.toByteArray();
        for (int i = 0; i < bytes.length; i++) {
            out.set(position + i, bytes[i]);
        }
    }

    /** Writes a document anew, with an {@code _id} in place of the bytes from one offset in it to another. */
    private static void replace(CommandWriter out, int document, byte[] bytes, int from, int to, BsonValue id) {
        out.truncateToPosition(document);
        out.writeBytes(bytes, 0, from);
        if (id instanceof BsonObjectId objectId) {
            out.putObjectId(NAME, objectId.getValue());
        } else {
            out.putValue(NAME, id, VALUES);
        }
        out.writeBytes(bytes, to, bytes.length - to);
        out.writeInt32(document, out.getPosition() - document);
    }

    /** Where the element {@code _id} starts in a document that has one. */
    private static int elementOf(byte[] bytes) {
        int end = bytes.length - 1;
        int at = 4;
        while (!isNamedId(bytes, at)) {
            int value = BsonElements.nameEnd(bytes, at + 1, end) + 1;
            at = BsonElements.valueEnd(bytes, bytes[at] & 0xFF, value, end);
        }
        return at;
    }

    private static boolean isNamedId(byte[] bytes, int element) {
        return Arrays.equals(bytes, element + 1, element + 1 + NAME.length, NAME, 0, NAME.length);
    }

    /** Whether an element is an {@code _id} of the usual type: read in place. */
    private static boolean isObjectId(ChunkedOutput out, int element) {
        if (out.get(element) != BsonElements.OBJECT_ID) {
            return false;
        }
        for (int i = 0; i < NAME.length; i++) {
            if (out.get(element + 1 + i) != NAME[i]) {
                return false;
            }
        }
        return true;
    }
}
