package dev.rotor.driver;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the servers are, how they are watched and how one is selected, as the Server Discovery and Monitoring, Server
 * Selection, Load Balancer and Initial DNS Seedlist Discovery specifications define it.
 *
 * @param hosts the seeds; empty exactly when {@code srvHost} is set; default {@code localhost:27017}
 * @param srvHost the host whose SRV records name the seeds, as in {@code mongodb+srv://}; {@code null} for none
 * @param srvMaxHosts how many of the hosts in the SRV records are used; 0 means all; default 0
 * @param srvServiceName the service name in SRV queries; default {@code "mongodb"}
 * @param directConnection whether to talk to the one seed whatever it is, without discovery; default {@code false}
 * @param loadBalanced whether the seed is a load balancer; default {@code false}
 * @param loadBalancedSet whether somebody has said what {@code loadBalanced} is, so that a TXT record of the SRV host
 *     no longer can; default {@code false}
 * @param replicaSet the name that the replica set must have; {@code null} for any, or none
 * @param serverSelectionTimeout how long an operation waits for a suitable server; positive; default 30 s
 * @param localThreshold how much slower than the fastest suitable server another may answer and still be selected; not
 *     negative; default 15 ms
 * @param heartbeatFrequency time between checks of a server; 500 ms or more; default 10 s
 * @param serverMonitoringMode how servers are monitored; default {@link ServerMonitoringMode#AUTO}
 */
public record TopologySettings(
        List<ServerAddress> hosts,
        @Nullable String srvHost,
        int srvMaxHosts,
        String srvServiceName,
        boolean directConnection,
        boolean loadBalanced,
        boolean loadBalancedSet,
        @Nullable String replicaSet,
        Duration serverSelectionTimeout,
        Duration localThreshold,
        Duration heartbeatFrequency,
        ServerMonitoringMode serverMonitoringMode) {

    /** The service name in SRV queries where none is given. */
    public static final String DEFAULT_SRV_SERVICE_NAME = "mongodb";

    /** The shortest heartbeat frequency that the specification allows. */
    public static final Duration MIN_HEARTBEAT_FREQUENCY = Duration.ofMillis(500);

    /** One server on this machine, found out what it is. */
    public static final TopologySettings DEFAULT = builder().build();

    public TopologySettings {
        hosts = List.copyOf(hosts);
        Objects.requireNonNull(srvServiceName, "srvServiceName");
        Objects.requireNonNull(serverSelectionTimeout, "serverSelectionTimeout");
        Objects.requireNonNull(localThreshold, "localThreshold");
        Objects.requireNonNull(heartbeatFrequency, "heartbeatFrequency");
        Objects.requireNonNull(serverMonitoringMode, "serverMonitoringMode");
        if (replicaSet != null && replicaSet.isEmpty()) {
            throw new IllegalArgumentException("replicaSet must not be empty");
        }
        if (srvMaxHosts < 0) {
            throw new IllegalArgumentException("srvMaxHosts must not be negative: " + srvMaxHosts);
        }
        if (!OptionConflicts.isSrvServiceName(srvServiceName)) {
            throw new IllegalArgumentException("srvServiceName must be " + OptionConflicts.SRV_SERVICE_NAME_RULE);
        }
        if (serverSelectionTimeout.isNegative() || serverSelectionTimeout.isZero()) {
            throw new IllegalArgumentException("serverSelectionTimeout must be positive: " + serverSelectionTimeout);
        }
        if (localThreshold.isNegative()) {
            throw new IllegalArgumentException("localThreshold must not be negative: " + localThreshold);
        }
        if (heartbeatFrequency.compareTo(MIN_HEARTBEAT_FREQUENCY) < 0) {
            throw new IllegalArgumentException("heartbeatFrequency must be 500 ms or more: " + heartbeatFrequency);
        }
        String conflict = OptionConflicts.ofTopology(
                hosts.size(), srvHost != null, srvMaxHosts, srvServiceName, directConnection, loadBalanced, replicaSet);
        if (conflict != null) {
            throw new MongoConfigurationException(conflict);
        }
    }

    /**
     * A builder that starts with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder that starts with these settings.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.hosts = hosts;
        builder.srvHost = srvHost;
        builder.srvMaxHosts = srvMaxHosts;
        builder.srvServiceName = srvServiceName;
        builder.directConnection = directConnection;
        builder.loadBalanced = loadBalanced;
        builder.loadBalancedSet = loadBalancedSet;
        builder.replicaSet = replicaSet;
        builder.serverSelectionTimeout = serverSelectionTimeout;
        builder.localThreshold = localThreshold;
        builder.heartbeatFrequency = heartbeatFrequency;
        builder.serverMonitoringMode = serverMonitoringMode;
        return builder;
    }

    /** Collects where the servers are and how they are watched. Not for use by several threads at once. */
    public static final class Builder {
        private List<ServerAddress> hosts = List.of(new ServerAddress("localhost", ServerAddress.DEFAULT_PORT));
        private @Nullable String srvHost;
        private int srvMaxHosts = 0;
        private String srvServiceName = DEFAULT_SRV_SERVICE_NAME;
        private boolean directConnection = false;
        private boolean loadBalanced = false;
        private boolean loadBalancedSet = false;
        private @Nullable String replicaSet;
        private Duration serverSelectionTimeout = Duration.ofSeconds(30);
        private Duration localThreshold = Duration.ofMillis(15);
        private Duration heartbeatFrequency = Duration.ofSeconds(10);
        private ServerMonitoringMode serverMonitoringMode = ServerMonitoringMode.AUTO;

        private Builder() {}

        /**
         * Sets the seeds and forgets an SRV host.
         *
         * @param hosts at least one
         * @return this
         */
        public Builder hosts(List<ServerAddress> hosts) {
            this.hosts = List.copyOf(hosts);
            this.srvHost = null;
            return this;
        }

        /**
         * Sets the host whose SRV records name the seeds, and forgets seeds that were set before.
         *
         * @param srvHost a host name; {@code null} for seeds, which must then be set too
         * @return this
         */
        public Builder srvHost(@Nullable String srvHost) {
            this.srvHost = srvHost;
            this.hosts = List.of();
            return this;
        }

        /**
         * Sets how many of the hosts in the SRV records are used.
         *
         * @param srvMaxHosts 0 for all; default 0
         * @return this
         */
        public Builder srvMaxHosts(int srvMaxHosts) {
            this.srvMaxHosts = srvMaxHosts;
            return this;
        }

        /**
         * Sets the service name in SRV queries.
         *
         * @param srvServiceName default {@code "mongodb"}
         * @return this
         */
        public Builder srvServiceName(String srvServiceName) {
            this.srvServiceName = Objects.requireNonNull(srvServiceName, "srvServiceName");
            return this;
        }

        /**
         * Sets whether to talk to the one seed whatever it is.
         *
         * @param directConnection default {@code false}
         * @return this
         */
        public Builder directConnection(boolean directConnection) {
            this.directConnection = directConnection;
            return this;
        }

        /**
         * Sets whether the seed is a load balancer.
         *
         * @param loadBalanced default {@code false}
         * @return this
         */
        public Builder loadBalanced(boolean loadBalanced) {
            this.loadBalanced = loadBalanced;
            this.loadBalancedSet = true;
            return this;
        }

        /**
         * Sets the name that the replica set must have.
         *
         * @param replicaSet {@code null} for any, or none
         * @return this
         */
        public Builder replicaSet(@Nullable String replicaSet) {
            this.replicaSet = replicaSet;
            return this;
        }

        /**
         * Sets how long an operation waits for a suitable server.
         *
         * @param serverSelectionTimeout positive; default 30 s
         * @return this
         */
        public Builder serverSelectionTimeout(Duration serverSelectionTimeout) {
            this.serverSelectionTimeout = Objects.requireNonNull(serverSelectionTimeout, "serverSelectionTimeout");
            return this;
        }

        /**
         * Sets the latency window.
         *
         * @param localThreshold not negative; default 15 ms
         * @return this
         */
        public Builder localThreshold(Duration localThreshold) {
            this.localThreshold = Objects.requireNonNull(localThreshold, "localThreshold");
            return this;
        }

        /**
         * Sets the time between checks of a server.
         *
         * @param heartbeatFrequency 500 ms or more; default 10 s
         * @return this
         */
        public Builder heartbeatFrequency(Duration heartbeatFrequency) {
            this.heartbeatFrequency = Objects.requireNonNull(heartbeatFrequency, "heartbeatFrequency");
            return this;
        }

        /**
         * Sets how servers are monitored.
         *
         * @param serverMonitoringMode default {@link ServerMonitoringMode#AUTO}
         * @return this
         */
        public Builder serverMonitoringMode(ServerMonitoringMode serverMonitoringMode) {
            this.serverMonitoringMode = Objects.requireNonNull(serverMonitoringMode, "serverMonitoringMode");
            return this;
        }

        /**
         * The settings.
         *
         * @return an immutable value
         * @throws IllegalArgumentException if a setting is out of range; the message names it
         * @throws MongoConfigurationException if settings contradict each other
         */
        public TopologySettings build() {
            return new TopologySettings(
                    hosts,
                    srvHost,
                    srvMaxHosts,
                    srvServiceName,
                    directConnection,
                    loadBalanced,
                    loadBalancedSet,
                    replicaSet,
                    serverSelectionTimeout,
                    localThreshold,
                    heartbeatFrequency,
                    serverMonitoringMode);
        }
    }
}
