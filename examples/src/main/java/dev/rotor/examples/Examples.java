package dev.rotor.examples;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoException;
import dev.rotor.testserver.TestServer;
import java.io.PrintStream;
import java.util.concurrent.CompletionException;

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
            err.println("There is one argument, a connection string such as mongodb://localhost:27017; without it, the"
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
        try (MongoClient client = MongoClient.create(connectionString)) {
            example.run(client, out::println).toCompletableFuture().join();
            return OK;
        } catch (MongoException e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (CompletionException e) {
            Throwable cause = Failure.itself(e);
            err.println(cause instanceof MongoException ? cause.getMessage() : String.valueOf(cause));
            return FAILED;
        }
    }
}
