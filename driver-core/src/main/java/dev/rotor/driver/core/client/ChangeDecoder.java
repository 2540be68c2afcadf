package dev.rotor.driver.core.client;

import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import dev.rotor.driver.model.changestream.SplitEvent;
import dev.rotor.driver.model.changestream.TruncatedArray;
import dev.rotor.driver.model.changestream.UpdateDescription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonReader;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.Decoder;
import org.bson.codecs.DecoderContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads a change with the documents in it. Pipelines may give a change any shape: what has not the expected type, like
 * what is not known, is one of the extra elements, and no reason to fail.
 */
final class ChangeDecoder<T> implements Decoder<ChangeStreamDocument<T>> {

    private static final BsonValueCodec VALUES = new BsonValueCodec();

    private final Decoder<T> documents;

    ChangeDecoder(Decoder<T> documents) {
        this.documents = documents;
    }

    @Override
    public ChangeStreamDocument<T> decode(BsonReader reader, DecoderContext context) {
        Parts<T> parts = new Parts<>();
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            String name = reader.readName();
            boolean document = reader.getCurrentBsonType() == BsonType.DOCUMENT;
            if (document && name.equals("fullDocument")) {
                parts.fullDocument = documents.decode(reader, context);
            } else if (document && name.equals("fullDocumentBeforeChange")) {
                parts.fullDocumentBeforeChange = documents.decode(reader, context);
            } else {
                parts.add(name, VALUES.decode(reader, context));
            }
        }
        reader.readEndDocument();
        return parts.change();
    }

    /** What has been read so far. */
    private static final class Parts<T> {
        final BsonDocument known = new BsonDocument();
        final BsonDocument extra = new BsonDocument();

        @Nullable
        T fullDocument;

        @Nullable
        T fullDocumentBeforeChange;

        void add(String name, BsonValue value) {
            boolean expected =
                    switch (name) {
                        case "_id", "ns", "to", "documentKey", "lsid", "operationDescription" -> value.isDocument();
                        case "operationType", "nsType" -> value.isString();
                        case "clusterTime" -> value.isTimestamp();
                        case "wallTime" -> value.isDateTime();
                        case "txnNumber" -> value.isNumber();
                        case "collectionUUID" ->
                            value.isBinary()
                                    && value.asBinary().getType() == BsonBinarySubType.UUID_STANDARD.getValue();
                        case "updateDescription" -> value.isDocument() && isUpdate(value.asDocument());
                        case "splitEvent" -> value.isDocument() && isSplit(value.asDocument());
                        // What is gone, or was not kept, is sent as a null.
                        case "fullDocument", "fullDocumentBeforeChange" -> value.isNull();
                        default -> false;
                    };
            (expected ? known : extra).append(name, value);
        }

        ChangeStreamDocument<T> change() {
            BsonDocument update = document("updateDescription");
            BsonDocument split = document("splitEvent");
            BsonValue time = known.get("clusterTime");
            BsonValue wallTime = known.get("wallTime");
            BsonValue uuid = known.get("collectionUUID");
            BsonValue number = known.get("txnNumber");
            return new ChangeStreamDocument<>(
                    known.getDocument("_id", new BsonDocument()),
                    text("operationType"),
                    document("ns"),
                    text("nsType"),
                    document("to"),
                    fullDocument,
                    fullDocumentBeforeChange,
                    document("documentKey"),
                    time instanceof BsonTimestamp timestamp ? timestamp : null,
                    update == null ? null : updateOf(update),
                    number == null ? null : (Long) number.asNumber().longValue(),
                    document("lsid"),
                    wallTime == null
                            ? null
                            : Instant.ofEpochMilli(wallTime.asDateTime().getValue()),
                    uuid == null ? null : uuidOf(uuid),
                    document("operationDescription"),
                    split == null
                            ? null
                            : new SplitEvent(
                                    split.getNumber("fragment").intValue(),
                                    split.getNumber("of").intValue()),
                    extra.isEmpty() ? null : extra);
        }

        private @Nullable BsonDocument document(String name) {
            BsonValue value = known.get(name);
            return value == null ? null : value.asDocument();
        }

        private @Nullable String text(String name) {
            BsonValue value = known.get(name);
            return value == null ? null : value.asString().getValue();
        }

        private static UUID uuidOf(BsonValue uuid) {
            return uuid.asBinary().asUuid();
        }
    }

    private static boolean isSplit(BsonDocument split) {
        return split.isNumber("fragment") && split.isNumber("of");
    }

    private static boolean isUpdate(BsonDocument update) {
        return (!update.containsKey("updatedFields") || update.isDocument("updatedFields"))
                && (!update.containsKey("removedFields") || update.isArray("removedFields"))
                && (!update.containsKey("truncatedArrays") || update.isArray("truncatedArrays"));
    }

    private static UpdateDescription updateOf(BsonDocument update) {
        List<String> removed = new ArrayList<>();
        for (BsonValue field : update.getArray("removedFields", new BsonArray())) {
            if (field instanceof BsonString name) {
                removed.add(name.getValue());
            }
        }
        List<TruncatedArray> truncated = new ArrayList<>();
        for (BsonValue one : update.getArray("truncatedArrays", new BsonArray())) {
            if (one instanceof BsonDocument array && array.isString("field") && array.isNumber("newSize")) {
                truncated.add(new TruncatedArray(
                        array.getString("field").getValue(),
                        array.getNumber("newSize").intValue()));
            }
        }
        BsonValue paths = update.get("disambiguatedPaths");
        return new UpdateDescription(
                update.getDocument("updatedFields", new BsonDocument()),
                removed,
                truncated,
                paths instanceof BsonDocument document ? document : null);
    }
}
