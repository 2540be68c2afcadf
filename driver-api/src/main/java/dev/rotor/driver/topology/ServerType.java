package dev.rotor.driver.topology;

/**
 * What a server was last seen to be, as the Server Discovery and Monitoring specification defines it.
 * {@code PossiblePrimary} is for single-threaded drivers and is not among them.
 */
public enum ServerType {
    /** Not checked yet, or the last check failed. */
    UNKNOWN("Unknown"),
    /** A mongod that is no member of a replica set. */
    STANDALONE("Standalone"),
    /** A router of a sharded deployment. */
    MONGOS("Mongos"),
    /** The primary of a replica set. */
    RS_PRIMARY("RSPrimary"),
    /** A secondary of a replica set. */
    RS_SECONDARY("RSSecondary"),
    /** A member that holds no data. */
    RS_ARBITER("RSArbiter"),
    /** A hidden member, or one that is starting up or recovering. */
    RS_OTHER("RSOther"),
    /** A member that has no configuration: not initiated, or removed from the set. */
    RS_GHOST("RSGhost"),
    /** A load balancer; nothing is known of what is behind it. */
    LOAD_BALANCER("LoadBalancer");

    private final String specificationName;

    ServerType(String specificationName) {
        this.specificationName = specificationName;
    }

    /**
     * The specification's name.
     *
     * @return for example {@code "RSPrimary"}
     */
    public String specificationName() {
        return specificationName;
    }

    /**
     * Whether applications can get data from such a server.
     *
     * @return {@code true} for standalone, mongos, primary, secondary and load balancer
     */
    public boolean isDataBearing() {
        return switch (this) {
            case STANDALONE, MONGOS, RS_PRIMARY, RS_SECONDARY, LOAD_BALANCER -> true;
            case UNKNOWN, RS_ARBITER, RS_OTHER, RS_GHOST -> false;
        };
    }

    /** The specification's name. */
    @Override
    public String toString() {
        return specificationName;
    }
}
