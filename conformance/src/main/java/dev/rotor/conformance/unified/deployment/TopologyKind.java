package dev.rotor.conformance.unified.deployment;

/** The kinds of deployment that requirements name. */
public enum TopologyKind {
    /** A server by itself. */
    SINGLE("single"),
    /** A replica set. */
    REPLICA_SET("replicaset"),
    /** A sharded cluster; all of today's have replica sets as shards. */
    SHARDED("sharded"),
    /** A sharded cluster behind a load balancer. */
    LOAD_BALANCED("load-balanced");

    private final String word;

    TopologyKind(String word) {
        this.word = word;
    }

    /** What requirements call it. */
    public String word() {
        return word;
    }

    /** Whether a requirement's word means this kind. */
    boolean isCalled(String name) {
        return word.equals(name) || (this == SHARDED && name.equals("sharded-replicaset"));
    }
}
