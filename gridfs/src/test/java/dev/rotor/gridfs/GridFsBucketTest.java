package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static dev.rotor.gridfs.GridFsFixture.failure;
import static dev.rotor.gridfs.GridFsFixture.publisher;
import static dev.rotor.gridfs.GridFsFixture.reason;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.model.Filters;
import dev.rotor.driver.model.Updates;
import dev.rotor.gridfs.MongoGridFsException.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridFsBucketTest {

    private final GridFsFixture fixture = new GridFsFixture();
    private final GridFsBucket bucket = fixture.bucket().withChunkSizeBytes(10);

    @AfterEach
    void close() {
        fixture.close();
    }

    private MongoCollection<BsonDocument> files() {
        return fixture.database.getCollection("fs.files", BsonDocument.class);
    }

    private MongoCollection<BsonDocument> chunks() {
        return fixture.database.getCollection("fs.chunks", BsonDocument.class);
    }

    // ---- there and back

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 11, 20, 95, 4321})
    void whatIsStoredIsReadBack(int length) {
        byte[] contents = bytes(length);

        ObjectId id = await(bucket.uploadFromBytes("name", contents));

        assertThat(await(bucket.openDownloadStream(id).toBytes())).isEqualTo(contents);
        assertThat(await(chunks().countDocuments())).isEqualTo((length + 9) / 10);
    }

    @Test
    void aLargeFileInChunksOfTheUsualSizeIsReadBack() {
        byte[] contents = bytes(9_000_001);
        GridFsBucket usual = fixture.bucket();

        ObjectId id = await(usual.uploadFromBytes("large", contents));

        assertThat(await(usual.openDownloadStream(id).toBytes())).isEqualTo(contents);
        assertThat(fixture.commands("insert").stream()
                        .filter(insert -> insert.getString("insert").getValue().equals("fs.chunks")))
                .as("several chunks per insert")
                .hasSizeLessThan(10);
    }

    @Test
    void theDocumentsAreThoseOfTheSpecification() {
        byte[] contents = bytes(15);
        Document metadata = new Document("kind", "test");

        ObjectId id = await(bucket.uploadFromBytes(
                "name", contents, GridFsUploadOptions.DEFAULT.chunkSizeBytes(8).metadata(metadata)));

        BsonDocument file = await(files().find().first());
        assertThat(file.keySet()).containsExactly("_id", "length", "chunkSize", "uploadDate", "filename", "metadata");
        assertThat(file.getObjectId("_id").getValue()).isEqualTo(id);
        assertThat(file.getInt64("length").getValue()).isEqualTo(15);
        assertThat(file.getInt32("chunkSize").getValue()).isEqualTo(8);
        assertThat(file.getString("filename").getValue()).isEqualTo("name");
        assertThat(file.getDocument("metadata")).isEqualTo(BsonDocument.parse("{kind: 'test'}"));
        List<BsonDocument> stored = await(
                chunks().find().sort(new BsonDocument("n", new BsonInt32(1))).toList());
        assertThat(stored).hasSize(2);
        for (BsonDocument chunk : stored) {
            assertThat(chunk.keySet()).containsExactly("_id", "files_id", "n", "data");
            assertThat(chunk.isInt32("n")).isTrue();
            assertThat(chunk.getBinary("data").getType()).isZero();
        }
    }

    @Test
    void aFileIsKnownByWhatWasSaidOfIt() {
        await(bucket.uploadFromBytes("a", bytes(25), GridFsUploadOptions.DEFAULT.metadata(new Document("tag", "x"))));
        await(bucket.uploadFromBytes("b", bytes(5)));

        GridFsFile found = await(bucket.find(Filters.eq("metadata.tag", "x")).first());

        assertThat(found.filename()).isEqualTo("a");
        assertThat(found.length()).isEqualTo(25);
        assertThat(found.chunkSizeBytes()).isEqualTo(10);
        assertThat(found.metadata()).isEqualTo(new Document("tag", "x"));
        assertThat(await(bucket.find().toList())).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{v: 7}", "{v: 'seven'}", "{v: {a: 1, b: [2]}}", "{v: {$date: 0}}", "{v: true}"})
    void anIdMayBeOfAnyType(String json) {
        BsonValue id = requireNonNull(BsonDocument.parse(json).get("v"));
        byte[] contents = bytes(33);

        GridFsFile file = await(bucket.uploadFromBytesWithId(id, "name", contents, GridFsUploadOptions.DEFAULT));

        assertThat(file.id()).isEqualTo(id);
        assertThat(await(bucket.downloadToBytes(id))).isEqualTo(contents);
        await(bucket.delete(id));
        assertThat(await(chunks().countDocuments())).isZero();
    }

    @Test
    void piecesOfAPublisherNeedNotFitTheChunks() {
        byte[] contents = bytes(257);
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = 0, length = 0; at < contents.length; at += length) {
            length = Math.min(contents.length - at, pieces.size() % 23);
            pieces.add(ByteBuffer.wrap(contents, at, length));
        }

        ObjectId id = await(bucket.uploadFromPublisher("name", publisher(pieces)));

        assertThat(await(bucket.openDownloadStream(id).toBytes())).isEqualTo(contents);
    }

    @Test
    void aPublisherThatFailsLeavesNothingBehindAndItsFailureIsTheResult() {
        IllegalStateException broken = new IllegalStateException("disk is gone");
        Flow.Publisher<ByteBuffer> source = subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            private int given;

            @Override
            public void request(long n) {
                given++;
                if (given <= 20) {
                    subscriber.onNext(ByteBuffer.wrap(bytes(10)));
                } else {
                    subscriber.onError(broken);
                }
            }

            @Override
            public void cancel() {}
        });

        assertThat(failure(fixture.bucket().withChunkSizeBytes(10).uploadFromPublisher("name", source)))
                .isSameAs(broken);
        assertThat(await(chunks().countDocuments())).isZero();
        assertThat(await(files().countDocuments())).isZero();
    }

    @Test
    void chunksArePassedOnOneByOneAndTheDestinationSetsThePace() {
        byte[] contents = bytes(35);
        ObjectId id = await(bucket.uploadFromBytes("name", contents));
        List<Integer> sizes = new ArrayList<>();
        BlockingQueue<CompletableFuture<Void>> taken = new LinkedBlockingQueue<>();
        CompletionStage<GridFsFile> all = bucket.openDownloadStream(id).to(chunk -> {
            sizes.add(chunk.remaining());
            CompletableFuture<Void> done = new CompletableFuture<>();
            taken.add(done);
            return done;
        });

        for (int chunk = 1; chunk <= 4; chunk++) {
            CompletableFuture<Void> last = next(taken);
            assertThat(sizes).as("no chunk before the last one was taken").hasSize(chunk);
            assertThat(all.toCompletableFuture()).isNotDone();
            last.complete(null);
        }
        assertThat(await(all).objectId()).isEqualTo(id);
        assertThat(sizes).containsExactly(10, 10, 10, 5);
    }

    private static <T> T next(BlockingQueue<T> queue) {
        try {
            return requireNonNull(queue.poll(20, TimeUnit.SECONDS), "nothing came");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDestinationThatFailsEndsTheDownload() {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(35)));
        IllegalStateException full = new IllegalStateException("disk is full");

        assertThat(failure(bucket.openDownloadStream(id).to(chunk -> CompletableFuture.failedFuture(full))))
                .isSameAs(full);
        assertThat(failure(bucket.openDownloadStream(id).to(chunk -> {
                    throw full;
                })))
                .isSameAs(full);
    }

    // ---- by name

    @ParameterizedTest
    @CsvSource({"0, one", "1, two", "2, three", "-1, three", "-2, two", "-3, one"})
    void revisionsAreCountedFromBothEnds(int revision, String contents) {
        storeRevisions();

        assertThat(new String(
                        await(bucket.downloadToBytesByName("name", revision)),
                        java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo(contents);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 100, -4, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aRevisionThatIsNotThereIsToldFromANameThatIsNot(int revision) {
        storeRevisions();

        assertThat(reason(bucket.downloadToBytesByName("name", revision))).isEqualTo(Reason.REVISION_NOT_FOUND);
        assertThat(reason(bucket.downloadToBytesByName("other", revision))).isEqualTo(Reason.FILE_NOT_FOUND);
        assertThat(reason(bucket.downloadToBytesByName("other", -1))).isEqualTo(Reason.FILE_NOT_FOUND);
    }

    private void storeRevisions() {
        int day = 1;
        for (String contents : List.of("one", "two", "three")) {
            ObjectId id = await(
                    bucket.uploadFromBytes("name", contents.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            await(files().updateOne(
                            Filters.eq("_id", id), Updates.set("uploadDate", new BsonDateTime(day++ * 86_400_000L))));
        }
    }

    // ---- what is broken

    @Test
    void filesThatAreNotThereAreSaidSo() {
        ObjectId id = new ObjectId();

        assertThat(reason(bucket.openDownloadStream(id).toBytes())).isEqualTo(Reason.FILE_NOT_FOUND);
        assertThat(failure(bucket.openDownloadStream(id).file())).hasMessageContaining(id.toHexString());
        assertThat(reason(bucket.delete(id))).isEqualTo(Reason.FILE_NOT_FOUND);
        assertThat(reason(bucket.deleteByName("no"))).isEqualTo(Reason.FILE_NOT_FOUND);
        assertThat(reason(bucket.rename(id, "other"))).isEqualTo(Reason.FILE_NOT_FOUND);
        assertThat(reason(bucket.renameByName("no", "other"))).isEqualTo(Reason.FILE_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void aMissingChunkIsFound(int missing) {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(35)));
        await(chunks().deleteOne(Filters.eq("n", missing)));

        assertThat(reason(bucket.openDownloadStream(id).toBytes())).isEqualTo(Reason.CHUNK_MISSING);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3})
    void aChunkOfAnotherSizeIsFound(int wrong) {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(35)));
        await(chunks().updateOne(Filters.eq("n", wrong), Updates.set("data", new BsonBinary(new byte[7]))));

        assertThat(reason(bucket.openDownloadStream(id).toBytes())).isEqualTo(Reason.CHUNK_SIZE);
    }

    @Test
    void aSurplusChunkIsFoundUnlessItIsEmpty() {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(30)));
        BsonDocument surplus = new BsonDocument("files_id", new org.bson.BsonObjectId(id))
                .append("n", new BsonInt32(3))
                .append("data", new BsonBinary(new byte[0]));
        await(chunks().insertOne(surplus));

        assertThat(await(bucket.openDownloadStream(id).toBytes())).hasSize(30);

        await(chunks().updateOne(Filters.eq("n", 3), Updates.set("data", new BsonBinary(new byte[1]))));
        assertThat(reason(bucket.openDownloadStream(id).toBytes())).isEqualTo(Reason.CHUNK_EXTRA);
    }

    @Test
    void anEmptyFileNeedsNoQueryForItsChunks() {
        ObjectId id = await(bucket.uploadFromBytes("name", new byte[0]));
        fixture.sent();

        assertThat(await(bucket.openDownloadStream(id).toBytes())).isEmpty();

        assertThat(fixture.sent()).containsExactly("find fs.files");
    }

    @Test
    void numbersOfOtherTypesAreUnderstood() {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(15)));
        await(files().updateOne(
                        Filters.eq("_id", id),
                        Updates.combine(Updates.set("length", 15.0), Updates.set("chunkSize", 10L))));
        await(chunks().updateMany(new BsonDocument(), Updates.mul("n", 1L)));

        assertThat(await(bucket.openDownloadStream(id).toBytes())).isEqualTo(bytes(15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{$set: {length: -1}}",
                "{$set: {length: 'x'}}",
                "{$set: {chunkSize: 0}}",
                "{$unset: {chunkSize: 1}}",
                "{$set: {chunkSize: 1.5}}"
            })
    void aFileWithoutUsableSizesIsRefused(String change) {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(15)));
        await(files().updateOne(Filters.eq("_id", id), BsonDocument.parse(change)));

        assertThat(reason(bucket.openDownloadStream(id).toBytes())).isEqualTo(Reason.INVALID_FILE);
    }

    // ---- changing

    @Test
    void deletingRemovesTheFileFirstThenItsChunks() {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(35)));
        ObjectId other = await(bucket.uploadFromBytes("name", bytes(12)));
        fixture.sent();

        await(bucket.delete(id));

        assertThat(fixture.sent()).containsExactly("delete fs.files", "delete fs.chunks");
        assertThat(await(bucket.openDownloadStream(other).toBytes())).isEqualTo(bytes(12));
        assertThat(await(chunks().countDocuments())).isEqualTo(2);
    }

    @Test
    void deletingAFileThatIsNotThereRemovesItsOrphanedChunks() {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(35)));
        await(files().deleteOne(Filters.eq("_id", id)));

        assertThat(reason(bucket.delete(id))).isEqualTo(Reason.FILE_NOT_FOUND);
        assertThat(await(chunks().countDocuments())).isZero();
    }

    @Test
    void allRevisionsOfANameAreDeletedOrRenamedAtOnce() {
        storeRevisions();
        ObjectId other = await(bucket.uploadFromBytes("other", bytes(12)));

        await(bucket.renameByName("name", "new"));
        assertThat(await(bucket.find(Filters.eq("filename", "new")).toList())).hasSize(3);
        fixture.sent();
        await(bucket.deleteByName("new"));

        assertThat(fixture.sent()).containsExactly("find fs.files", "delete fs.files", "delete fs.chunks");
        assertThat(await(bucket.find().toList()))
                .singleElement()
                .extracting(GridFsFile::objectId)
                .isEqualTo(other);
        assertThat(await(chunks().countDocuments())).isEqualTo(2);
        await(bucket.rename(other, "renamed"));
        assertThat(await(bucket.downloadToBytesByName("renamed", -1))).isEqualTo(bytes(12));
    }

    @Test
    void droppingDropsTheFilesFirst() {
        await(bucket.uploadFromBytes("name", bytes(35)));
        fixture.sent();

        await(bucket.drop());

        assertThat(fixture.sent()).containsExactly("drop fs.files", "drop fs.chunks");
        assertThat(await(bucket.find().toList())).isEmpty();
    }

    // ---- indexes

    @Test
    void indexesAreMadeOnceBeforeTheFirstWriteWhereThereIsNoFile() {
        fixture.sent();

        await(bucket.uploadFromBytes("name", bytes(1)));
        assertThat(fixture.sent())
                .containsExactly(
                        "find fs.files",
                        "listIndexes fs.files",
                        "createIndexes fs.files",
                        "listIndexes fs.chunks",
                        "createIndexes fs.chunks",
                        "insert fs.chunks",
                        "insert fs.files");
        await(bucket.withReadPreference(ReadPreference.NEAREST).uploadFromBytes("name", bytes(1)));
        assertThat(fixture.sent()).containsExactly("insert fs.chunks", "insert fs.files");
        await(fixture.bucket().uploadFromBytes("name", new byte[0]));
        assertThat(fixture.sent()).containsExactly("find fs.files", "insert fs.files");
    }

    @Test
    void anIndexThatIsThereWithNumbersOfAnotherTypeIsNotMadeAgain() {
        await(files().createIndex(BsonDocument.parse("{filename: 1.0, uploadDate: {$numberLong: '1'}}")));
        fixture.sent();

        await(bucket.uploadFromBytes("name", bytes(1)));

        assertThat(fixture.sent()).doesNotContain("createIndexes fs.files").contains("createIndexes fs.chunks");
    }

    @Test
    void anIndexCountsOnlyWithTheSameKeysInTheSameOrder() {
        BsonDocument keys = BsonDocument.parse("{a: 1, b: 1}");
        assertThat(BucketIndexes.isThere(List.of(BsonDocument.parse("{key: {a: 1.0, b: 1}}")), keys))
                .isTrue();
        for (String other :
                List.of("{b: 1, a: 1}", "{a: 1, b: -1}", "{a: 1}", "{a: 1, b: 1, c: 1}", "{a: 1, b: '2d'}")) {
            assertThat(BucketIndexes.isThere(List.of(new BsonDocument("key", BsonDocument.parse(other))), keys))
                    .as(other)
                    .isFalse();
        }
    }

    // ---- settings

    @Test
    void aBucketHasTheSettingsOfItsDatabaseUnlessItIsToldOtherwise() {
        GridFsBucket plain = GridFsBucket.create(fixture.database.withWriteConcern(WriteConcern.MAJORITY));
        assertThat(plain.bucketName()).isEqualTo("fs");
        assertThat(plain.chunkSizeBytes()).isEqualTo(261_120);
        assertThat(plain.writeConcern()).isEqualTo(WriteConcern.MAJORITY);
        GridFsBucket told = GridFsBucket.create(
                fixture.database,
                GridFsBucketOptions.DEFAULT
                        .bucketName("pictures")
                        .chunkSizeBytes(77)
                        .readConcern(ReadConcern.MAJORITY)
                        .readPreference(ReadPreference.NEAREST)
                        .writeConcern(WriteConcern.W1)
                        .timeout(Duration.ofSeconds(3)));
        assertThat(told.bucketName()).isEqualTo("pictures");
        assertThat(told.chunkSizeBytes()).isEqualTo(77);
        assertThat(told.readConcern()).isEqualTo(ReadConcern.MAJORITY);
        assertThat(told.readPreference()).isEqualTo(ReadPreference.NEAREST);
        assertThat(told.writeConcern()).isEqualTo(WriteConcern.W1);
        assertThat(told.timeout()).isEqualTo(Duration.ofSeconds(3));
        await(told.uploadFromBytes("name", bytes(100)));
        assertThat(await(fixture.database.getCollection("pictures.chunks").countDocuments()))
                .isEqualTo(2);
    }

    @Test
    void theTimeoutSpansAllCommandsOfAnOperation() {
        ManualTime time = new ManualTime();
        GridFsBucket limited =
                new BucketView(fixture.database, GridFsBucketOptions.DEFAULT.timeout(Duration.ofSeconds(10)), time);
        GridFsUpload upload = limited.openUploadStreamWithId(new BsonString("id"), "name", GridFsUploadOptions.DEFAULT);
        await(upload.write(ByteBuffer.wrap(bytes(10))));
        time.advance(Duration.ofSeconds(10));

        Throwable failure = failure(upload.closeAsync());

        assertThat(failure).isInstanceOf(MongoTimeoutException.class).hasMessageContaining("10000 ms");
        assertThat(((MongoTimeoutException) failure).waiting()).isEqualTo(MongoTimeoutException.Waiting.OPERATION);
        // Nothing was sent, so there is nothing to delete for which the time would be too short.
        await(upload.abort());
    }
}
