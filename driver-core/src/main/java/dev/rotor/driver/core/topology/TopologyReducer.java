package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.conn.WireVersions;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import dev.rotor.driver.topology.TopologyType;
import dev.rotor.driver.topology.TopologyVersion;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * How a topology changes with each description of one of its servers: "Updating the TopologyDescription" of the Server
 * Discovery and Monitoring specification. A pure function; the one mutable object in here lives for one call.
 */
public final class TopologyReducer {

    private TopologyReducer() {}

    /**
     * The topology before any server was checked.
     *
     * @param type single, unknown, replica set without primary, or load balanced
     * @param setName the name that the replica set must have, or {@code null}
     * @param seeds the servers to begin with
     */
    public static TopologyDescription initial(TopologyType type, @Nullable String setName, List<ServerAddress> seeds) {
        Map<ServerAddress, ServerDescription> servers = new LinkedHashMap<>();
        for (ServerAddress seed : seeds) {
            servers.put(seed, ServerDescription.unknown(seed));
        }
        return new TopologyDescription(type, setName, null, null, servers, null, null);
    }

    /**
     * What an update makes of a topology.
     *
     * @param now what is known
     * @param update the new description of one server
     * @param seedCount how many servers the client was created with
     * @return the transition; ignored when the server is not part of the topology, or the update is older than what is
     *     known
     */
    public static TopologyTransition reduce(TopologyDescription now, ServerDescription update, int seedCount) {
        ServerDescription current = now.servers().get(update.address());
        if (current == null || TopologyVersion.isOlder(update.topologyVersion(), current.topologyVersion())) {
            return TopologyTransition.none(now);
        }
        Change change = new Change(now, seedCount);
        change.apply(update);
        return change.finish();
    }

    /**
     * What the first list of hosts makes of a topology that was opened without seeds.
     *
     * @param now what is known: no servers
     * @param type the type to begin with
     * @param setName the name of the replica set, or {@code null}
     * @param seeds the servers to begin with
     */
    public static TopologyTransition seed(
            TopologyDescription now, TopologyType type, @Nullable String setName, Collection<ServerAddress> seeds) {
        Change change = new Change(now, seeds.size());
        change.type = type;
        change.setName = setName;
        for (ServerAddress seed : seeds) {
            change.addIfAbsent(seed);
        }
        return change.finish();
    }

    /**
     * What a new list of hosts makes of a topology: the initial DNS seed list, and later polls of it.
     *
     * @param now what is known
     * @param hosts every server that there should be
     */
    public static TopologyTransition reduceHosts(TopologyDescription now, Collection<ServerAddress> hosts) {
        Change change = new Change(now, hosts.size());
        change.keepOnly(hosts);
        for (ServerAddress host : hosts) {
            change.addIfAbsent(host);
        }
        return change.finish();
    }

    /** One transition while it is being worked out. */
    private static final class Change {
        private final TopologyDescription before;
        private final int seedCount;
        private final LinkedHashMap<ServerAddress, ServerDescription> servers;
        private final Set<ServerAddress> added = new LinkedHashSet<>();
        private final Set<ServerAddress> removed = new LinkedHashSet<>();
        private final Set<ServerAddress> outdated = new LinkedHashSet<>();
        private TopologyType type;
        private @Nullable String setName;
        private @Nullable ObjectId maxElectionId;
        private @Nullable Integer maxSetVersion;

        Change(TopologyDescription before, int seedCount) {
            this.before = before;
            this.seedCount = seedCount;
            this.servers = new LinkedHashMap<>(before.servers());
            this.type = before.type();
            this.setName = before.setName();
            this.maxElectionId = before.maxElectionId();
            this.maxSetVersion = before.maxSetVersion();
        }

        void apply(ServerDescription update) {
            servers.put(update.address(), update);
            switch (type) {
                case SINGLE -> verifySetName(update);
                case LOAD_BALANCED -> {}
                case UNKNOWN -> fromUnknown(update);
                case SHARDED -> {
                    if (update.type() != ServerType.MONGOS && update.type() != ServerType.UNKNOWN) {
                        remove(update.address());
                    }
                }
                case REPLICA_SET_NO_PRIMARY -> fromNoPrimary(update);
                case REPLICA_SET_WITH_PRIMARY -> fromWithPrimary(update);
            }
        }

