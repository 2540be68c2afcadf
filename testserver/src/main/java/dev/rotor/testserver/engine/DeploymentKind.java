package dev.rotor.testserver.engine;

/** The kinds of deployments that a test server can pose as. */
public enum DeploymentKind {
    /** One mongod outside any replica set: no log of operations to be seen, no transactions, no retryable writes. */
    STANDALONE,
    /** One to five mongod with one primary. */
    REPLICA_SET,
    /** One or more mongos over a cluster. */
    SHARDED,
    /** Mongos behind a load balancer, which tell their {@code serviceId}. */
    LOAD_BALANCED;

    /** Whether clients speak to mongos: {@code msg: "isdbgrid"} and {@code recoveryToken}. */
    public boolean isSharded() {
        return this == SHARDED || this == LOAD_BALANCED;
    }

    /** Whether replies carry {@code operationTime} and {@code $clusterTime}. */
    public boolean hasClusterTime() {
        return this != STANDALONE;
    }
}
