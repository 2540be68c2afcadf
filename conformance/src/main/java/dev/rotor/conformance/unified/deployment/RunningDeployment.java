package dev.rotor.conformance.unified.deployment;

import org.jspecify.annotations.Nullable;

/**
 * A deployment that runs, and how to reach it.
 *
 * @param deployment what is known of it
 * @param uri reaches all of it: several mongos, or the balancer in front of several servers
 * @param singleUri reaches one mongos, or the balancer in front of one server; for others the same as {@code uri}
 * @param transport the transport that clients use
 * @param stop stops it, unless it is not ours
 */
public record RunningDeployment(Deployment deployment, String uri, String singleUri, String transport, Stop stop) {

    /** Stops a deployment. */
    @FunctionalInterface
    public interface Stop {
        /** Called once. */
        void stop() throws Exception;
    }

    /** The connection string for a client that is to reach several mongos, or only one; {@code null} leaves it open. */
    public String uriFor(@Nullable Boolean useMultipleMongoses) {
        return switch (deployment.topology()) {
            case SHARDED, LOAD_BALANCED -> Boolean.FALSE.equals(useMultipleMongoses) ? singleUri : uri;
            case SINGLE, REPLICA_SET -> uri;
        };
    }
}
