package dev.rotor.gridfs.interop;

import static dev.rotor.gridfs.interop.Tally.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoDatabase;
import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.GridFsBucketOptions;
import dev.rotor.gridfs.GridFsDownload;
import dev.rotor.gridfs.GridFsFile;
import dev.rotor.gridfs.GridFsReader;
import dev.rotor.gridfs.MongoGridFsException;
import dev.rotor.gridfs.MongoGridFsException.Reason;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;

/** Reads what PyMongo has stored, in every way that Rotor has. */
final class Reading {

    private final MongoDatabase database;
    private final Path folder;
    private final Tally tally;

    Reading(MongoDatabase database, Path folder, Tally tally) {
        this.database = database;
        this.folder = folder;
        this.tally = tally;
    }

    void all(List<StoredFile> files) throws Exception {
        for (StoredFile file : files) {
            List<StoredFile> revisions = files.stream()
                    .filter(other -> other.bucket().equals(file.bucket())
                            && other.filename().equals(file.filename()))
                    .toList();
            one(file, revisions.indexOf(file), revisions.size());
        }
    }

    private void one(StoredFile file, int revision, int revisions) throws Exception {
        byte[] content = Files.readAllBytes(folder.resolve(file.content()));
        String sha256 = sha256(content);
        GridFsBucket bucket = GridFsBucket.create(
                database, GridFsBucketOptions.DEFAULT.bucketName(file.bucket()).bufferBytes(1 << 20));
        GridFsDownload download = bucket.openDownloadStream(file.id());
        String name = "reads \"" + file.filename() + "\" of " + file.bucket() + ", ";

        tally.check(name + "its document", () -> document(await(download.file()), file, content.length));
        tally.check(name + "by id", () -> assertThat(sha256(await(download.toBytes())))
                .isEqualTo(sha256));
        tally.check(name + "chunk by chunk", () -> chunks(download, file, content));
        tally.check(name + "by name and revision " + revision, () -> assertThat(
                        sha256(await(bucket.openDownloadStreamByName(file.filename(), revision)
                                .toBytes())))
                .isEqualTo(sha256));
        tally.check(name + "by name and revision " + (revision - revisions), () -> {
            GridFsDownload backwards = bucket.openDownloadStreamByName(file.filename(), revision - revisions);
            assertThat(await(backwards.file()).id()).isEqualTo(file.id());
            assertThat(sha256(await(backwards.toBytes()))).isEqualTo(sha256);
        });
        tally.check(name + "in ranges", () -> ranges(download, file, content));
        tally.check(name + "with a reader that seeks", () -> seeks(download, file, content));
        tally.check(name + "as a stream", () -> {
            try (InputStream in = download.asInputStream()) {
                assertThat(sha256(in.readAllBytes())).isEqualTo(sha256);
            }
        });
        if (revision == 0) {
            tally.check(name + "not by revision " + revisions, () -> noRevision(bucket, file.filename(), revisions));
        }
    }

    /** The fields that PyMongo and Rotor both write, and their types: a difference would show here first. */
    private static void document(GridFsFile found, StoredFile file, int length) {
        BsonDocument document = found.document();
        Set<String> fields = new TreeSet<>(Set.of("_id", "filename", "chunkSize", "length", "uploadDate"));
        if (file.metadata() != null) {
            fields.add("metadata");
        }
        assertThat(document.keySet()).containsExactlyInAnyOrderElementsOf(fields);
        assertThat(document.isInt64("length")).isTrue();
        assertThat(document.isInt32("chunkSize")).isTrue();
        assertThat(found.id()).isEqualTo(file.id());
        assertThat(found.filename()).isEqualTo(file.filename());
        assertThat(found.length()).isEqualTo(length);
        assertThat(found.chunkSizeBytes()).isEqualTo(file.chunkSize());
        assertThat(found.uploadDate())
                .isBetween(
                        Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofMinutes(1)));
        assertThat(document.get("metadata")).isEqualTo(file.metadata());
    }

    private static void chunks(GridFsDownload download, StoredFile file, byte[] content) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        AtomicInteger chunks = new AtomicInteger();
        await(download.to(chunk -> {
            chunks.incrementAndGet();
            digest.update(chunk);
            return CompletableFuture.completedFuture(null);
        }));
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(sha256(content));
        assertThat(chunks.get()).isEqualTo((content.length + file.chunkSize() - 1) / file.chunkSize());
    }

    private static void ranges(GridFsDownload download, StoredFile file, byte[] content) throws Exception {
        int length = content.length;
        int chunk = file.chunkSize();
        long[][] ranges = {
            {0, length},
            {length / 3, 2L * length / 3},
            {chunk - 1, chunk + 1L},
            {chunk, 2L * chunk},
            {Math.max(0, length - 1), Long.MAX_VALUE},
            {length, Long.MAX_VALUE}
        };
        for (long[] range : ranges) {
            int from = (int) Math.min(range[0], length);
            int to = (int) Math.min(range[1], length);
            assertThat(sha256(await(download.range(range[0], range[1]).toBytes())))
                    .as(Arrays.toString(range))
                    .isEqualTo(sha256(Arrays.copyOfRange(content, from, to)));
        }
    }

    private static void seeks(GridFsDownload download, StoredFile file, byte[] content) throws Exception {
        int length = content.length;
        int chunk = file.chunkSize();
        try (GridFsReader reader = download.reader()) {
            for (int place : new int[] {length / 2, 0, chunk - 1, chunk, Math.max(0, length - 1), length}) {
                int from = Math.min(place, length);
                reader.seek(place);
                byte[] read = await(reader.read(1000));
                assertThat(read)
                        .as("1000 bytes from %d", place)
                        .isEqualTo(Arrays.copyOfRange(content, from, Math.min(length, from + 1000)));
                assertThat(reader.tell()).isEqualTo(place + (long) read.length);
            }
            reader.seek(length / 2);
            int end = Math.min(length, (length / 2 / chunk + 1) * chunk);
            ByteBuffer rest = await(reader.readChunk());
            assertThat(rest).isEqualTo(ByteBuffer.wrap(content, length / 2, end - length / 2));
            reader.seek(0);
            int line = 0;
            while (line < length && content[line] != '\n') {
                line++;
            }
            assertThat(await(reader.readLine())).isEqualTo(Arrays.copyOf(content, Math.min(length, line + 1)));
        }
    }

    private static void noRevision(GridFsBucket bucket, String filename, int revision) throws Exception {
        try {
            await(bucket.openDownloadStreamByName(filename, revision).file());
            throw new AssertionError("it is there");
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof MongoGridFsException failure)) {
                throw e;
            }
            assertThat(failure.reason()).isEqualTo(Reason.REVISION_NOT_FOUND);
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