        private void verifySetName(ServerDescription update) {
            if (setName != null && update.type() != ServerType.UNKNOWN && !setName.equals(update.setName())) {
                String found = update.setName() == null
                        ? "is not a member of a replica set"
                        : "is a member of replica set \"" + update.setName() + "\"";
                replace(
                        update,
                        "Server " + update.address() + " " + found + ", not of \"" + setName
                                + "\" as replicaSet demands");
            }
        }

        private void fromUnknown(ServerDescription update) {
            switch (update.type()) {
                case UNKNOWN, RS_GHOST, LOAD_BALANCER -> {}
                case STANDALONE -> {
                    if (seedCount == 1) {
                        type = TopologyType.SINGLE;
                    } else {
                        remove(update.address());
                    }
                }
                case MONGOS -> type = TopologyType.SHARDED;
                case RS_PRIMARY -> {
                    type = TopologyType.REPLICA_SET_WITH_PRIMARY;
                    fromPrimary(update);
                }
                case RS_SECONDARY, RS_ARBITER, RS_OTHER -> {
                    type = TopologyType.REPLICA_SET_NO_PRIMARY;
                    withoutPrimary(update);
                }
            }
        }

        private void fromNoPrimary(ServerDescription update) {
            switch (update.type()) {
                case UNKNOWN, RS_GHOST, LOAD_BALANCER -> {}
                case STANDALONE, MONGOS -> remove(update.address());
                case RS_PRIMARY -> {
                    type = TopologyType.REPLICA_SET_WITH_PRIMARY;
                    fromPrimary(update);
                }
                case RS_SECONDARY, RS_ARBITER, RS_OTHER -> withoutPrimary(update);
            }
        }

        private void fromWithPrimary(ServerDescription update) {
            switch (update.type()) {
                case UNKNOWN, RS_GHOST, LOAD_BALANCER -> checkIfHasPrimary();
                case STANDALONE, MONGOS -> {
                    remove(update.address());
                    checkIfHasPrimary();
                }
                case RS_PRIMARY -> fromPrimary(update);
                case RS_SECONDARY, RS_ARBITER, RS_OTHER -> {
                    if (!Objects.equals(setName, update.setName()) || isKnownOtherwise(update)) {
                        remove(update.address());
                    }
                    checkIfHasPrimary();
                }
            }
        }

        /** updateRSWithoutPrimary. */
        private void withoutPrimary(ServerDescription update) {
            if (setName == null) {
                setName = update.setName();
            } else if (!setName.equals(update.setName())) {
                remove(update.address());
                return;
            }
            addMembers(update);
            if (isKnownOtherwise(update)) {
                remove(update.address());
            }
        }

        /** updateRSFromPrimary. */
        private void fromPrimary(ServerDescription update) {
            if (setName == null) {
                setName = update.setName();
            } else if (!setName.equals(update.setName())) {
                remove(update.address());
                checkIfHasPrimary();
                return;
            }
            String stale = ElectionTuple.advance(this, update);
            if (stale != null) {
                replace(update, stale);
                checkIfHasPrimary();
                return;
            }
            for (ServerDescription server : List.copyOf(servers.values())) {
                if (server.type() == ServerType.RS_PRIMARY && !server.address().equals(update.address())) {
                    replace(server, "primary marked stale due to discovery of newer primary " + update.address());
                    outdated.add(server.address());
                }
            }
            Set<ServerAddress> members = addMembers(update);
            keepOnly(members);
            checkIfHasPrimary();
        }

        private Set<ServerAddress> addMembers(ServerDescription update) {
            Set<ServerAddress> members = new LinkedHashSet<>(update.hosts());
            members.addAll(update.passives());
            members.addAll(update.arbiters());
            for (ServerAddress member : members) {
                addIfAbsent(member);
            }
            return members;
        }

        void addIfAbsent(ServerAddress address) {
            if (servers.putIfAbsent(address, ServerDescription.unknown(address)) == null) {
                added.add(address);
            }
        }

        void keepOnly(Collection<ServerAddress> members) {
            for (ServerAddress address : List.copyOf(servers.keySet())) {
                if (!members.contains(address)) {
                    remove(address);
                }
            }
        }

