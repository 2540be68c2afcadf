package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The prose tests of Client Side Operations Timeout about GridFS. All times are longer than the specification's, so
 * that what these tests prove does not hang on the speed of the machine.
 */
class OperationTimeoutProseTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    private final GridFsFixture fixture = new GridFsFixture();
    private final GridFsBucket bucket =
            GridFsBucket.create(fixture.database, GridFsBucketOptions.DEFAULT.timeout(TIMEOUT));

    @BeforeEach
    void indexesAreThere() {
        await(fixture.bucket().uploadFromBytes("first", new byte[1]));
        fixture.sent();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void block(String command) {
        await(fixture.client
                .getDatabase("admin")
                .runCommand(Document.parse("{configureFailPoint: 'failCommand', mode: {times: 1}, data: {failCommands:"
                        + " ['" + command + "'], blockConnection: true, blockTimeMS: 60000}}")));
        fixture.sent();
    }

    private static void assertTimesOut(Throwable failure) {
        assertThat(failure).isInstanceOf(MongoTimeoutException.class);
    }

    @Test
    @DisplayName("CSOT, prose test 6: uploads via openUploadStream can be timed out")
    void uploadsCanBeTimedOut() {
        GridFsUpload upload = bucket.openUploadStream("filename");
        block("insert");
        await(upload.write(ByteBuffer.wrap(new byte[] {0x12})));

        assertTimesOut(failure(upload.closeAsync()));
        assertThat(fixture.sent()).contains("insert fs.chunks");
    }

    @Test
    @DisplayName("CSOT, prose test 6: aborting an upload stream can be timed out")
    void abortingCanBeTimedOut() {
        // A buffer of no more than two chunks, so that the first bytes are on their way before the abort.
        GridFsBucket small = GridFsBucket.create(
                fixture.database,
                GridFsBucketOptions.DEFAULT.chunkSizeBytes(2).bufferBytes(4).timeout(TIMEOUT));
        GridFsUpload upload = small.openUploadStream("filename");
        await(upload.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4})));
        block("delete");

        assertTimesOut(failure(upload.abort()));
        assertThat(fixture.sent()).contains("delete fs.chunks");
    }

    @Test
    @DisplayName("CSOT, prose test 7: downloads can be timed out")
    void downloadsCanBeTimedOut() {
        ObjectId id = new ObjectId("000000000000000000000005");
        await(fixture.database
                .getCollection("fs.files")
                .insertOne(Document.parse("{_id: {$oid: '" + id + "'}, length: 10, chunkSize: 4, uploadDate: {$date:"
                        + " '1970-01-01T00:00:00.000Z'}, filename: 'length-10', metadata: {}}")));
        GridFsDownload download = bucket.openDownloadStream(id);
        await(download.file());
        assertThat(fixture.sent()).contains("find fs.files");
        block("find");

        assertTimesOut(failure(download.toBytes()));
        assertThat(fixture.sent()).containsExactly("find fs.chunks");
    }
}
