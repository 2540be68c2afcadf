package dev.rotor.driver.topology;

import java.util.Objects;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * How fresh what a server says about the topology is: the {@code topologyVersion} of its hello replies and state change
 * errors, as the Server Discovery and Monitoring specification defines it.
 *
 * @param processId made anew each time the server process starts
 * @param counter grows with each significant change that the server sees
 */
public record TopologyVersion(ObjectId processId, long counter) {

    /**
     * Checks the components.
     *
     * @param processId the server process
     * @param counter its count of changes
     */
    public TopologyVersion {
        Objects.requireNonNull(processId, "processId");
    }

    /**
     * Whether a reply with version {@code reply} is older than what is known already. Versions of different server
     * processes cannot be compared, and neither can absent ones: the reply is then taken to be newer.
     *
     * @param reply the version in a reply, or {@code null} if it had none
     * @param known the version of the present description, or {@code null} if it has none
     * @return {@code true} if the reply is from before the present description
     */
    public static boolean isOlder(@Nullable TopologyVersion reply, @Nullable TopologyVersion known) {
        return reply != null
                && known != null
                && reply.processId.equals(known.processId)
                && reply.counter < known.counter;
    }

    /**
     * Whether a version says nothing that is not known already: the rule for errors, where "equal" is stale too.
     *
     * @param reply the version in an error, or {@code null} if it had none
     * @param known the version of the present description, or {@code null} if it has none
     * @return {@code true} if the error is from the same time as the present description, or from before
     */
    public static boolean isOlderOrEqual(@Nullable TopologyVersion reply, @Nullable TopologyVersion known) {
        return reply != null
                && known != null
                && reply.processId.equals(known.processId)
                && reply.counter <= known.counter;
    }
}
