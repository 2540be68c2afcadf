package dev.rotor.examples.netty;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rotor.driver.MongoClient;
import dev.rotor.examples.Example;
import dev.rotor.examples.Examples;
import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.http.GridFsHttp;
import dev.rotor.gridfs.http.GridFsHttpOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Stores a file and asks a server made with Netty for it, for a part of it, and whether it has changed.
 * {@code examples/run netty-files} runs it.
 */
public final class NettyFiles {

    private final GridFsBucket bucket;
    private final Consumer<String> tell;
    private final HttpClient browser = HttpClient.newHttpClient();

    private NettyFiles(MongoClient client, Consumer<String> tell) {
        bucket = GridFsBucket.create(client.getDatabase("netty-files"));
        this.tell = tell;
    }

    /**
     * Runs the example.
     *
     * @param arguments a connection string, or nothing
     */
    public static void main(String[] arguments) {
        Examples.main(arguments, example());
    }

    /**
     * The example.
     *
     * @return what {@link #main} runs
     */
    public static Example example() {
        return (client, tell) -> new NettyFiles(client, tell).run();
    }

    private CompletionStage<Void> run() {
        GridFsHttpOptions options = GridFsHttpOptions.DEFAULT
                .prefix("/files/")
                .cacheTime((name, modified, contentType) -> Duration.ofMinutes(10));
        NettyFileServer server = new NettyFileServer(GridFsHttp.create(bucket, options));
        URI uri = URI.create("http://localhost:" + server.address().getPort() + "/files/a%20letter.txt");
        return bucket.drop()
                .thenCompose(none -> bucket.uploadFromBytes("a letter.txt", "Dear reader, goodbye.".getBytes(UTF_8)))
                .thenCompose(id -> ask("the file", HttpRequest.newBuilder(uri)))
                .thenCompose(
                        whole -> ask("a part of it", HttpRequest.newBuilder(uri).header("Range", "bytes=5-10"))
                                .thenCompose(part -> ask(
                                        "whether it has changed",
                                        HttpRequest.newBuilder(uri)
                                                .header(
                                                        "If-None-Match",
                                                        whole.headers()
                                                                .firstValue("ETag")
                                                                .orElse("")))))
                .<Void>thenApply(unchanged -> null)
                // On a thread of its own: closing waits, and the server's threads must not wait for themselves.
                .whenCompleteAsync((none, failure) -> server.close(), closing -> new Thread(closing).start());
    }

    private CompletionStage<HttpResponse<String>> ask(String asked, HttpRequest.Builder request) {
        return browser.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8))
                .thenApply(response -> {
                    tell.accept(asked + ": " + response.statusCode()
                            + response.headers()
                                    .firstValue("Content-Range")
                                    .map(range -> ", " + range)
                                    .orElse("")
                            + (response.body().isEmpty() ? "" : ": " + response.body()));
                    return response;
                });
    }
}
