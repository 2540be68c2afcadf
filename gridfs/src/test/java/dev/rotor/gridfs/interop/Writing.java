package dev.rotor.gridfs.interop;

import static dev.rotor.gridfs.interop.Tally.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoDatabase;
import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.GridFsBucketOptions;
import dev.rotor.gridfs.GridFsFile;
import dev.rotor.gridfs.GridFsUpload;
import dev.rotor.gridfs.GridFsUploadOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/** Stores what PyMongo is to read, in the ways that Rotor has. */
final class Writing {

    static final String BUCKET = "rotor";

    private static final int CHUNK = 255 * 1024;
    private static final int LARGE = 5 * 1024 * 1024 + 17;
    private static final int PIECE = 100_003;
    private static final GridFsUploadOptions PLAIN = GridFsUploadOptions.DEFAULT;

    private final GridFsBucket bucket;
    private final Path folder;
    private final Tally tally;
    private final Random random = new Random(7);
    private final List<StoredFile> stored = new ArrayList<>();

    Writing(MongoDatabase database, Path folder, Tally tally) {
        this.bucket = GridFsBucket.create(database, GridFsBucketOptions.DEFAULT.bucketName(BUCKET));
        this.folder = folder;
        this.tally = tally;
    }

    List<StoredFile> all() throws Exception {
        for (int size : new int[] {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, LARGE}) {
            bytes(size);
            path(size);
            publisher(size);
            stream(size);
            scope(size);
        }
        for (String name : List.of(
                "Straße/π \"quoted\" 'single' back\\slash.txt",
                "日本語 🎈.png",
                "",
                "tab\tand\nline",
                "$where.is.it",
                "100%")) {
            plain(name, new BsonString(name), PLAIN);
        }
        for (int revision = 0; revision < 3; revision++) {
            revision("revised", revision);
        }
        for (BsonValue id : List.of(
                new BsonString("an id"),
                new BsonInt32(42),
                new BsonInt64(1L << 40),
                new BsonDocument("a", new BsonInt32(1)).append("b", new BsonString("c")))) {
            plain("id " + id.getBsonType(), id, PLAIN);
        }
        plain("small chunks", new BsonString("small"), PLAIN.chunkSizeBytes(1000));
        return stored;
    }

    private void bytes(int size) throws Exception {
        String name = "bytes " + size;
        byte[] content = content(name, size);
        tally.check("writes " + name, () -> {
            var id = await(bucket.uploadFromBytes(name, content));
            stored.add(new StoredFile(BUCKET, new BsonObjectId(id), name, CHUNK, name, null));
        });
    }

    private void path(int size) throws Exception {
        String name = "path " + size;
        byte[] content = content(name, size);
        BsonDocument metadata = metadata(size);
        tally.check("writes " + name + " with metadata, content type and digest", () -> {
            var id = await(bucket.uploadFromPath(
                    name,
                    folder.resolve(name),
                    PLAIN.metadata(metadata).contentType("image/png").sha256(true)));
            BsonDocument expected = metadata.clone()
                    .append("contentType", new BsonString("image/png"))
                    .append("sha256", new BsonString(Reading.sha256(content)));
            stored.add(new StoredFile(BUCKET, new BsonObjectId(id), name, CHUNK, name, expected));
        });
    }

    private void publisher(int size) throws Exception {
        String name = "publisher " + size;
        byte[] content = content(name, size);
        BsonDocument metadata = new BsonDocument("how", new BsonString("Flow.Publisher"));
        tally.check("writes " + name, () -> {
            SubmissionPublisher<ByteBuffer> pieces = new SubmissionPublisher<>();
            Flow.Publisher<ByteBuffer> source = subscriber -> {
                pieces.subscribe(subscriber);
                pieces(content).forEach(pieces::submit);
                pieces.close();
            };
            var id = await(bucket.uploadFromPublisher(name, source, PLAIN.metadata(metadata)));
            stored.add(new StoredFile(BUCKET, new BsonObjectId(id), name, CHUNK, name, metadata));
        });
    }

