package dev.rotor.driver.core.topology;

import dev.rotor.driver.ServerAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where executions ask for a server. */
public interface Topology {

    /**
     * Selects a server. Where a suitable one is known, it is returned at once, on this thread, after
     * {@link Server#operationStarted}. Otherwise {@code null} is returned and the listener is called exactly once,
     * possibly before this method returns.
     *
     * @param selector what the operation needs
     * @param deprioritized servers to take only when no other is suitable; empty on a first attempt
     * @param operation the operation's name, for the error and log messages
     * @param deadline when to give up; {@code serverSelectionTimeoutMS} applies as well
     * @param listener hears the outcome when {@code null} is returned
     */
    @Nullable
    Server select(
            ServerSelector selector,
            Set<ServerAddress> deprioritized,
            String operation,
            long deadline,
            SelectionListener listener);

    /** How long the deployment keeps unused sessions; {@code null} where it has none, or while that is not known. */
    @Nullable
    Integer logicalSessionTimeoutMinutes();

    /** Takes a waiting listener out; it will not be called. Returns whether it was still waiting. */
    boolean cancel(SelectionListener listener);
}
