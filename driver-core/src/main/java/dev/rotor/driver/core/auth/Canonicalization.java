package dev.rotor.driver.core.auth;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** By which name Kerberos knows a host: "Hostname Canonicalization" in the Authentication specification. */
enum Canonicalization {
    /** The name that the user has given. */
    NONE,
    /** The last of the names that the given one is an alias of. */
    FORWARD,
    /** The name of the first address of the given one. */
    FORWARD_AND_REVERSE;

    /** No honest chain of aliases is longer; resolvers give up after about as many. */
    private static final int MOST_ALIASES = 16;

    /**
     * Reads the property {@code CANONICALIZE_HOST_NAME}.
     *
     * @throws IllegalArgumentException if it is not one of the specification's values
     */
    static Canonicalization of(@Nullable String property) {
        if (property == null) {
            return NONE;
        }
        return switch (property) {
            case "none", "false" -> NONE;
            case "forward" -> FORWARD;
            case "forwardAndReverse", "true" -> FORWARD_AND_REVERSE;
            default -> throw new IllegalArgumentException("CANONICALIZE_HOST_NAME");
        };
    }

    /** The name of a host: the given one wherever DNS fails, or has nothing to say. */
    String nameOf(String host, NameService dns) {
        if (this == NONE) {
            return host;
        }
        try {
            List<InetAddress> addresses = dns.addresses(host);
            if (addresses.isEmpty()) {
                return host;
            }
            String found = this == FORWARD ? lastAlias(host, dns) : first(dns.names(addresses.get(0)));
            return found == null ? host : found.toLowerCase(Locale.ROOT);
        } catch (Exception e) {
            return host;
        }
    }

    /** {@code null} where the aliases go round in circles. */
    private static @Nullable String lastAlias(String host, NameService dns) throws Exception {
        String name = host;
        for (int i = 0; i < MOST_ALIASES; i++) {
            String next = first(dns.canonicalNames(name));
            if (next == null) {
                return name;
            }
            name = next;
        }
        return null;
    }

    /** As a name without the dot at the end. */
    private static @Nullable String first(List<String> names) {
        if (names.isEmpty()) {
            return null;
        }
        String name = names.get(0);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
