package dev.rotor.gridfs;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** The document of the files collection while its file is being stored. */
final class FileDocument {

    private final BsonDocument document;
    private final CodecRegistry codecRegistry;

    FileDocument(BsonValue id, String filename, int chunkSize, GridFsUploadOptions options, CodecRegistry registry) {
        this.codecRegistry = registry;
        this.document = new BsonDocument("_id", id)
                .append("length", new BsonInt64(0))
                .append("chunkSize", new BsonInt32(chunkSize))
                .append("uploadDate", new BsonDateTime(0))
                .append("filename", new BsonString(filename));
        if (options.metadata() != null) {
            BsonDocument given = options.metadata().toBsonDocument(BsonDocument.class, registry);
            // A copy: it may be the user's own.
            BsonDocument metadata = new BsonDocument();
            metadata.putAll(given);
            document.put("metadata", metadata);
        }
        if (options.contentType() != null) {
            put("contentType", new BsonString(options.contentType()));
        }
    }

    /**
     * Refuses what would mean something else in an update than in a document.
     *
     * @throws IllegalArgumentException if this is no name for a field of the metadata
     */
    static void checkName(String name) {
        if (name.isEmpty() || name.startsWith("$") || name.indexOf('.') >= 0 || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A field of the metadata needs a name that is not empty, does not start"
                    + " with '$' and has neither '.' nor NUL in it: \"" + name.replace("\0", "\\0") + "\"");
        }
    }

    /** A value as it is stored. */
    static BsonValue encode(@Nullable Object value, CodecRegistry registry) {
        return Objects.requireNonNull(new Document("value", value)
                .toBsonDocument(BsonDocument.class, registry)
                .get("value"));
    }

    /** Sets a field of the metadata. */
    void put(String name, BsonValue value) {
        BsonValue metadata = document.get("metadata");
        if (metadata == null) {
            metadata = new BsonDocument();
            document.put("metadata", metadata);
        }
        metadata.asDocument().put(name, value);
    }

    /** What is known when the last chunk was taken. */
    GridFsFile complete(long length, Instant now, byte @Nullable [] sha256) {
        document.put("length", new BsonInt64(length));
        document.put("uploadDate", new BsonDateTime(now.toEpochMilli()));
        if (sha256 != null) {
            put("sha256", new BsonString(HexFormat.of().formatHex(sha256)));
        }
        return new GridFsFile(document, codecRegistry);
    }
}
