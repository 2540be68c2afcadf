package dev.rotor.examples.quickstart;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoException;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The quickstart's command line. {@code ./quickstart} at the root of the sources builds and starts it; {@code --help}
 * says what it does.
 */
public final class Quickstart {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** Set by the script, which can tell a terminal from a pipe in any version of Java. */
    private static final String TERMINAL_PROPERTY = "rotor.quickstart.terminal";

    private Quickstart() {}

    /**
     * Runs the quickstart and ends the process with its exit status.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        Screen screen = Screen.ofProcess(Boolean.getBoolean(TERMINAL_PROPERTY), System.getenv());
        System.exit(run(List.of(arguments), screen, System::nanoTime, Hooks.NONE));
    }

    /**
     * Runs the quickstart.
     *
     * @param arguments the command line
     * @param process where to print
     * @param nanoTime the clock of the progress bar
     * @param hooks where tests reach in
     * @return the exit status
     */
    static int run(List<String> arguments, Screen process, LongSupplier nanoTime, Hooks hooks) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (UsageException e) {
            process.error(e.getMessage() + "\n" + Options.SYNOPSIS);
            return USAGE;
        }
        if (options.help()) {
            process.out().print(Options.HELP);
            return OK;
        }
        Screen screen = process.quiet(options.quiet());
        try (Target target = Target.of(options.uri())) {
            MongoClientSettings settings = settings(target.connectionString(), options.transport());
            try (MongoClient client = create(settings)) {
                new Tour(client, target, screen, nanoTime, hooks).run(options.limit());
                return OK;
            }
        } catch (UsageException e) {
            screen.error(String.valueOf(e.getMessage()));
            return USAGE;
        } catch (QuickstartException | MongoException | IOException e) {
            screen.error(Failures.describe(e));
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            screen.error("interrupted");
            return FAILED;
        }
    }

    private static MongoClientSettings settings(ConnectionString uri, @Nullable String transport) {
        MongoClientSettings.Builder settings = MongoClientSettings.builder()
                .applyConnectionString(uri)
                .applicationName(uri.applicationName() == null ? "rotor-quickstart" : uri.applicationName());
        return transport == null
                ? settings.build()
                : settings.transport(transport).build();
    }

    /** Creating a client does not wait for servers: what fails here is what the user asked for. */
    private static MongoClient create(MongoClientSettings settings) throws UsageException {
        try {
            return MongoClient.create(settings);
        } catch (MongoConfigurationException e) {
            throw new UsageException(Failures.describe(e));
        }
    }
}
