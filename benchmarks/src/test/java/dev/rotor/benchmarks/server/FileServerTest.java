package dev.rotor.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import com.mongodb.client.gridfs.GridFSBucket;
import com.mongodb.client.gridfs.GridFSBuckets;
import dev.rotor.driver.MongoClient;
import dev.rotor.gridfs.GridFsBucket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FileServerTest {

    private static final int CHUNKS = 140;
    private static final int LAST_CHUNK = 1_000;
    private static final int LENGTH = (CHUNKS - 1) * StoredFile.CHUNK_BYTES + LAST_CHUNK;

    private final FileServer server;

    FileServerTest() throws IOException {
        server = new FileServer(new FileServer.Options(LENGTH, 0));
        Thread thread = new Thread(server, "file server");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void twoDriversGetTheSameFile() {
        byte[] rotor = downloadedByRotor();

        assertThat(rotor).hasSize(LENGTH);
        assertThat(downloadedBySync()).isEqualTo(rotor);
    }

    @Test
    void anUploadOfRotorIsCountedChunkByChunk() {
        try (MongoClient client = MongoClient.create(uri())) {
            GridFsBucket.create(client.getDatabase("bench"))
                    .uploadFromBytes("up", new byte[LENGTH])
                    .toCompletableFuture()
                    .join();
        }

        assertThat(server.documentsReceived()).isEqualTo(CHUNKS + 1);
        assertThat(server.bytesReceived()).isGreaterThan(LENGTH);
    }

    @Test
    void anUploadOfTheSyncDriverIsCountedChunkByChunk() {
        try (com.mongodb.client.MongoClient client = MongoClients.create(uri())) {
            syncBucket(client).uploadFromStream("up", new ByteArrayInputStream(new byte[LENGTH]));
        }

        assertThat(server.documentsReceived()).isEqualTo(CHUNKS + 1);
        assertThat(server.bytesReceived()).isGreaterThan(LENGTH);
    }

    private byte[] downloadedByRotor() {
        try (MongoClient client = MongoClient.create(uri())) {
            return GridFsBucket.create(client.getDatabase("bench"))
                    .openDownloadStreamByName("large.bin")
                    .toBytes()
                    .toCompletableFuture()
                    .join();
        }
    }

    private byte[] downloadedBySync() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (com.mongodb.client.MongoClient client = MongoClients.create(uri())) {
            syncBucket(client).downloadToStream("large.bin", bytes);
        }
        return bytes.toByteArray();
    }

    private static GridFSBucket syncBucket(com.mongodb.client.MongoClient client) {
        return GridFSBuckets.create(client.getDatabase("bench"));
    }

    private String uri() {
        return "mongodb://127.0.0.1:" + server.port();
    }
}
