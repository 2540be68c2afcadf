package dev.rotor.testserver.engine;

import java.util.Locale;

/** A version of the server, such as {@code 8.2.0}. */
public record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {

    /**
     * Reads {@code "8.2"} or {@code "4.2.24"}; a missing patch is 0.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static ServerVersion parse(String text) {
        if (!text.matches("\\d{1,3}\\.\\d{1,3}(\\.\\d{1,4})?")) {
            throw new IllegalArgumentException("a server version looks like 8.2 or 8.2.1, not '" + text + "'");
        }
        String[] parts = text.split("\\.", -1);
        return new ServerVersion(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                parts.length > 2 ? Integer.parseInt(parts[2]) : 0);
    }

    /** Whether this is at least {@code major.minor}: how features that came with a release are asked for. */
    public boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }

    @Override
    public int compareTo(ServerVersion other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
        return byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d.%d.%d", major, minor, patch);
    }
}
