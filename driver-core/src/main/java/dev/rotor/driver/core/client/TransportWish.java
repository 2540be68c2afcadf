package dev.rotor.driver.core.client;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which transport somebody wants, and who.
 *
 * @param name the name in lower case, or {@code null} for the preferred one
 * @param origin who named it, for a person; empty where nobody did
 */
record TransportWish(@Nullable String name, String origin) {

    /** Names the transport where the settings do not. */
    static final String SYSTEM_PROPERTY = "dev.rotor.transport";

    private static final TransportWish NONE = new TransportWish(null, "");

    /**
     * The settings, which the connection string is a part of, go before the system property. What is blank names
     * nothing.
     *
     * @param fromSettings the name in the settings, or {@code null}
     * @param fromSystemProperty the name in the system property, or {@code null}
     */
    static TransportWish of(@Nullable String fromSettings, @Nullable String fromSystemProperty) {
        String settings = normal(fromSettings);
        String property = normal(fromSystemProperty);
        if (settings != null) {
            String origin = "named by the transport option";
            return new TransportWish(
                    settings,
                    property == null || property.equals(settings)
                            ? origin
                            : origin + ", which goes before the system property " + SYSTEM_PROPERTY + "=" + property);
        }
        return property == null ? NONE : new TransportWish(property, "named by the system property " + SYSTEM_PROPERTY);
    }

    /** A name as it is compared. */
    static @Nullable String normal(@Nullable String name) {
        return name == null || name.isBlank() ? null : name.strip().toLowerCase(Locale.ROOT);
    }
}
