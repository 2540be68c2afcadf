package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static dev.rotor.gridfs.GridFsFixture.failure;
import static dev.rotor.gridfs.GridFsFixture.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rotor.gridfs.MongoGridFsException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadReaderTest {

    private static final int LENGTH = 2050;

    private final GridFsFixture fixture = new GridFsFixture();
    /** Three chunks in a batch. */
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

    private GridFsReader reader() {
        return bucket.openDownloadStream(id).reader();
    }

    private byte[] part(int from, int to) {
        return Arrays.copyOfRange(contents, from, to);
    }

    private long finds() {
        return fixture.sent().stream().filter("find fs.chunks"::equals).count();
    }

    @Test
    void nothingIsSentBeforeTheFirstRead() {
        try (GridFsReader reader = reader()) {
            reader.seek(100);

            assertThat(reader.tell()).isEqualTo(100);
            assertThat(fixture.sent()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 99, 100, 101, 1000, 2049, 2050, 2051, Integer.MAX_VALUE})
    void whatIsReadInPiecesOfAnySizeIsTheFile(int size) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (GridFsReader reader = reader()) {
            byte[] piece = await(reader.read(size));
            while (piece.length > 0) {
                all.writeBytes(piece);
                assertThat(reader.tell()).isEqualTo(all.size());
                assertThat(piece.length == size || all.size() == LENGTH).isTrue();
                piece = await(reader.read(size));
            }
            assertThat(await(reader.read(size))).as("again").isEmpty();
        }
        assertThat(all.toByteArray()).isEqualTo(contents);
        assertThat(finds()).isEqualTo(1);
    }

    @Test
    void aBufferIsFilledAsFarAsTheChunkGoes() {
        ByteBuffer target = ByteBuffer.allocate(150);
        try (GridFsReader reader = reader()) {
            assertThat(await(reader.read(target))).isEqualTo(100);
            assertThat(await(reader.read(target))).isEqualTo(50);
            assertThat(await(reader.read(target))).as("without room").isZero();
            assertThat(target.array()).isEqualTo(part(0, 150));
            reader.seek(LENGTH);
            assertThat(await(reader.read(target.clear()))).isEqualTo(-1);
            assertThat(target.position()).isZero();
        }
    }

    @Test
    void chunksAreReadToTheirEnd() {
        try (GridFsReader reader = reader()) {
            assertThat(await(reader.read(30))).isEqualTo(part(0, 30));
            assertThat(await(reader.readChunk())).isEqualTo(ByteBuffer.wrap(part(30, 100)));
            assertThat(await(reader.readChunk())).isEqualTo(ByteBuffer.wrap(part(100, 200)));
            reader.seek(2000);
            assertThat(await(reader.readChunk())).isEqualTo(ByteBuffer.wrap(part(2000, 2050)));
            assertThat(await(reader.readChunk()).hasRemaining()).isFalse();
        }
    }

    @Test
    void linesEndWithTheirLineFeedHoweverTheyLieInChunks() {
        String text = "one\n\n" + "x".repeat(350) + "\n" + "y".repeat(99) + "\nlast";
        ObjectId lines = await(bucket.uploadFromBytes("lines", text.getBytes(StandardCharsets.US_ASCII)));
        try (GridFsReader reader = bucket.openDownloadStream(lines).reader()) {
            for (String line : List.of("one\n", "\n", "x".repeat(350) + "\n", "y".repeat(99) + "\n", "last", "", "")) {
                assertThat(new String(await(reader.readLine()), StandardCharsets.US_ASCII))
                        .isEqualTo(line);
            }
            reader.seek(5);
            assertThat(await(reader.readLine(150))).hasSize(150);
            assertThat(await(reader.readLine(0))).isEmpty();
            assertThat(await(reader.readLine())).as("the rest of it").hasSize(201);
        }
    }

    @Test
    void seekingWithinTheChunkAsksNobody() {
        try (GridFsReader reader = reader()) {
            await(reader.read(50));
            fixture.sent();

            reader.seek(10);
            assertThat(await(reader.read(20))).isEqualTo(part(10, 30));
            reader.seek(99);
            assertThat(await(reader.read(1))).isEqualTo(part(99, 100));
            reader.seek(0);
            assertThat(await(reader.read(100))).isEqualTo(part(0, 100));

            assertThat(fixture.sent())
                    .filteredOn(name -> !name.startsWith("getMore"))
                    .isEmpty();
        }
    }

    @Test
    void seekingForwardToWhatIsFetchedAnywayOpensNoOtherCursor() {
        try (GridFsReader reader = reader()) {
            await(reader.read(50));
            assertThat(finds()).isEqualTo(1);

            reader.seek(290);
            assertThat(await(reader.read(20))).as("in the batch").isEqualTo(part(290, 310));
            reader.seek(520);
            assertThat(await(reader.read(5))).as("in the one behind it").isEqualTo(part(520, 525));

            assertThat(finds()).isZero();
        }
    }

    @Test
    void seekingFartherOpensACursorFromThatChunkAndKillsTheOldOne() {
        try (GridFsReader reader = reader()) {
            await(reader.read(50));
            fixture.sent();

            reader.seek(1750);
            assertThat(await(reader.read(100))).isEqualTo(part(1750, 1850));

            assertThat(fixture.commands("find")).singleElement().satisfies(find -> assertThat(find.getDocument("filter")
                            .getDocument("n")
                            .getInt64("$gte")
                            .getValue())
                    .isEqualTo(17));
            reader.seek(0);
            assertThat(await(reader.read(100))).isEqualTo(part(0, 100));
            assertThat(finds()).isEqualTo(2);
        }
    }

    @Test
    void whateverIsSoughtIsFound() {
        Random random = new Random(17);
        try (GridFsReader reader = reader()) {
            for (int i = 0; i < 200; i++) {
                int from = random.nextInt(LENGTH + 100);
                int count = random.nextInt(400);
                reader.seek(from);
                assertThat(await(reader.read(count)))
                        .isEqualTo(part(Math.min(from, LENGTH), Math.min(from + count, LENGTH)));
                assertThat(reader.tell()).isEqualTo(from >= LENGTH ? from : Math.min(from + count, LENGTH));
            }
        }
    }

    @Test
    void behindTheEndThereIsNothingToBeRead() {
        try (GridFsReader reader = reader()) {
            reader.seek(Long.MAX_VALUE);

            assertThat(await(reader.read(5))).isEmpty();
            assertThat(await(reader.readLine())).isEmpty();
            assertThat(reader.tell()).isEqualTo(Long.MAX_VALUE);
            assertThat(finds()).isZero();
        }
    }

    @Test
    void aReaderOfARangeCountsFromItsStart() {
        try (GridFsReader reader =
                bucket.openDownloadStream(id).range(150, 1250).reader()) {
            assertThat(await(reader.read(5))).isEqualTo(part(150, 155));
            reader.seek(1000);
            assertThat(await(reader.read(500))).isEqualTo(part(1150, 1250));
            reader.seek(0);
            assertThat(await(reader.readChunk())).isEqualTo(ByteBuffer.wrap(part(150, 200)));
        }
    }

    @Test
    void oneCallAtATime() {
        try (GridFsReader reader = reader()) {
            CompletionStage<byte[]> first = reader.read(LENGTH);
            CompletionStage<byte[]> second = reader.read(5);

            assertThat(failure(second))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("chain");
            assertThat(await(first)).isEqualTo(contents);
            assertThat(await(reader.read(5))).isEmpty();
        }
    }

    @Test
    void whatIsNoNumberOfBytesIsRefused() {
        try (GridFsReader reader = reader()) {
            assertThatIllegalArgumentException().isThrownBy(() -> reader.read(-1));
            assertThatIllegalArgumentException().isThrownBy(() -> reader.readLine(-1));
            assertThatIllegalArgumentException().isThrownBy(() -> reader.seek(-1));
            assertThat(await(reader.read(0))).isEmpty();
            assertThat(await(reader.read(1))).isEqualTo(part(0, 1));
        }
    }

    @Test
    void aClosedReaderSaysSo() {
        GridFsReader reader = reader();
        await(reader.read(5));

        reader.close();
        reader.close();

        for (CompletionStage<?> late :
                List.of(reader.read(5), reader.read(ByteBuffer.allocate(5)), reader.readChunk(), reader.readLine())) {
            assertThat(failure(late)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        }
        assertThatIllegalStateException().isThrownBy(() -> reader.seek(0)).withMessageContaining("closed");
        assertThat(reader.tell()).isEqualTo(5);
    }

    @Test
    void closingFailsTheReadThatIsUnderWay() {
        HeldLookup lookup = new HeldLookup();
        GridFsReader reader = GridFsBucket.create(lookup.over(fixture.database))
                .openDownloadStream(id)
                .reader();
        CompletionStage<byte[]> read = reader.read(5);

        reader.close();

        assertThat(failure(read)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        lookup.letGo();
    }

    @Test
    void aMissingChunkFailsTheReadThatMeetsItAndLeavesThePosition() {
        await(fixture.database.getCollection("fs.chunks").deleteOne(new Document("files_id", id).append("n", 1)));
        try (GridFsReader reader = reader()) {
            assertThat(reason(reader.read(150))).isEqualTo(Reason.CHUNK_MISSING);
            assertThat(reader.tell()).isZero();
            assertThat(await(reader.read(100))).isEqualTo(part(0, 100));
            assertThat(reason(reader.readLine())).isEqualTo(Reason.CHUNK_MISSING);
            reader.seek(200);
            assertThat(await(reader.read(100))).isEqualTo(part(200, 300));
        }
    }

    @Test
    void aSurplusChunkIsFoundByWhoReadsToTheEnd() {
        await(fixture.database
                .getCollection("fs.chunks")
                .insertOne(new Document("files_id", id)
                        .append("n", 21)
                        .append("data", new org.bson.types.Binary(new byte[1]))));
        try (GridFsReader reader = reader()) {
            assertThat(await(reader.read(LENGTH))).isEqualTo(contents);
            assertThat(reason(reader.read(1))).isEqualTo(Reason.CHUNK_EXTRA);
        }
    }

    @Test
    void aReadThatFailedOnTheWayMayBeTriedAgain() {
        try (GridFsReader reader = reader()) {
            await(reader.read(100));
            reader.seek(1500);
            fixture.failOnce("find");
            assertThat(failure(reader.read(10))).hasMessageContaining("failCommand");

            assertThat(await(reader.read(10))).isEqualTo(part(1500, 1510));
        }
    }

    @Test
    void aFileThatIsNotThereIsSaidSo() {
        try (GridFsReader reader = bucket.openDownloadStreamByName("name", 5).reader()) {
            assertThat(reason(reader.read(1))).isEqualTo(Reason.REVISION_NOT_FOUND);
            assertThat(reason(reader.file())).isEqualTo(Reason.REVISION_NOT_FOUND);
        }
    }

    @Test
    void anEmptyFileIsAtItsEnd() {
        ObjectId empty = await(bucket.uploadFromBytes("empty", new byte[0]));
        try (GridFsReader reader = bucket.openDownloadStream(empty).reader()) {
            assertThat(await(reader.read(5))).isEmpty();
            assertThat(await(reader.readChunk()).hasRemaining()).isFalse();
            assertThat(await(reader.readLine())).isEmpty();
            assertThat(await(reader.read(ByteBuffer.allocate(1)))).isEqualTo(-1);
        }
    }
}
