package dev.rotor.gridfs.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.event.ConnectionCheckedInEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionPoolListener;
import dev.rotor.driver.model.Filters;
import dev.rotor.driver.model.Updates;
import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.GridFsBucketOptions;
import dev.rotor.gridfs.GridFsUploadOptions;
import dev.rotor.testserver.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** A database with files of a known age, and HTTP servers that serve them. */
final class HttpFixture implements AutoCloseable {

    /** When the tests happen. */
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");

    static final String BOUNDARY = "the-boundary";

    final TestServer database = TestServer.standalone().start();
    final MongoClient client;
    final MongoDatabase files;
    final GridFsBucket bucket;

    /** Names of commands that were sent. */
    final List<String> sent = new CopyOnWriteArrayList<>();

    /** One entry for each cursor that a server has closed because it was told to. */
    final BlockingQueue<Long> killed = new LinkedBlockingQueue<>();

    private final AtomicInteger connectionsInUse = new AtomicInteger();
    private final BlockingQueue<Integer> inUseAfterCheckIn = new LinkedBlockingQueue<>();

    /** What the failure listener has heard. */
    final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    HttpFixture() {
        client = MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(database.connectionString()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        sent.add(event.commandName());
                    }

                    @Override
                    public void commandSucceeded(CommandSucceededEvent event) {
                        if (event.commandName().equals("killCursors")) {
                            event.reply()
                                    .getArray("cursorsKilled")
                                    .forEach(id -> killed.add(id.asInt64().getValue()));
                        }
                    }
                })
                .addConnectionPoolListener(new ConnectionPoolListener() {
                    @Override
                    public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
                        connectionsInUse.incrementAndGet();
                    }

                    @Override
                    public void connectionCheckedIn(ConnectionCheckedInEvent event) {
                        inUseAfterCheckIn.add(connectionsInUse.decrementAndGet());
                    }
                })
                .build());
        files = client.getDatabase("files");
        bucket = GridFsBucket.create(
                files, GridFsBucketOptions.DEFAULT.chunkSizeBytes(100).bufferBytes(2_300));
    }

    GridFsHttpOptions options() {
        return GridFsHttpOptions.DEFAULT.failureListener((request, failure) -> failures.add(failure));
    }

    /** Answers requests at {@link #NOW}. */
    GridFsHttp http(GridFsHttpOptions options) {
        return new GridFsHttp(bucket, options, () -> NOW, () -> BOUNDARY);
    }

    /** Starts a server of the JDK. */
    InetSocketAddress serve(GridFsHttp http) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", new GridFsHttpHandler(http));
        server.start();
        servers.add(server);
        return server.getAddress();
    }

    /** Stores a file on 1 February 2026 at noon. */
    ObjectId store(String name, byte[] contents) {
        return store(name, contents, null, Instant.parse("2026-02-01T12:00:00.25Z"));
    }

    ObjectId store(String name, byte[] contents, @Nullable Bson metadata) {
        return store(name, contents, metadata, Instant.parse("2026-02-01T12:00:00.25Z"));
    }

    ObjectId store(String name, byte[] contents, @Nullable Bson metadata, Instant date) {
        ObjectId id = await(bucket.uploadFromBytes(name, contents, GridFsUploadOptions.DEFAULT.metadata(metadata)));
        await(fileDocuments()
                .updateOne(Filters.eq("_id", id), Updates.set("uploadDate", new BsonDateTime(date.toEpochMilli()))));
        return id;
    }

    MongoCollection<BsonDocument> fileDocuments() {
        return files.getCollection("fs.files", BsonDocument.class);
    }

    MongoCollection<BsonDocument> chunkDocuments() {
        return files.getCollection("fs.chunks", BsonDocument.class);
    }

    /** Waits until all connections are back in the pool. */
    void awaitIdle() {
        while (connectionsInUse.get() > 0) {
            poll(inUseAfterCheckIn);
        }
    }

    Throwable failure() {
        return poll(failures);
    }

    static <T> T poll(BlockingQueue<T> queue) {
        try {
            T value = queue.poll(20, TimeUnit.SECONDS);
            assertThat(value).isNotNull();
            return Objects.requireNonNull(value);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
        client.close();
        database.close();
    }
}
