package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.MongoTimeoutException.Waiting;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TagSet;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Says why no server was found: the most likely cause first, then what was waited for, then what is known. */
final class SelectionErrors {

    private static final String TOPOLOGY = ".\nTopology: ";

    private SelectionErrors() {}

    /** A failure's text without what it says of the topology, for a log message that says that elsewhere. */
    static String withoutTopology(String text) {
        int topology = text.indexOf(TOPOLOGY);
        return topology < 0 ? text : text.substring(0, topology);
    }

    /**
     * The error of a selection that ran out of time.
     *
     * @param topology what is known now
     * @param hostsFailure why the hosts are not known, or {@code null}
     * @param selector what was needed
     * @param operation the operation's name
     * @param waitedNanos how long it has waited
     * @param limit which time ran out
     */
    static MongoTimeoutException timeout(
            TopologyDescription topology,
            @Nullable MongoException hostsFailure,
            ServerSelector selector,
            String operation,
            long waitedNanos,
            Waiting limit) {
        String message = cause(topology, hostsFailure, selector) + "\n" + operation + " waited "
                + TimeUnit.NANOSECONDS.toMillis(waitedNanos) + " ms for " + describe(selector)
                + (limit == Waiting.OPERATION ? " until timeoutMS was over" : " (serverSelectionTimeoutMS)")
                + TOPOLOGY + topology;
        List<MongoException> errors = errors(topology, hostsFailure);
        MongoTimeoutException failure =
                new MongoTimeoutException(message, errors.isEmpty() ? null : errors.get(0), selector.address(), limit);
        for (int i = 1; i < errors.size(); i++) {
            failure.addSuppressed(errors.get(i));
        }
        return failure;
    }

    /** What a selector asks for, in words. */
    static String describe(ServerSelector selector) {
        ServerAddress address = selector.address();
        if (address != null) {
            return "server " + address;
        }
        return selector.write()
                ? "a server that accepts writes"
                : "a server for read preference " + describe(selector.readPreference());
    }

    private static String describe(ReadPreference preference) {
        StringBuilder text = new StringBuilder(preference.mode().wireName());
        if (!preference.tagSets().isEmpty()) {
            text.append(" with tags");
            String separator = " ";
            for (TagSet tagSet : preference.tagSets()) {
                text.append(separator).append(tagSet.tags());
                separator = " or ";
            }
        }
        if (preference.maxStaleness() != null) {
            text.append(", at most ")
                    .append(preference.maxStaleness().toSeconds())
                    .append(" s stale");
        }
        return text.toString();
    }

    private static List<MongoException> errors(TopologyDescription topology, @Nullable MongoException hostsFailure) {
        List<MongoException> errors = new ArrayList<>();
        if (hostsFailure != null) {
            errors.add(hostsFailure);
        }
        for (ServerDescription server : topology.servers().values()) {
            MongoException error = server.error();
            if (error != null) {
                errors.add(error);
            }
        }
        return errors;
    }

    private static String cause(
            TopologyDescription topology, @Nullable MongoException hostsFailure, ServerSelector selector) {
        if (topology.servers().isEmpty()) {
            return hostsFailure == null ? "No server of the deployment is known" : firstLine(hostsFailure.getMessage());
        }
        ServerAddress address = selector.address();
        if (address != null) {
            ServerDescription server = topology.servers().get(address);
            return server == null
                    ? "Server " + address + " is no longer part of the deployment"
                    : causeOfUnknown(server);
        }
        StringBuilder text = new StringBuilder(100);
        boolean someAvailable = false;
        for (ServerDescription server : topology.servers().values()) {
            someAvailable |= server.type() != ServerType.UNKNOWN;
        }
        if (someAvailable) {
            text.append(unsuitable(topology, selector));
        }
        for (ServerDescription server : topology.servers().values()) {
            if (server.type() == ServerType.UNKNOWN) {
                text.append(text.length() == 0 ? "" : "; ").append(causeOfUnknown(server));
            }
        }
        return text.toString();
    }

    private static String unsuitable(TopologyDescription topology, ServerSelector selector) {
        if (!topology.type().isReplicaSet()) {
            return "No server of the " + topology.type() + " deployment is suitable";
        }
        String set = topology.setName() == null ? "The replica set" : "Replica set " + topology.setName();
        return selector.write() || selector.readPreference().mode() == ReadPreference.Mode.PRIMARY
                ? set + " has no primary"
                : set + " has no member for read preference " + describe(selector.readPreference());
    }

    private static String causeOfUnknown(ServerDescription server) {
        MongoException error = server.error();
        if (error == null) {
            return server.address() + " has not answered yet";
        }
        String message = firstLine(error.getMessage());
        String address = server.address().toString();
        if (message.isEmpty()) {
            message = error.getClass().getSimpleName();
        }
        return message.contains(address) ? message : address + ": " + message;
    }

    private static String firstLine(@Nullable String message) {
        if (message == null) {
            return "";
        }
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
