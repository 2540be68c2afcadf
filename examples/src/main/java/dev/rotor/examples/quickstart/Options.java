package dev.rotor.examples.quickstart;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoConfigurationException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param uri where to connect, or {@code null} for the embedded server
 * @param transport the transport's name, or {@code null} for the default
 * @param limit how many class files at most
 * @param quiet whether only the summary is printed
 * @param help whether the usage was asked for
 */
record Options(@Nullable ConnectionString uri, @Nullable String transport, long limit, boolean quiet, boolean help) {

    static final String SYNOPSIS = "usage: ./quickstart [--uri URI] [--transport NAME] [--limit N] [--quiet] [--help]";

    static final String HELP = SYNOPSIS
            + """


            Catalogues every class file of the running JDK in a MongoDB database, asks questions about
            them, changes some in bulk, and checks every count against the JDK itself.

              --uri URI         connect there (default: a mongo-java-server inside this process)
              --transport NAME  the transport to run on, for example nio (default: the best that is there)
              --limit N         only the first N class files
              --quiet           print the summary only
              --help            print this

            The catalogue goes into the database that the URI names, else into rotor_quickstart. At the start
            that database is dropped if the quickstart made it and nothing but its own collections is in it;
            if there is anything else, the quickstart refuses to run and changes nothing. At the end the
            catalogue stays there.

            On a terminal there is a progress bar and colour; NO_COLOR=1 turns the colour off.

            exit status: 0 all is well; 1 something failed or a count does not agree; 2 wrong usage
            """;

    /**
     * Understands the command line.
     *
     * @param arguments what was given
     * @return the options
     * @throws UsageException if there is an unknown option, or one with an unusable value
     */
    static Options parse(List<String> arguments) throws UsageException {
        ConnectionString uri = null;
        String transport = null;
        long limit = Long.MAX_VALUE;
        boolean quiet = false;
        boolean help = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals < 0 ? argument : argument.substring(0, equals);
            String inline = equals < 0 ? null : argument.substring(equals + 1);
            switch (name) {
                case "--uri" -> uri = uri(value(name, inline, rest));
                case "--transport" -> transport = value(name, inline, rest);
                case "--limit" -> limit = positive(name, value(name, inline, rest));
                case "--quiet", "-q" -> quiet = flag(name, inline);
                case "--help", "-h" -> help = flag(name, inline);
                // An argument may be a connection string with a password, so one that is no option is not repeated.
                default ->
                    throw new UsageException(
                            name.startsWith("-")
                                    ? "unknown option " + name
                                    : "there is an argument that belongs to no option; did you mean --uri?");
            }
        }
        return new Options(uri, transport, limit, quiet, help);
    }

    private static String value(String name, @Nullable String inline, Iterator<String> rest) throws UsageException {
        String value = inline != null ? inline : rest.hasNext() ? rest.next() : "";
        if (value.isEmpty() || (inline == null && value.startsWith("--"))) {
            throw new UsageException(name + " needs a value");
        }
        return value;
    }

    private static boolean flag(String name, @Nullable String inline) throws UsageException {
        if (inline != null) {
            throw new UsageException(name + " takes no value");
        }
        return true;
    }

    private static ConnectionString uri(String value) throws UsageException {
        try {
            return new ConnectionString(value);
        } catch (MongoConfigurationException e) {
            throw new UsageException("--uri: " + e.getMessage());
        }
    }

    private static long positive(String name, String value) throws UsageException {
        try {
            long number = Long.parseLong(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with the same words as for a number that is too small.
        }
        throw new UsageException(name + " needs a whole number of 1 or more, not \"" + value + "\"");
    }
}
