package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.topology.ApplicationError.Kind;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.TopologyType;
import dev.rotor.driver.topology.TopologyVersion;

/** The rules of "Error handling" in the Server Discovery and Monitoring specification, as pure functions. */
public final class ErrorRules {

    private ErrorRules() {}

    /**
     * What a failure of an application's operation, or of establishing a connection for one, means for its server.
     *
     * @param type what the deployment is
     * @param current what is known of the server
     * @param poolGeneration the generation of its pool, of the error's service behind a load balancer
     * @param error the failure
     */
    public static ServerErrorDecision onApplicationError(
            TopologyType type, ServerDescription current, int poolGeneration, ApplicationError error) {
        if (error.generation() < poolGeneration
                || TopologyVersion.isOlderOrEqual(error.topologyVersion(), current.topologyVersion())) {
            return ServerErrorDecision.IGNORE;
        }
        boolean loadBalanced = type == TopologyType.LOAD_BALANCED;
        if (error.kind() == Kind.COMMAND && isStateChange(error.code(), error.message())) {
            // Behind a load balancer connections are cleared for a service; without one there is nothing to name.
            boolean clear = isShutdown(error.code()) && (!loadBalanced || error.serviceId() != null);
            return new ServerErrorDecision(!loadBalanced, clear, false, true, false);
        }
        if (error.kind() == Kind.NETWORK || !error.handshakeCompleted()) {
            if (error.failure().hasErrorLabel(MongoException.SYSTEM_OVERLOADED_ERROR)) {
                // The server is there and asks for fewer connections; taking its pool away would make it worse.
                return ServerErrorDecision.IGNORE;
            }
            boolean clear = !loadBalanced || error.serviceId() != null;
            return new ServerErrorDecision(!loadBalanced, clear, false, false, true);
        }
        // A timeout may be a slow operation, and other errors are about the command, not about the server.
        return ServerErrorDecision.IGNORE;
    }

    /**
     * What a failed check means for the server ("Network or command error during server check").
     *
     * @param failure why the check failed
     */
    public static ServerErrorDecision onCheckFailed(MongoException failure) {
        return new ServerErrorDecision(true, true, isNetworkTimeout(failure), false, false);
    }

    /** Whether it was the network that failed: a server that was known is then checked again at once. */
    static boolean isNetworkError(MongoException failure) {
        return failure instanceof MongoConnectionException;
    }

    private static boolean isNetworkTimeout(MongoException failure) {
        return failure instanceof MongoConnectionException network && network.isTimeout();
    }

    /** Whether the server is no longer what it was: "not writable primary" or "node is recovering". */
    static boolean isStateChange(int code, String message) {
        if (code > 0) {
            return isRecovering(code) || isNotWritablePrimary(code);
        }
        // "not master" is part of "not master or secondary", too.
        return message.contains("not master") || message.contains("node is recovering");
    }

    private static boolean isRecovering(int code) {
        return switch (code) {
            case 11600, 11602, 13436, 189, 91 -> true;
            default -> false;
        };
    }

    private static boolean isNotWritablePrimary(int code) {
        return switch (code) {
            case 10107, 13435, 10058 -> true;
            default -> false;
        };
    }

    private static boolean isShutdown(int code) {
        return code == 11600 || code == 91;
    }
}
