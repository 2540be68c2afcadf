package dev.rotor.gridfs.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;

/**
 * What one driver has stored and the other one must find: an entry of a manifest, which is a JSON file. The files of
 * one name stand in the order of their revisions.
 *
 * @param bucket the bucket's name
 * @param id the file's id
 * @param filename the file's name
 * @param chunkSize bytes in each chunk
 * @param content the name of the file of the file system that has the same bytes
 * @param metadata the metadata that the file must have; {@code null} for none
 */
record StoredFile(
        String bucket, BsonValue id, String filename, int chunkSize, String content, @Nullable BsonDocument metadata) {

    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    static List<StoredFile> readManifest(Path manifest) throws IOException {
        return BsonDocument.parse(Files.readString(manifest)).getArray("files").stream()
                .map(value -> from(value.asDocument()))
                .toList();
    }

    static void writeManifest(Path manifest, List<StoredFile> files) throws IOException {
        BsonArray all = files.stream().map(StoredFile::toDocument).collect(Collectors.toCollection(BsonArray::new));
        Files.writeString(manifest, new BsonDocument("files", all).toJson(CANONICAL));
    }

    private static StoredFile from(BsonDocument entry) {
        return new StoredFile(
                entry.getString("bucket").getValue(),
                Objects.requireNonNull(entry.get("id")),
                entry.getString("filename").getValue(),
                entry.getNumber("chunkSize").intValue(),
                entry.getString("content").getValue(),
                entry.isDocument("metadata") ? entry.getDocument("metadata") : null);
    }

    private BsonDocument toDocument() {
        BsonDocument entry = new BsonDocument("bucket", new BsonString(bucket))
                .append("id", id)
                .append("filename", new BsonString(filename))
                .append("chunkSize", new BsonInt32(chunkSize))
                .append("content", new BsonString(content));
        return metadata == null ? entry : entry.append("metadata", metadata);
    }
}
