package dev.rotor.driver;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * A parsed connection string: {@code mongodb://} with a list of hosts, or {@code mongodb+srv://} with the host whose
 * DNS records name them. Parsing does no input or output.
 *
 * <p>The form and the options are those of the Connection String, URI Options, Authentication, Initial DNS Seedlist
 * Discovery, Load Balancer and SOCKS5 Support specifications, with {@code uuidRepresentation} of the official Java
 * driver and Rotor's own {@code transport} (a transport's name) and {@code loops} (number of event loops). Names of
 * options may be written in any case. Where an option is given twice, the last valid value counts.
 *
 * <p>A wrong form and options that contradict each other throw a {@link MongoConfigurationException}. Unknown options
 * and invalid values are ignored, each with one of the {@link #warnings()}. User name, password and what may be a piece
 * of them show in neither, and not in {@link #toString()}. The text itself is not kept.
 *
 * <p>A value of {@code authMechanismProperties} must not contain a comma, also not percent-encoded; it may contain
 * colons. Set such a value with {@link MongoCredential#withMechanismProperty}.
 */
public final class ConnectionString {

    private final boolean srv;
    private final List<ServerAddress> hosts;
    private final @Nullable String srvHost;
    private final @Nullable String database;
    private final boolean suspicious;
    private final UriOptions options;
    private final @Nullable MongoCredential credential;
    private final @Nullable ReadPreference readPreference;
    private final @Nullable WriteConcern writeConcern;
    private final @Nullable ProxySettings proxySettings;

    /**
     * Parses a connection string.
     *
     * @param connectionString the text
     * @throws MongoConfigurationException if its form is wrong or its options contradict each other; the message names
     *     the part and quotes no user information
     */
    public ConnectionString(String connectionString) {
        UriParts parts = UriParts.of(Objects.requireNonNull(connectionString, "connectionString"));
        this.srv = parts.srv();
        this.suspicious = parts.suspicious();
        this.database = parts.database();
        if (srv) {
            this.hosts = List.of();
            this.srvHost = UriHosts.srvHost(parts.hosts(), suspicious);
        } else {
            this.hosts = UriHosts.seeds(parts.hosts(), suspicious);
            this.srvHost = null;
        }
        this.options = UriOptions.of(parts);
        UriChecks.check(srv, hosts.size(), options);
        this.credential = UriCredential.of(parts, options);
        this.readPreference = UriChecks.readPreference(options);
        this.writeConcern = UriChecks.writeConcern(options);
        this.proxySettings = UriChecks.proxy(options);
    }

    /**
     * What was ignored or is deprecated. The driver logs each once, when a client is created.
     *
     * @return sentences without secrets, in no particular order; empty when all is well
     */
    public List<String> warnings() {
        return options.warnings();
    }

    /**
     * Whether DNS records name the hosts.
     *
     * @return {@code true} for {@code mongodb+srv://}
     */
    public boolean isSrv() {
        return srv;
    }

    /**
     * The hosts, without repetitions.
     *
     * @return unmodifiable; empty exactly for {@code mongodb+srv://}
     */
    public List<ServerAddress> hosts() {
        return hosts;
    }

    /**
     * The host whose DNS records name the hosts.
     *
     * @return the name in lower case; {@code null} exactly for {@code mongodb://}
     */
    public @Nullable String srvHost() {
        return srvHost;
    }

    /**
     * The database after the hosts. It is where some mechanisms authenticate when {@code authSource} is not given, and
     * applications may use it as their default; by itself it asks for no authentication.
     *
     * @return the name, or {@code null}
     */
    public @Nullable String database() {
        return database;
    }

    /**
     * Who authenticates: the user information and the options {@code authMechanism}, {@code authSource} and
     * {@code authMechanismProperties}.
     *
     * @return the credential, or {@code null} when neither user information nor a mechanism is there
     */
    public @Nullable MongoCredential credential() {
        return credential;
    }

    /**
     * The database to authenticate against, the option {@code authSource}. The {@link #credential()} has it too.
     *
     * @return the name, or {@code null} when it is not mentioned
     */
    public @Nullable String authSource() {
        return options.get(UriOption.AUTH_SOURCE, String.class);
    }

    /**
     * Which members reads go to: {@code readPreference}, {@code readPreferenceTags} and {@code maxStalenessSeconds}.
     *
     * @return the read preference, or {@code null} when none of these says anything
     */
    public @Nullable ReadPreference readPreference() {
        return readPreference;
    }

    /**
     * Which data reads may see: {@code readConcernLevel}.
     *
     * @return the read concern, or {@code null} when it is not mentioned
     */
    public @Nullable ReadConcern readConcern() {
        String level = options.get(UriOption.READ_CONCERN_LEVEL, String.class);
        return level == null ? null : new ReadConcern(level);
    }

    /**
     * What servers must have done before they acknowledge a write: {@code w}, {@code wTimeoutMS} and {@code journal}.
     *
     * @return the write concern, or {@code null} when none of these is mentioned
     */
    public @Nullable WriteConcern writeConcern() {
        return writeConcern;
    }

    /**
     * The ways to compress messages: {@code compressors}, with {@code zlibCompressionLevel}, which says nothing by
     * itself.
     *
     * @return in order of preference, or {@code null} when they are not mentioned
     */
    public @Nullable List<MongoCompressor> compressors() {
        return UriChecks.compressors(options);
    }

    /**
     * The proxy: {@code proxyHost}, {@code proxyPort}, {@code proxyUsername} and {@code proxyPassword}.
     *
     * @return the settings, or {@code null} when there is no proxy
     */
    public @Nullable ProxySettings proxySettings() {
        return proxySettings;
    }

    /**
     * How connections are encrypted: {@code tls}, its alias {@code ssl}, and the options that start with {@code tls}.
     * Also on when these are not mentioned but the string starts with {@code mongodb+srv://}.
     *
     * @return the settings, or {@code null} when nothing is said about encryption
     */
    public @Nullable TlsSettings tlsSettings() {
        return UriChecks.tls(srv, options);
    }

    /**
     * The name by which servers' logs show the application, the option {@code appName}.
     *
     * @return the name, or {@code null} when it is not mentioned
     */
    public @Nullable String applicationName() {
        return options.get(UriOption.APP_NAME, String.class);
    }

    /**
     * Whether to talk to the one host whatever it is.
     *
     * @return the choice, or {@code null} when it is not mentioned
     */
    public @Nullable Boolean directConnection() {
        return options.get(UriOption.DIRECT_CONNECTION, Boolean.class);
    }

    /**
     * Whether the host is a load balancer.
     *
     * @return the choice, or {@code null} when it is not mentioned
     */
    public @Nullable Boolean loadBalanced() {
        return options.get(UriOption.LOAD_BALANCED, Boolean.class);
    }

    /**
     * The name that the replica set must have.
     *
     * @return the name, or {@code null} when it is not mentioned
     */
    public @Nullable String replicaSet() {
        return options.get(UriOption.REPLICA_SET, String.class);
    }

    /**
     * How many of the hosts in the SRV records are used; 0 for all.
     *
     * @return the number, or {@code null} when it is not mentioned
     */
    public @Nullable Integer srvMaxHosts() {
        return options.get(UriOption.SRV_MAX_HOSTS, Integer.class);
    }

    /**
     * The service name in SRV queries.
     *
     * @return the name, or {@code null} when it is not mentioned
     */
    public @Nullable String srvServiceName() {
        return options.get(UriOption.SRV_SERVICE_NAME, String.class);
    }

    /**
     * How long an operation waits for a suitable server.
     *
     * @return the time, or {@code null} when it is not mentioned
     */
    public @Nullable Duration serverSelectionTimeout() {
        return options.get(UriOption.SERVER_SELECTION_TIMEOUT, Duration.class);
    }

    /**
     * How much slower than the fastest suitable server another may answer.
     *
     * @return the time, or {@code null} when it is not mentioned
     */
    public @Nullable Duration localThreshold() {
        return options.get(UriOption.LOCAL_THRESHOLD, Duration.class);
    }

    /**
     * The time between checks of a server.
     *
     * @return the time, or {@code null} when it is not mentioned
     */
    public @Nullable Duration heartbeatFrequency() {
        return options.get(UriOption.HEARTBEAT_FREQUENCY, Duration.class);
    }

    /**
     * How servers are monitored.
     *
     * @return the mode, or {@code null} when it is not mentioned
     */
    public @Nullable ServerMonitoringMode serverMonitoringMode() {
        return options.get(UriOption.SERVER_MONITORING_MODE, ServerMonitoringMode.class);
    }

    /**
     * How long connecting to a server may take; zero means for ever.
     *
     * @return the time, or {@code null} when it is not mentioned
     */
    public @Nullable Duration connectTimeout() {
        return options.get(UriOption.CONNECT_TIMEOUT, Duration.class);
    }

    /**
     * How long an operation waits for bytes to go out or come in; zero means for ever.
     *
     * @return the time, or {@code null} when it is not mentioned
     */
    public @Nullable Duration socketTimeout() {
        return options.get(UriOption.SOCKET_TIMEOUT, Duration.class);
    }

    /**
     * How long a whole operation may take; zero means for ever.
     *
     * @return the time, or {@code null} when it is not mentioned
     */
    public @Nullable Duration timeout() {
        return options.get(UriOption.TIMEOUT, Duration.class);
    }

    /**
     * The most connections per server; 0 means no limit.
     *
     * @return the number, or {@code null} when it is not mentioned
     */
    public @Nullable Integer maxPoolSize() {
        return options.get(UriOption.MAX_POOL_SIZE, Integer.class);
    }

    /**
     * How many connections are kept open per server.
     *
     * @return the number, or {@code null} when it is not mentioned
     */
    public @Nullable Integer minPoolSize() {
        return options.get(UriOption.MIN_POOL_SIZE, Integer.class);
    }

    /**
     * The most connections being established at once per server.
     *
     * @return the number, or {@code null} when it is not mentioned
     */
    public @Nullable Integer maxConnecting() {
        return options.get(UriOption.MAX_CONNECTING, Integer.class);
    }

    /**
     * How long an unused connection is kept; zero means for ever.
     *
     * @return the time, or {@code null} when it is not mentioned
     */
    public @Nullable Duration maxIdleTime() {
        return options.get(UriOption.MAX_IDLE_TIME, Duration.class);
    }

    /**
     * How long an operation waits for a connection.
     *
     * @return the time, or {@code null} when it is not mentioned
     */
    public @Nullable Duration waitQueueTimeout() {
        return options.get(UriOption.WAIT_QUEUE_TIMEOUT, Duration.class);
    }

    /**
     * Whether reads are retried.
     *
     * @return the choice, or {@code null} when it is not mentioned
     */
    public @Nullable Boolean retryReads() {
        return options.get(UriOption.RETRY_READS, Boolean.class);
    }

    /**
     * Whether writes are retried.
     *
     * @return the choice, or {@code null} when it is not mentioned
     */
    public @Nullable Boolean retryWrites() {
        return options.get(UriOption.RETRY_WRITES, Boolean.class);
    }

    /**
     * How often an operation is sent again to an overloaded deployment.
     *
     * @return the number, or {@code null} when it is not mentioned
     */
    public @Nullable Integer maxAdaptiveRetries() {
        return options.get(UriOption.MAX_ADAPTIVE_RETRIES, Integer.class);
    }

    /**
     * Whether a retry because of overload avoids the servers that were overloaded.
     *
     * @return the choice, or {@code null} when it is not mentioned
     */
    public @Nullable Boolean enableOverloadRetargeting() {
        return options.get(UriOption.ENABLE_OVERLOAD_RETARGETING, Boolean.class);
    }

    /**
     * How a {@link java.util.UUID} is stored.
     *
     * @return the representation, or {@code null} when it is not mentioned
     */
    public @Nullable UuidRepresentation uuidRepresentation() {
        return options.get(UriOption.UUID_REPRESENTATION, UuidRepresentation.class);
    }

    /**
     * The transport to use, as {@link MongoClientSettings.Builder#transport} takes it.
     *
     * @return its name, or {@code null} when it is not mentioned
     */
    public @Nullable String transport() {
        return options.get(UriOption.TRANSPORT, String.class);
    }

    /**
     * How many event loops the transport starts; 0 for the default.
     *
     * @return the number, or {@code null} when it is not mentioned
     */
    public @Nullable Integer loops() {
        return options.get(UriOption.LOOPS, Integer.class);
    }

    /** The options as parsed, for tests that compare them one by one. */
    UriOptions options() {
        return options;
    }

    /** The hosts, the database and the options; user information and secrets as {@code ***}. */
    @Override
    public String toString() {
        String scheme = srv ? "mongodb+srv://" : "mongodb://";
        if (suspicious) {
            // A password that was not encoded may have been taken for hosts.
            return scheme + "***";
        }
        StringBuilder out = new StringBuilder(scheme);
        if (credential != null && credential.username() != null) {
            out.append("***@");
        }
        if (srvHost != null) {
            out.append(srvHost);
        }
        for (int i = 0; i < hosts.size(); i++) {
            out.append(i == 0 ? "" : ",").append(hosts.get(i));
        }
        out.append('/').append(database == null ? "" : database);
        String shown = options.toString();
        return out.append(shown.isEmpty() ? "" : "?" + shown).toString();
    }
}
