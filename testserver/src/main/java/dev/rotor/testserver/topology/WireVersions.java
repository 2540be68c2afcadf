package dev.rotor.testserver.topology;

import dev.rotor.testserver.engine.ServerVersion;

/** Which wire version a server release announces. */
public final class WireVersions {

    private WireVersions() {}

    /** {@code maxWireVersion} of that release; a later release than the last known one announces the last known one. */
    public static int of(ServerVersion version) {
        return switch (version.major()) {
            case 4 -> version.minor() >= 4 ? 9 : 8;
            case 5 -> 13 + Math.min(version.minor(), 3);
            case 6 -> 17 + Math.min(version.minor(), 3);
            case 7 -> 21 + Math.min(version.minor(), 3);
            default -> 25 + Math.min(version.major() > 8 ? 2 : version.minor(), 2);
        };
    }

    /** The patch a release is taken to have when only {@code major.minor} is said: one of its last. */
    public static ServerVersion latestPatch(int major, int minor) {
        int patch =
                switch (major * 10 + minor) {
                    case 42 -> 24;
                    case 44 -> 29;
                    case 50 -> 31;
                    case 60 -> 20;
                    case 70 -> 16;
                    case 80 -> 5;
                    default -> 0;
                };
        return new ServerVersion(major, minor, patch);
    }
}