    private void stream(int size) throws Exception {
        String name = "stream " + size;
        byte[] content = content(name, size);
        tally.check("writes " + name + " in pieces, metadata set before and after close", () -> {
            GridFsUpload upload = bucket.openUploadStream(
                    name,
                    PLAIN.metadata(new BsonDocument("given", new BsonInt32(1))).sha256(true));
            await(upload.setMetadata("before", "π"));
            for (ByteBuffer piece : pieces(content)) {
                await(upload.write(piece));
            }
            await(upload.setMetadata("before", 2L));
            await(upload.closeAsync());
            await(upload.setMetadata("after", List.of(true, 1.5)));
            await(upload.setMetadata("nothing", null));
            BsonDocument expected = new BsonDocument("given", new BsonInt32(1))
                    .append("before", new BsonInt64(2))
                    .append("sha256", new BsonString(Reading.sha256(content)))
                    .append("after", new BsonArray(List.of(BsonBoolean.TRUE, new BsonDouble(1.5))))
                    .append("nothing", BsonNull.VALUE);
            stored.add(new StoredFile(BUCKET, upload.id(), name, CHUNK, name, expected));
        });
    }

    private void scope(int size) throws Exception {
        String name = "scope " + size;
        byte[] content = content(name, size);
        tally.check("writes " + name + ", all buffers at once", () -> {
            GridFsFile file = await(bucket.upload(name, upload -> upload.write(pieces(content))));
            stored.add(new StoredFile(BUCKET, file.id(), name, CHUNK, name, null));
        });
    }

    /** Revisions are told apart by time, in milliseconds: one that came too early is stored again. */
    private void revision(String name, int revision) throws Exception {
        String contentName = name + " " + revision;
        byte[] content = content(contentName, 1000 + revision);
        BsonDocument metadata = new BsonDocument("revision", new BsonInt32(revision));
        tally.check("writes revision " + revision + " of \"" + name + "\"", () -> {
            Instant last = revision == 0
                    ? Instant.EPOCH
                    : await(bucket.openDownloadStreamByName(name, -1).file()).uploadDate();
            BsonValue id = new BsonString(contentName);
            for (; ; ) {
                GridFsFile file = await(bucket.uploadFromInputStreamWithId(
                        id, name, new ByteArrayInputStream(content), PLAIN.metadata(metadata)));
                if (file.uploadDate().isAfter(last)) {
                    break;
                }
                await(bucket.delete(id));
            }
            stored.add(new StoredFile(BUCKET, id, name, CHUNK, contentName, metadata));
        });
    }

    private void plain(String name, BsonValue id, GridFsUploadOptions options) throws Exception {
        String contentName = "plain " + stored.size();
        byte[] content = content(contentName, 12_345);
        Integer chunkSize = options.chunkSizeBytes();
        tally.check("writes \"" + name + "\"", () -> {
            GridFsFile file = await(bucket.uploadFromBytesWithId(id, name, content, options));
            assertThat(file.id()).isEqualTo(id);
            stored.add(new StoredFile(BUCKET, id, name, chunkSize == null ? CHUNK : chunkSize, contentName, null));
        });
    }

    /** Some of every type that both drivers know. */
    private static BsonDocument metadata(int size) {
        return new BsonDocument("size", new BsonInt64(size))
                .append("who", new BsonString("Rotor π"))
                .append("nested", new BsonDocument("list", new BsonArray(List.of(new BsonInt32(1), BsonNull.VALUE))))
                .append("when", new BsonDateTime(1_700_000_000_123L))
                .append("binary", new BsonBinary(new byte[] {0, 1, -1}))
                .append("decimal", new BsonDecimal128(Decimal128.parse("1.10")));
    }

    private static List<ByteBuffer> pieces(byte[] content) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int from = 0; from < content.length; from += PIECE) {
            pieces.add(ByteBuffer.wrap(content, from, Math.min(PIECE, content.length - from)));
        }
        return pieces;
    }

    private byte[] content(String name, int size) throws IOException {
        byte[] content = new byte[size];
        random.nextBytes(content);
        Files.write(folder.resolve(name), content);
        return content;
    }
}
