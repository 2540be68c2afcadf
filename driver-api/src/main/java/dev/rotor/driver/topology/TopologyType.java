package dev.rotor.driver.topology;

/** What a deployment was found to be, as the Server Discovery and Monitoring specification defines it. */
public enum TopologyType {
    /** Not known yet. */
    UNKNOWN("Unknown"),
    /** One server of any kind that is talked to directly. */
    SINGLE("Single"),
    /** A replica set whose primary is not known. */
    REPLICA_SET_NO_PRIMARY("ReplicaSetNoPrimary"),
    /** A replica set with a primary. */
    REPLICA_SET_WITH_PRIMARY("ReplicaSetWithPrimary"),
    /** One or more mongos. */
    SHARDED("Sharded"),
    /** A load balancer. */
    LOAD_BALANCED("LoadBalanced");

    private final String specificationName;

    TopologyType(String specificationName) {
        this.specificationName = specificationName;
    }

    /**
     * The specification's name.
     *
     * @return for example {@code "ReplicaSetWithPrimary"}
     */
    public String specificationName() {
        return specificationName;
    }

    /**
     * Whether it is a replica set, with a primary or without.
     *
     * @return {@code true} for both kinds of replica set
     */
    public boolean isReplicaSet() {
        return this == REPLICA_SET_NO_PRIMARY || this == REPLICA_SET_WITH_PRIMARY;
    }

    /** The specification's name. */
    @Override
    public String toString() {
        return specificationName;
    }
}
