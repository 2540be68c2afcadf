package dev.rotor.examples;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.testserver.TestServer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The command line of the examples: a connection string, or nothing for a server in this process that keeps its data in
 * memory.
 */
public final class Examples {

    /** All went well. */
    public static final int OK = 0;
    /** The example failed; one line says why. */
    public static final int FAILED = 1;
    /** The command line was not understood. */
    public static final int USAGE = 2;

    /** What a single server says to transactions and to change streams. */
    private static final Set<Integer> NEEDS_REPLICA_SET = Set.of(20, 40573);

    private Examples() {}

    /**
     * Runs an example and ends the process with its exit status.
     *
     * @param arguments the command line
     * @param example what to run
     */
    public static void main(String[] arguments, Example example) {
        System.exit(run(arguments, example, System.out, System.err));
    }

    /**
     * Runs an example.
     *
     * @param arguments the command line
     * @param example what to run
     * @param out where it tells what it does
     * @param err where errors go
     * @return the exit status
     */
    public static int run(String[] arguments, Example example, PrintStream out, PrintStream err) {
        if (arguments.length > 1 || (arguments.length == 1 && !arguments[0].startsWith("mongodb"))) {
            err.println("The one argument is a connection string such as mongodb://localhost:27017; without it the"
                    + " example brings a server of its own.");
            return USAGE;
        }
        if (arguments.length == 1) {
            return run(arguments[0], example, out, err);
        }
        // Transactions and change streams need a replica set; one member is enough for them.
        try (TestServer server = TestServer.replicaSet(1).start()) {
            return run(server.connectionString(), example, out, err);
        }
    }

    private static int run(String connectionString, Example example, PrintStream out, PrintStream err) {
        try (MongoClient client = MongoClient.create(settings(connectionString))) {
            example.run(client, out::println).toCompletableFuture().join();
            return OK;
        } catch (MongoException | CompletionException e) {
            Throwable cause = Failure.itself(e);
            boolean speaks = cause instanceof MongoException || cause instanceof IOException;
            err.println(speaks ? cause.getMessage() : String.valueOf(cause));
            String advice = advice(cause);
            if (advice != null) {
                err.println(advice);
            }
            return FAILED;
        }
    }

    private static MongoClientSettings settings(String connectionString) {
        return MongoClientSettings.builder()
                // Whoever tries something out does not want to wait for the usual 30 s; the connection string may.
                .applyToTopologySettings(topology -> topology.serverSelectionTimeout(Duration.ofSeconds(5)))
                .applyConnectionString(new ConnectionString(connectionString))
                .build();
    }

    private static @Nullable String advice(Throwable failure) {
        if (failure instanceof MongoTimeoutException late
                && late.waiting() == MongoTimeoutException.Waiting.SERVER_SELECTION) {
            return "Is a server running there? Without a connection string the example brings its own.";
        }
        if (failure instanceof MongoException refused && NEEDS_REPLICA_SET.contains(refused.code())) {
            return "This example needs a replica set or a sharded cluster. Without a connection string it brings one.";
        }
        return null;
    }
}
