package dev.rotor.driver.topology;

import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TagSet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What the driver knows about a whole deployment at one moment.
 *
 * @param type what the deployment was found to be
 * @param setName the replica set's name, or {@code null} if it is none or its name is not known
 * @param maxElectionId the newest election that a primary reported, or {@code null}
 * @param maxSetVersion the configuration version that belongs to it, or {@code null}
 * @param servers the servers by address, in the order in which they were found; unmodifiable
 * @param compatibilityError why this driver cannot talk to one of the servers, or {@code null} if it can to all
 * @param logicalSessionTimeoutMinutes the shortest session timeout of the servers that hold data, or {@code null} if
 *     one of them has none
 */
public record TopologyDescription(
        TopologyType type,
        @Nullable String setName,
        @Nullable ObjectId maxElectionId,
        @Nullable Integer maxSetVersion,
        Map<ServerAddress, ServerDescription> servers,
        @Nullable String compatibilityError,
        @Nullable Integer logicalSessionTimeoutMinutes) {

    /** Nothing is known, not even an address: before the topology is opened and after it has been closed. */
    public static final TopologyDescription EMPTY =
            new TopologyDescription(TopologyType.UNKNOWN, null, null, null, Map.of(), null, null);

    /**
     * Copies the map, keeping its order.
     *
     * @param type what the deployment was found to be
     * @param setName the replica set's name
     * @param maxElectionId the newest election
     * @param maxSetVersion the configuration version that belongs to it
     * @param servers the servers by address
     * @param compatibilityError why this driver cannot talk to one of the servers
     * @param logicalSessionTimeoutMinutes the shortest session timeout
     */
    public TopologyDescription {
        Objects.requireNonNull(type, "type");
        servers = Collections.unmodifiableMap(new LinkedHashMap<>(servers));
    }

    /**
     * Whether this driver can talk to every server.
     *
     * @return {@code false} if {@link #compatibilityError} says why not
     */
    public boolean compatible() {
        return compatibilityError == null;
    }

    /**
     * Whether there is a server for writes.
     *
     * @return {@code true} if a write would not have to wait
     */
    public boolean hasWritableServer() {
        return switch (type) {
            case UNKNOWN, REPLICA_SET_NO_PRIMARY -> false;
            case LOAD_BALANCED, REPLICA_SET_WITH_PRIMARY -> true;
            case SINGLE, SHARDED -> any(server -> server.type() != ServerType.UNKNOWN);
        };
    }

    /**
     * Whether there is a server for reads with read preference primary.
     *
     * @return {@code true} if such a read would not have to wait
     */
    public boolean hasReadableServer() {
        return hasReadableServer(ReadPreference.PRIMARY);
    }

    /**
     * Whether there is a server for reads. Mode and tag sets count; a staleness limit does not.
     *
     * @param readPreference which members the reads may go to
     * @return {@code true} if there is one
     */
    public boolean hasReadableServer(ReadPreference readPreference) {
        return switch (type) {
            case UNKNOWN -> false;
            case LOAD_BALANCED -> true;
            case SINGLE, SHARDED -> any(server -> server.type() != ServerType.UNKNOWN);
            case REPLICA_SET_NO_PRIMARY, REPLICA_SET_WITH_PRIMARY ->
                switch (readPreference.mode()) {
                    case PRIMARY -> any(TopologyDescription::isPrimary);
                    case PRIMARY_PREFERRED, SECONDARY_PREFERRED ->
                        any(TopologyDescription::isPrimary)
                                || any(server -> isSecondary(server) && isTagged(server, readPreference));
                    case SECONDARY -> any(server -> isSecondary(server) && isTagged(server, readPreference));
                    case NEAREST ->
                        any(server -> (isPrimary(server) || isSecondary(server)) && isTagged(server, readPreference));
                };
        };
    }

    /**
     * The primary of the replica set.
     *
     * @return its description, or {@code null} where no primary is known or this is no replica set
     */
    public @Nullable ServerDescription primary() {
        List<ServerDescription> primaries = all(ServerType.RS_PRIMARY);
        return primaries.isEmpty() ? null : primaries.get(0);
    }

    /**
     * The secondaries of the replica set.
     *
     * @return their descriptions, unmodifiable; empty where none is known or this is no replica set
     */
    public List<ServerDescription> secondaries() {
        return all(ServerType.RS_SECONDARY);
    }

    /**
     * The arbiters of the replica set.
     *
     * @return their descriptions, unmodifiable; empty where none is known or this is no replica set
     */
    public List<ServerDescription> arbiters() {
        return all(ServerType.RS_ARBITER);
    }

    private List<ServerDescription> all(ServerType type) {
        return servers.values().stream().filter(server -> server.type() == type).toList();
    }

    private boolean any(Predicate<ServerDescription> what) {
        Collection<ServerDescription> all = servers.values();
        for (ServerDescription server : all) {
            if (what.test(server)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPrimary(ServerDescription server) {
        return server.type() == ServerType.RS_PRIMARY;
    }

    private static boolean isSecondary(ServerDescription server) {
        return server.type() == ServerType.RS_SECONDARY;
    }

    private static boolean isTagged(ServerDescription server, ReadPreference readPreference) {
        if (readPreference.tagSets().isEmpty()) {
            return true;
        }
        for (TagSet tagSet : readPreference.tagSets()) {
            if (tagSet.matches(server.tags().tags())) {
                return true;
            }
        }
        return false;
    }

    /** The type, the set's name and each server; for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(200).append("{type ").append(type);
        if (setName != null) {
            text.append(", set ").append(setName);
        }
        text.append(", servers [");
        String separator = "";
        for (ServerDescription server : servers.values()) {
            text.append(separator).append(server);
            separator = ", ";
        }
        text.append(']');
        if (compatibilityError != null) {
            text.append(", incompatible: ").append(compatibilityError);
        }
        return text.append('}').toString();
    }
}
