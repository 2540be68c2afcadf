package dev.rotor.examples.web;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.WatchQuery;
import dev.rotor.examples.Example;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** How the web applications start when they are examples on the command line. They run until they are interrupted. */
public final class WebExample {

    private static final int PORT = 8080;
    private static final int ANY = 0;

    private WebExample() {}

    /** Starts one web application. */
    @FunctionalInterface
    public interface Start {

        /**
         * Starts it.
         *
         * @param client the database's
         * @param port 0 for any
         * @return what to tell whoever has started it
         * @throws IOException if the port cannot be listened on
         */
        String start(MongoClient client, int port) throws IOException;
    }

    /**
     * A web application as an example: on port 8080 of this machine, or on any other one where that is taken.
     *
     * @param watched what its page watches; tried first, since not every server has change streams
     * @param application starts it
     * @return the example, which ends only by failing
     */
    public static Example of(Function<MongoClient, WatchQuery<?>> watched, Start application) {
        return (client, tell) -> watched.apply(client)
                .open()
                .thenCompose(cursor -> cursor.closeAsync())
                .thenComposeAsync(none -> {
                    try {
                        tell.accept(start(client, application));
                        return new CompletableFuture<>();
                    } catch (IOException e) {
                        return CompletableFuture.failedFuture(e);
                    }
                });
    }

    private static String start(MongoClient client, Start application) throws IOException {
        try {
            return application.start(client, PORT);
        } catch (BindException e) {
            return "port " + PORT + " is taken, so another one: " + application.start(client, ANY);
        }
    }
}
