package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static dev.rotor.gridfs.GridFsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Uploads that wait for another one to make the bucket's indexes. */
class IndexWaitTest {

    private final GridFsFixture fixture = new GridFsFixture();
    private final HeldLookup indexes = new HeldLookup("createIndex");
    private final ManualTime time = new ManualTime();
    private final GridFsBucket bucket =
            new BucketView(indexes.over(fixture.database), GridFsBucketOptions.DEFAULT, time);

    @AfterEach
    void close() {
        fixture.close();
    }

    private static CompletableFuture<ObjectId> upload(GridFsBucket bucket) {
        return bucket.uploadFromBytes("name", bytes(5)).toCompletableFuture();
    }

    @Test
    void whoWaitsForAnotherOnesIndexesDoesSoNoLongerThanItsOwnTime() {
        CompletableFuture<ObjectId> first = upload(bucket);
        CompletableFuture<ObjectId> second = upload(bucket.withTimeout(Duration.ofSeconds(1)));
        CompletableFuture<ObjectId> third = upload(bucket);

        time.advance(Duration.ofMillis(999));
        assertThat(second).isNotDone();
        time.advance(Duration.ofMillis(1));

        assertThat(failure(second)).isInstanceOf(MongoTimeoutException.class).hasMessageContaining("1000 ms");
        assertThat(first).isNotDone();
        assertThat(third).isNotDone();
        indexes.letGo();
        await(first);
        await(third);
    }

    @Test
    void whoHasWaitedLeavesNoTimer() {
        CompletableFuture<ObjectId> first = upload(bucket);
        CompletableFuture<ObjectId> second = upload(bucket.withTimeout(Duration.ofMinutes(1)));
        assertThat(time.waiting()).isEqualTo(1);

        indexes.letGo();

        await(first);
        await(second);
        assertThat(time.waiting()).isZero();
    }
}