        private void remove(ServerAddress address) {
            servers.remove(address);
            removed.add(address);
        }

        /** The set knows this member by another address than the one we used. */
        private static boolean isKnownOtherwise(ServerDescription update) {
            return update.me() != null && !update.address().equals(update.me());
        }

        private void checkIfHasPrimary() {
            type = TopologyType.REPLICA_SET_NO_PRIMARY;
            for (ServerDescription server : servers.values()) {
                if (server.type() == ServerType.RS_PRIMARY) {
                    type = TopologyType.REPLICA_SET_WITH_PRIMARY;
                }
            }
        }

        private void replace(ServerDescription server, String why) {
            servers.put(
                    server.address(),
                    ServerDescription.builder(server.address())
                            .error(new MongoException(why, null, -1, server.address()))
                            .lastUpdateTime(server.lastUpdateTime())
                            .build());
        }

        TopologyTransition finish() {
            String incompatibility = null;
            Integer sessionTimeout = null;
            boolean allHaveSessions = true;
            for (ServerDescription server : servers.values()) {
                if (incompatibility == null) {
                    incompatibility = WireVersions.incompatibility(server);
                }
                if (server.type().isDataBearing()) {
                    Integer timeout = server.logicalSessionTimeoutMinutes();
                    if (timeout == null) {
                        allHaveSessions = false;
                    } else if (sessionTimeout == null || timeout < sessionTimeout) {
                        sessionTimeout = timeout;
                    }
                }
            }
            TopologyDescription after = new TopologyDescription(
                    type,
                    setName,
                    maxElectionId,
                    maxSetVersion,
                    servers,
                    incompatibility,
                    allHaveSessions ? sessionTimeout : null);
            return new TopologyTransition(false, before, after, added, removed, outdated);
        }
    }

    /** Which of two primaries is the newer: "Using electionId and setVersion to detect stale primaries". */
    private static final class ElectionTuple {

        /** MongoDB 6.0: from then on the election id alone decides, the set version only between equal ids. */
        private static final int ELECTION_ID_FIRST = 17;

        /** Takes the tuple of a new primary over, or says why the primary is stale. */
        static @Nullable String advance(Change change, ServerDescription primary) {
            return primary.maxWireVersion() >= ELECTION_ID_FIRST
                    ? byElectionId(change, primary)
                    : bySetVersion(change, primary);
        }

        private static @Nullable String byElectionId(Change change, ServerDescription primary) {
            int elections = compareNullFirst(primary.electionId(), change.maxElectionId);
            boolean newer = elections > 0
                    || (elections == 0 && compareNullFirst(primary.setVersion(), change.maxSetVersion) >= 0);
            if (!newer) {
                return stale(change, primary);
            }
            change.maxElectionId = primary.electionId();
            change.maxSetVersion = primary.setVersion();
            return null;
        }

        private static @Nullable String bySetVersion(Change change, ServerDescription primary) {
            Integer setVersion = primary.setVersion();
            if (setVersion == null) {
                return null;
            }
            ObjectId electionId = primary.electionId();
            if (electionId != null) {
                if (change.maxSetVersion != null && change.maxElectionId != null) {
                    int versions = change.maxSetVersion.compareTo(setVersion);
                    if (versions > 0 || (versions == 0 && change.maxElectionId.compareTo(electionId) > 0)) {
                        return stale(change, primary);
                    }
                }
                change.maxElectionId = electionId;
            }
            if (compareNullFirst(setVersion, change.maxSetVersion) > 0) {
                change.maxSetVersion = setVersion;
            }
            return null;
        }

        private static <T extends Comparable<T>> int compareNullFirst(@Nullable T a, @Nullable T b) {
            if (a == null || b == null) {
                return Boolean.compare(a != null, b != null);
            }
            return a.compareTo(b);
        }

        private static String stale(Change change, ServerDescription primary) {
            return "primary marked stale due to electionId/setVersion mismatch, ("
                    + primary.electionId() + ", " + primary.setVersion() + ") is stale compared to ("
                    + change.maxElectionId + ", " + change.maxSetVersion + ")";
        }
    }
}
