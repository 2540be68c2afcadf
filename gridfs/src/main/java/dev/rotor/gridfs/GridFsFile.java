package dev.rotor.gridfs;

import dev.rotor.gridfs.MongoGridFsException.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A stored file, without its contents: a document of the files collection. Documents that other programs have written
 * may lack what the specification asks for; the accessors say what happens then.
 */
public final class GridFsFile {

    private final BsonDocument document;
    private final CodecRegistry codecRegistry;

    GridFsFile(BsonDocument document, CodecRegistry codecRegistry) {
        this.document = document;
        this.codecRegistry = codecRegistry;
    }

    /**
     * What identifies the file in its bucket.
     *
     * @return the {@code _id}, of any type
     * @throws MongoGridFsException if there is none
     */
    public BsonValue id() {
        return field("_id", document.get("_id"));
    }

    /**
     * The id of a file that did not choose another type for it.
     *
     * @return the {@code _id}
     * @throws org.bson.BsonInvalidOperationException if it is no {@code ObjectId}
     */
    public ObjectId objectId() {
        return id().asObjectId().getValue();
    }

    /**
     * The name, which several files of a bucket may share.
     *
     * @return the name, or {@code null} if the file has none
     */
    public @Nullable String filename() {
        return text(document, "filename");
    }

    /**
     * How large it is.
     *
     * @return the number of bytes
     * @throws MongoGridFsException if the document has no such number, or a negative one
     */
    public long length() {
        return number("length", 0, Long.MAX_VALUE);
    }

    /**
     * How many bytes each of its chunks has, but for the last one.
     *
     * @return the number of bytes, 1 or more
     * @throws MongoGridFsException if the document has no such number
     */
    public int chunkSizeBytes() {
        return (int) number("chunkSize", 1, Integer.MAX_VALUE);
    }

    /**
     * When storing it was complete.
     *
     * @return the time, to the millisecond
     * @throws MongoGridFsException if the document has none
     */
    public Instant uploadDate() {
        BsonValue date = document.get("uploadDate");
        return Instant.ofEpochMilli(field("uploadDate", date != null && date.isDateTime() ? date : null)
                .asDateTime()
                .getValue());
    }

    /**
     * What the application keeps with the file.
     *
     * @return the metadata, or {@code null} if there is none
     */
    public @Nullable Document metadata() {
        BsonValue metadata = document.get("metadata");
        return metadata == null || !metadata.isDocument()
                ? null
                : codecRegistry
                        .get(Document.class)
                        .decode(
                                new BsonDocumentReader(metadata.asDocument()),
                                DecoderContext.builder().build());
    }

    /**
     * What kind of contents it has.
     *
     * @return {@code contentType} of the metadata, else the field of that name beside it, which is deprecated but still
     *     written by some; {@code null} if there is neither
     */
    public @Nullable String contentType() {
        String inMetadata = textInMetadata("contentType");
        return inMetadata != null ? inMetadata : text(document, "contentType");
    }

    /**
     * Other names of the file, which are deprecated: nothing looks for them.
     *
     * @return {@code aliases} of the metadata, else the field of that name beside it; empty if there is neither. What
     *     is no string is left out
     */
    public List<String> aliases() {
        BsonValue metadata = document.get("metadata");
        BsonValue found = metadata != null && metadata.isDocument()
                ? metadata.asDocument().get("aliases")
                : null;
        if (found == null || !found.isArray()) {
            found = document.get("aliases");
        }
        return found == null || !found.isArray()
                ? List.of()
                : found.asArray().stream()
                        .filter(BsonValue::isString)
                        .map(alias -> alias.asString().getValue())
                        .toList();
    }

    /**
     * The MD5 digest of the contents, which is deprecated. Rotor never writes it, and does not compare it.
     *
     * @return as hexadecimal digits, or {@code null} if the file has none
     */
    public @Nullable String md5() {
        return text(document, "md5");
    }

    /**
     * The SHA-256 digest of the contents, if whoever stored them has put it into the metadata.
     *
     * @return {@code sha256} of the metadata: hexadecimal digits; {@code null} if there is none
     * @see GridFsDownload#verifySha256(boolean)
     */
    public @Nullable String sha256() {
        return textInMetadata("sha256");
    }

    private @Nullable String textInMetadata(String name) {
        BsonValue metadata = document.get("metadata");
        return metadata == null || !metadata.isDocument() ? null : text(metadata.asDocument(), name);
    }

    private static @Nullable String text(BsonDocument in, String name) {
        BsonValue value = in.get(name);
        return value != null && value.isString() ? value.asString().getValue() : null;
    }

    /**
     * The whole document, with whatever else there is in it.
     *
     * @return the document; not to be changed
     */
    public BsonDocument document() {
        return document;
    }

    private long number(String name, long from, long to) {
        BsonValue value = document.get(name);
        if (value != null && value.isNumber()) {
            double asDouble = value.asNumber().doubleValue();
            long number = value.asNumber().longValue();
            if (number >= from && number <= to && (double) number == asDouble) {
                return number;
            }
        }
        throw invalid(name, value);
    }

    private BsonValue field(String name, @Nullable BsonValue value) {
        if (value == null) {
            throw invalid(name, document.get(name));
        }
        return value;
    }

    private MongoGridFsException invalid(String name, @Nullable BsonValue value) {
        return new MongoGridFsException(
                Reason.INVALID_FILE,
                "The document of file " + document.get("_id") + " has "
                        + (value == null ? "no " + name : "a " + name + " that is none: " + value));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GridFsFile file && document.equals(file.document);
    }

    @Override
    public int hashCode() {
        return Objects.hash(document);
    }

    /** Id and name. */
    @Override
    public String toString() {
        return "GridFsFile{" + document.get("_id") + ", " + filename() + "}";
    }
}
