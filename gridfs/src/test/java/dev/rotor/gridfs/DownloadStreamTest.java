package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadStreamTest {

    private final GridFsFixture fixture = new GridFsFixture();
    private final GridFsBucket bucket = GridFsBucket.create(
            fixture.database, GridFsBucketOptions.DEFAULT.chunkSizeBytes(100).bufferBytes(2_300));

    /** Asks for nothing by itself. */
    private static final class Subscriber implements Flow.Subscriber<ByteBuffer> {
        final BlockingQueue<ByteBuffer> chunks = new LinkedBlockingQueue<>();
        final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

        Flow.Subscription subscription() {
            return await(subscription);
        }

        ByteBuffer next() {
            subscription().request(1);
            try {
                return Objects.requireNonNull(chunks.poll(20, TimeUnit.SECONDS), "no chunk");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
        }

        @Override
        public void onNext(ByteBuffer chunk) {
            chunks.add(chunk);
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Subscriber subscribe(ObjectId id) {
        Subscriber subscriber = new Subscriber();
        bucket.openDownloadStream(id).subscribe(subscriber);
        return subscriber;
    }

    @Test
    void nothingIsSentBeforeSomebodyReads() {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(350)));
        fixture.sent();

        bucket.openDownloadStream(id);

        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void chunksComeAsTheyAreAskedForAndTheEndWithoutBeingAskedFor() {
        byte[] contents = bytes(350);
        ObjectId id = await(bucket.uploadFromBytes("name", contents));
        Subscriber subscriber = subscribe(id);
        ByteBuffer all = ByteBuffer.allocate(350);

        for (int i = 0; i < 4; i++) {
            assertThat(subscriber.end).isNotDone();
            all.put(subscriber.next());
            assertThat(subscriber.chunks).isEmpty();
        }

        await(subscriber.end);
        assertThat(all.array()).isEqualTo(contents);
    }

    @Test
    void theServerIsAskedForBatchesThatFitTheBuffer() {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(2000)));
        fixture.sent();

        await(bucket.openDownloadStream(id).toBytes());

        BsonDocument find = fixture.commands("find").get(1);
        assertThat(find.getNumber("batchSize").intValue())
                .as("half of the buffer; as much is fetched ahead")
                .isEqualTo(5);
        assertThat(find.getDocument("sort")).isEqualTo(new BsonDocument("n", new BsonInt32(1)));
    }

    @Test
    void whatAChunkCostsBesidesItsBytesCountsToo() {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(50), GridFsUploadOptions.DEFAULT.chunkSizeBytes(1)));
        fixture.sent();

        assertThat(await(bucket.openDownloadStream(id).toBytes())).isEqualTo(bytes(50));

        assertThat(fixture.commands("find").get(1).getNumber("batchSize").intValue())
                .isBetween(2, 20);
    }

    @Test
    void chunksLargerThanTheBufferComeOneByOne() {
        ObjectId id =
                await(bucket.uploadFromBytes("name", bytes(7000), GridFsUploadOptions.DEFAULT.chunkSizeBytes(3000)));
        fixture.sent();

        assertThat(await(bucket.openDownloadStream(id).toBytes())).isEqualTo(bytes(7000));

        assertThat(fixture.commands("find").get(1).getNumber("batchSize").intValue())
                .isEqualTo(1);
    }

    @Test
    void whoCancelsHearsNoMore() {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(2000)));
        Subscriber subscriber = subscribe(id);
        subscriber.next();

        subscriber.subscription().cancel();
        subscriber.subscription().request(100);
        await(bucket.openDownloadStream(id).toBytes());

        assertThat(subscriber.chunks).isEmpty();
        assertThat(subscriber.end).isNotDone();
    }

    @Test
    void eachSubscriberReadsFromTheStartButTheFileIsLookedUpOnce() {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(350)));
        GridFsDownload download = bucket.openDownloadStream(id);
        fixture.sent();

        assertThat(await(download.toBytes())).isEqualTo(await(download.toBytes()));
        assertThat(await(download.file()).objectId()).isEqualTo(id);

        assertThat(fixture.sent())
                .filteredOn(name -> name.startsWith("find"))
                .containsExactly("find fs.files", "find fs.chunks", "find fs.chunks");
    }

    @Test
    void aLookUpThatFailedIsTriedAgain() {
        ObjectId id = new ObjectId();
        GridFsDownload download = bucket.openDownloadStream(id);
        assertThat(GridFsFixture.reason(download.file())).isEqualTo(MongoGridFsException.Reason.FILE_NOT_FOUND);
        await(bucket.uploadFromBytesWithId(
                new org.bson.BsonObjectId(id), "name", bytes(5), GridFsUploadOptions.DEFAULT));

        assertThat(await(download.toBytes())).isEqualTo(bytes(5));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void askingForNothingIsAnError(long demand) {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(350)));
        Subscriber subscriber = subscribe(id);

        subscriber.subscription().request(demand);

        assertThat(GridFsFixture.failure(subscriber.end)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void demandMayOverflow() {
        ObjectId id = await(bucket.uploadFromBytes("name", bytes(350)));
        Subscriber subscriber = subscribe(id);

        subscriber.subscription().request(Long.MAX_VALUE);
        subscriber.subscription().request(Long.MAX_VALUE);

        await(subscriber.end);
        assertThat(subscriber.chunks).hasSize(4);
    }

    @Test
    void anEmptyFileEndsWithoutBeingAskedForAnything() {
        ObjectId id = await(bucket.uploadFromBytes("name", new byte[0]));

        await(subscribe(id).end);
    }
}
