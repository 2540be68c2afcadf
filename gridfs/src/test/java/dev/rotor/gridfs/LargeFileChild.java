package dev.rotor.gridfs;

import dev.rotor.driver.MongoClient;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.bson.types.ObjectId;

/** The process of {@link LargeFileTest}: with little memory it stores a file and reads it back into another one. */
final class LargeFileChild {

    /** What the line with the stored digest begins with. */
    static final String STORED = "stored ";

    private static final int MINUTES = 20;

    private LargeFileChild() {}

    /** Takes the server's URI, the file to store and the file to write. */
    public static void main(String[] arguments) throws Exception {
        try (MongoClient client = MongoClient.create(arguments[0])) {
            GridFsBucket bucket = GridFsBucket.create(client.getDatabase("large"));
            long start = System.nanoTime();
            ObjectId id = await(
                    bucket.uploadFromPath("large", Path.of(arguments[1]), GridFsUploadOptions.DEFAULT.sha256(true)));
            long between = System.nanoTime();
            GridFsFile file = await(bucket.openDownloadStream(id).toPath(Path.of(arguments[2])));
            long end = System.nanoTime();
            System.out.println(STORED + Objects.requireNonNull(file.metadata()).getString("sha256"));
            System.out.printf(
                    Locale.ROOT,
                    "%d bytes, heap at most %d MiB: up in %.1f s, down in %.1f s%n",
                    file.length(),
                    Runtime.getRuntime().maxMemory() >> 20,
                    (between - start) / 1e9,
                    (end - between) / 1e9);
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(MINUTES, TimeUnit.MINUTES);
    }
}
