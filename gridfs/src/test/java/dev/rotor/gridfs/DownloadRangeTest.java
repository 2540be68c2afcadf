package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static dev.rotor.gridfs.GridFsFixture.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rotor.gridfs.MongoGridFsException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadRangeTest {

    private static final int LENGTH = 1050;

    private final GridFsFixture fixture = new GridFsFixture();
    private final GridFsBucket bucket = GridFsBucket.create(
            fixture.database, GridFsBucketOptions.DEFAULT.chunkSizeBytes(100).bufferBytes(1_400));
    private final byte[] contents = bytes(LENGTH);
    private ObjectId id = new ObjectId();

    @BeforeEach
    void store() {
        id = await(bucket.uploadFromBytes("name", contents));
        fixture.sent();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private GridFsDownload range(long from, long to) {
        return bucket.openDownloadStream(id).range(from, to);
    }

    private BsonDocument chunkFilter() {
        return fixture.commands("find").get(1).getDocument("filter");
    }

    private void deleteChunk(int n) {
        await(fixture.database.getCollection("fs.chunks").deleteOne(new Document("files_id", id).append("n", n)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 0",
        "0, 100, 0, 0",
        "0, 101, 0, 1",
        "99, 101, 0, 1",
        "100, 200, 1, 1",
        "150, 151, 1, 1",
        "250, 849, 2, 8",
        "999, 1000, 9, 9"
    })
    void onlyTheChunksThatHoldTheRangeAreFetched(int from, int to, int first, int last) {
        assertThat(await(range(from, to).toBytes())).isEqualTo(Arrays.copyOfRange(contents, from, to));

        BsonDocument n = chunkFilter().getDocument("n");
        assertThat(n.containsKey("$gte") ? n.getInt64("$gte").intValue() : 0).isEqualTo(first);
        assertThat(n.getInt64("$lte").intValue()).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({"1049, 1050", "1049, 9223372036854775807", "1000, 1050", "550, 2000"})
    void aRangeBehindTheEndGivesWhatThereIs(long from, long to) {
        assertThat(await(range(from, to).toBytes())).isEqualTo(Arrays.copyOfRange(contents, (int) from, LENGTH));

        assertThat(chunkFilter().getDocument("n").keySet())
                .as("so that a surplus chunk is found")
                .containsExactly("$gte");
    }

    @ParameterizedTest
    @CsvSource({"0, 1050", "0, 1051", "0, 9223372036854775807"})
    void aRangeOfAllIsAskedForAsTheWholeFileIs(long from, long to) {
        assertThat(await(range(from, to).toBytes())).isEqualTo(contents);

        assertThat(chunkFilter().keySet()).containsExactly("files_id");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "500, 500", "1050, 1051", "9223372036854775807, 9223372036854775807"})
    void anEmptyRangeAsksForNoChunk(long from, long to) {
        assertThat(await(range(from, to).toBytes())).isEmpty();

        assertThat(fixture.sent()).containsExactly("find fs.files");
    }

    @ParameterizedTest
    @CsvSource({"-1, 5", "5, 4", "-9223372036854775808, -9223372036854775807"})
    void aRangeThatIsNoneIsRefusedAtOnce(long from, long to) {
        assertThatIllegalArgumentException().isThrownBy(() -> range(from, to));
    }

    @Test
    void theFirstAndTheLastChunkAreCut() {
        List<Integer> sizes = new ArrayList<>();

        await(range(150, 420).to(chunk -> {
            sizes.add(chunk.remaining());
            return CompletableFuture.completedFuture(null);
        }));

        assertThat(sizes).containsExactly(50, 100, 100, 20);
    }

    @Test
    void aRangeThatFitsTheBufferTakesOneRoundTrip() {
        await(range(250, 450).toBytes());

        assertThat(fixture.sent()).containsExactly("find fs.files", "find fs.chunks");
    }

    @Test
    void aRangeTakesThePlaceOfAnotherAndTheFileIsLookedUpOnce() {
        GridFsDownload download = bucket.openDownloadStream(id);
        assertThat(await(download.file()).length()).isEqualTo(LENGTH);

        assertThat(await(download.range(100, 200).range(5, 7).toBytes())).isEqualTo(Arrays.copyOfRange(contents, 5, 7));
        assertThat(await(download.toBytes())).as("the original").isEqualTo(contents);

        assertThat(fixture.sent()).filteredOn("find fs.files"::equals).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"2", "4", "8"})
    void aChunkThatIsMissingInTheRangeIsFound(int missing) {
        deleteChunk(missing);

        assertThat(reason(range(250, 850).toBytes())).isEqualTo(Reason.CHUNK_MISSING);
    }

    @Test
    void aChunkThatIsMissingElsewhereIsNotMissed() {
        deleteChunk(1);
        deleteChunk(9);

        assertThat(await(range(250, 850).toBytes())).isEqualTo(Arrays.copyOfRange(contents, 250, 850));
    }

    @Test
    void aChunkOfAnotherSizeIsFoundThoughOnlyAPartOfItIsWanted() {
        await(fixture.database
                .getCollection("fs.chunks")
                .updateOne(
                        new Document("files_id", id).append("n", 3),
                        new Document("$set", new Document("data", new org.bson.types.Binary(new byte[99])))));

        assertThat(reason(range(310, 320).toBytes())).isEqualTo(Reason.CHUNK_SIZE);
    }

    @Test
    void aDoubledChunkIsFound() {
        await(fixture.database.getCollection("fs.chunks").dropIndexes());
        await(fixture.database
                .getCollection("fs.chunks")
                .insertOne(new Document("files_id", id)
                        .append("n", 3)
                        .append("data", new org.bson.types.Binary(new byte[100]))));

        assertThat(reason(range(300, 500).toBytes())).isEqualTo(Reason.CHUNK_EXTRA);
    }

    @Test
    void aFileThatIsNotThereIsSaidSoEvenIfNothingOfItIsWanted() {
        assertThat(reason(bucket.openDownloadStream(new ObjectId()).range(5, 5).toBytes()))
                .isEqualTo(Reason.FILE_NOT_FOUND);
    }

    @Test
    void whatASubscriberDoesToItsBufferReachesNoOtherChunk() {
        ByteBuffer all = ByteBuffer.allocate(LENGTH);

        await(bucket.openDownloadStream(id).to(chunk -> {
            all.put(chunk);
            assertThat(chunk.capacity()).isLessThanOrEqualTo(100);
            chunk.clear();
            while (chunk.hasRemaining()) {
                chunk.put((byte) 0);
            }
            return CompletableFuture.completedFuture(null);
        }));

        assertThat(all.array()).isEqualTo(contents);
    }
}
