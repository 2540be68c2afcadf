package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static dev.rotor.gridfs.GridFsFixture.failure;
import static dev.rotor.gridfs.GridFsFixture.publisher;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.testserver.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.bson.BsonInt32;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of an upload whose result nobody wants any more: nothing. */
class UploadCancelTest {

    private static final byte[] CONTENTS = bytes(50_000);

    private final TestServer server = TestServer.standalone().start();
    private final ClientEvents events = new ClientEvents();
    private final MongoClient client = MongoClient.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(server.connectionString()))
            .addCommandListener(events)
            .build());
    private final MongoDatabase database = client.getDatabase("files");
    private final HeldInserts held = new HeldInserts();
    private final GridFsBucket bucket = GridFsBucket.create(
            held.over(database),
            GridFsBucketOptions.DEFAULT.chunkSizeBytes(1000).bufferBytes(20_000));

    @TempDir
    Path folder;

    @BeforeEach
    void indexesAreThere() {
        await(bucket.uploadFromBytes("first", new byte[0]));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    /** Every way to store bytes by one call. */
    enum Source {
        BYTES,
        PUBLISHER,
        PATH,
        INPUT_STREAM,
        CHANNEL,
        SCOPE,
        BYTES_WITH_ID
    }

    private CompletionStage<?> store(Source source) throws IOException {
        return switch (source) {
            case BYTES -> bucket.uploadFromBytes("name", CONTENTS);
            case PUBLISHER -> bucket.uploadFromPublisher("name", publisher(List.of(ByteBuffer.wrap(CONTENTS))));
            case PATH -> bucket.uploadFromPath("name", Files.write(folder.resolve("file"), CONTENTS));
            case INPUT_STREAM -> bucket.uploadFromInputStream("name", new ByteArrayInputStream(CONTENTS));
            case CHANNEL -> bucket.uploadFromChannel("name", TestChannels.of(CONTENTS, 777));
            case SCOPE -> bucket.upload("name", upload -> upload.write(CONTENTS));
            case BYTES_WITH_ID -> bucket.uploadFromBytesWithId(new BsonInt32(1), "name", CONTENTS);
        };
    }

    private long stored(String collection) {
        return await(database.getCollection(collection).countDocuments(new Document()));
    }

    private void assertNothingIsLeft() {
        events.awaitCommand("delete done");
        assertThat(stored("fs.chunks")).isZero();
        assertThat(stored("fs.files")).as("the first one").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void cancellingTheResultAbortsTheUpload(Source source) throws IOException {
        CompletableFuture<Void> waiting = held.whenWaiting(1);
        CompletableFuture<?> result = store(source).toCompletableFuture();
        await(waiting);

        assertThat(result.cancel(false)).isTrue();
        held.letGo();

        assertNothingIsLeft();
    }

    @Test
    void cancellingTheStageOfClosingAbortsTheUpload() {
        GridFsUpload upload = bucket.openUploadStream("name");
        await(upload.write(bytes(5)));
        CompletableFuture<GridFsFile> closed = upload.closeAsync().toCompletableFuture();

        assertThat(closed.cancel(false)).isTrue();
        held.letGo();

        assertNothingIsLeft();
        await(upload.abort());
    }

    @Test
    void aResultThatIsThereAlreadyIsNotUndone() {
        held.letGo();
        CompletableFuture<?> result = bucket.uploadFromBytes("name", CONTENTS).toCompletableFuture();
        await(result);

        assertThat(result.cancel(false)).isFalse();

        assertThat(await(bucket.downloadToBytesByName("name", -1))).isEqualTo(CONTENTS);
    }

    /** A publisher that gives nothing, and tells when it is not wanted any more. */
    private static final class Silent implements Flow.Publisher<ByteBuffer>, Flow.Subscription {
        final List<Flow.Subscriber<? super ByteBuffer>> subscribers = new ArrayList<>();
        boolean cancelled;
        long requested;

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            subscribers.add(subscriber);
        }

        @Override
        public void request(long n) {
            requested += n;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Test
    void cancellingTheResultCancelsAPublisherThatGivesNothing() {
        Silent source = new Silent();
        CompletableFuture<?> result = bucket.uploadFromPublisher("name", source).toCompletableFuture();
        source.subscribers.get(0).onSubscribe(source);
        assertThat(source.requested).isEqualTo(1);

        result.cancel(false);

        assertThat(source.cancelled).isTrue();
    }

    @Test
    void aPublisherThatFallsSilentIsCancelledWhenTheUploadFails() {
        IllegalStateException refused = new IllegalStateException("refused");
        Silent source = new Silent();
        CompletionStage<?> result = bucket.uploadFromPublisher("name", source);
        source.subscribers.get(0).onSubscribe(source);
        source.subscribers.get(0).onNext(ByteBuffer.wrap(bytes(5_000)));
        assertThat(source.requested).as("all of it was taken").isEqualTo(2);

        held.inserts.get(0).fail(refused);

        assertThat(failure(result)).isSameAs(refused);
        assertThat(source.cancelled).isTrue();
    }

    @Test
    void aPublisherThatComesAfterTheResultWasCancelledIsAskedForNothing() {
        Silent source = new Silent();
        CompletableFuture<?> result = bucket.uploadFromPublisher("name", source).toCompletableFuture();
        result.cancel(false);

        source.subscribers.get(0).onSubscribe(source);

        assertThat(source.cancelled).isTrue();
        assertThat(source.requested).isZero();
    }
}
