package dev.rotor.driver.core.auth;

import java.util.List;
import java.util.Locale;

/** {@code ALLOWED_HOSTS}: where tokens of humans may go. Pure functions. */
final class OidcHosts {

    private OidcHosts() {}

    /** Whether one of the patterns matches; {@code *.} at the beginning stands for any subdomain. */
    static boolean allow(List<String> patterns, String host) {
        String name = lower(host);
        for (String each : patterns) {
            String pattern = lower(each);
            if (pattern.startsWith("*.") ? name.endsWith(pattern.substring(1)) : name.equals(pattern)) {
                return true;
            }
        }
        return false;
    }

    private static String lower(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }
}
