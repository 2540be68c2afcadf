package dev.rotor.driver;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tags that a server must all have to be chosen by a read preference. An empty one fits every server.
 *
 * @param tags names and values, in the order in which they were given
 */
public record TagSet(Map<String, String> tags) {

    /** Fits every server. */
    public static final TagSet EMPTY = new TagSet(Map.of());

    /**
     * Copies the map, keeping its order.
     *
     * @param tags names and values
     */
    public TagSet {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /**
     * Whether a server with these tags fits.
     *
     * @param serverTags the server's tags
     * @return {@code true} if it has every tag of this set
     */
    public boolean matches(Map<String, String> serverTags) {
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            if (!tag.getValue().equals(serverTags.get(tag.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
