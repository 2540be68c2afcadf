package dev.rotor.driver.core.dns;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoConfigurationException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options in the TXT record of an SRV host: defaults for what neither the connection string nor the code says. See
 * "Default Connection String Options" of the Initial DNS Seedlist Discovery specification.
 *
 * @param authSource the database to authenticate against, or {@code null}
 * @param replicaSet the name that the replica set must have, or {@code null}
 * @param loadBalanced whether the host is a load balancer, or {@code null}
 * @param warnings values that were ignored, as those of a connection string are
 */
public record TxtOptions(
        @Nullable String authSource,
        @Nullable String replicaSet,
        @Nullable Boolean loadBalanced,
        List<String> warnings) {

    /** Without a record. */
    public static final TxtOptions NONE = new TxtOptions(null, null, null, List.of());

    /** In lower case: names of options may be written in any. */
    private static final Set<String> ALLOWED = Set.of("authsource", "replicaset", "loadbalanced");

    /**
     * Reads the records.
     *
     * @param srvHost whose records they are, for messages
     * @param records a text each
     * @throws MongoConfigurationException if there is more than one, or it says what it must not or not in the right
     *     form; the message does not quote it
     */
    public static TxtOptions parse(String srvHost, List<String> records) {
        if (records.isEmpty()) {
            return NONE;
        }
        if (records.size() > 1) {
            throw new MongoConfigurationException(
                    srvHost + " has " + records.size() + " TXT records, which must be one at most");
        }
        String text = records.get(0);
        for (String option : text.split("&", -1)) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            if (!name.isEmpty() && !ALLOWED.contains(name.toLowerCase(Locale.ROOT))) {
                throw new MongoConfigurationException("The TXT record of " + srvHost
                        + " has an option other than authSource, replicaSet and loadBalanced");
            }
        }
        ConnectionString parsed;
        try {
            parsed = new ConnectionString("mongodb+srv://" + srvHost + "/?" + text);
        } catch (MongoConfigurationException e) {
            throw new MongoConfigurationException(
                    "The TXT record of " + srvHost + " is not what the options of a connection string are: "
                            + e.getMessage(),
                    e);
        }
        return new TxtOptions(
                parsed.authSource(), parsed.replicaSet(), parsed.loadBalanced(), List.copyOf(parsed.warnings()));
    }
}
