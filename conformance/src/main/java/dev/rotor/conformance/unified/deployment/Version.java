package dev.rotor.conformance.unified.deployment;

import dev.rotor.conformance.unified.match.RunnerException;

/**
 * A version of a server or of a schema: three numbers, compared one by one.
 *
 * @param major the first
 * @param minor the second
 * @param patch the third
 */
public record Version(int major, int minor, int patch) implements Comparable<Version> {

    /** Reads up to three numbers with dots between; what follows the third, or a hyphen, is ignored. */
    public static Version parse(String text) {
        String[] parts = text.split("-", 2)[0].split("\\.", -1);
        int[] numbers = new int[3];
        try {
            for (int i = 0; i < Math.min(3, parts.length); i++) {
                numbers[i] = Integer.parseInt(parts[i]);
            }
        } catch (NumberFormatException malformed) {
            throw new RunnerException("not a version: " + text, malformed);
        }
        return new Version(numbers[0], numbers[1], numbers[2]);
    }

    /** Whether this is the given version or a later one. */
    public boolean isAtLeast(Version other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(Version other) {
        int byMajor = Integer.compare(major, other.major);
        if (byMajor != 0) {
            return byMajor;
        }
        int byMinor = Integer.compare(minor, other.minor);
        return byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
