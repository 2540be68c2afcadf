package dev.rotor.driver.core.wire;

import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** The {@code _id} of a document as its encoder has written it, for encoders that cannot tell it beforehand. */
final class DocumentId {

    private static final byte[] NAME = CommandWriter.name("_id");

    /** Type, name and value of an {@code _id} that is an ObjectId. */
    private static final int ELEMENT_LENGTH = 1 + 4 + 12;

    private DocumentId() {}

    /**
     * The {@code _id} of the document that was written last; where it has none it gets one, as its first element.
     *
     * @param document where the document starts
     * @param given the id to give, if it is an ObjectId; otherwise there is a new one
     */
    static BsonValue ensure(ChunkedOutput out, int document, @Nullable BsonValue given) {
        int first = document + 4;
        if (isObjectId(out, first)) {
            return new BsonObjectId(new ObjectId(out.copy(first + 1 + NAME.length, 12)));
        }
        int length = out.getInt(document);
        byte[] bytes = out.copy(document, length);
        BsonValue written = new RawBsonDocument(bytes).get("_id");
        if (written != null) {
            return written;
        }
        BsonObjectId id = given instanceof BsonObjectId again ? again : new BsonObjectId();
        out.truncateToPosition(document);
        out.writeInt32(length + ELEMENT_LENGTH);
        out.writeByte(BsonElements.OBJECT_ID);
        out.writeBytes(NAME);
        out.writeObjectId(id.getValue());
        out.writeBytes(bytes, 4, length - 4);
        return id;
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
