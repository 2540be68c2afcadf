package dev.rotor.driver.core.conn;

import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import org.jspecify.annotations.Nullable;

/** Which servers this driver can talk to ("Checking wire protocol compatibility"). */
public final class WireVersions {

    /** The oldest wire version that this driver speaks: MongoDB 4.2. */
    public static final int MIN = 8;
    /** The newest wire version that this driver speaks: MongoDB 8.0. */
    public static final int MAX = 25;

    private static final String MIN_SERVER = "4.2";

    private WireVersions() {}

    /** Why the driver cannot talk to this server, or {@code null} if it can or the server is unknown. */
    public static @Nullable String incompatibility(ServerDescription server) {
        if (server.type() == ServerType.UNKNOWN || server.type() == ServerType.LOAD_BALANCER) {
            return null;
        }
        if (server.minWireVersion() > MAX) {
            return "Server at " + server.address() + " requires wire version " + server.minWireVersion()
                    + ", but this version of Rotor only supports up to " + MAX + ".";
        }
        if (server.maxWireVersion() < MIN) {
            return "Server at " + server.address() + " reports wire version " + server.maxWireVersion()
                    + ", but this version of Rotor requires at least " + MIN + " (MongoDB " + MIN_SERVER + ").";
        }
        return null;
    }
}
