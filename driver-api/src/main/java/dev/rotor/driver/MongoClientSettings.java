package dev.rotor.driver;

import dev.rotor.driver.codec.Codecs;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.ConnectionPoolListener;
import dev.rotor.driver.event.ServerListener;
import dev.rotor.driver.event.ServerMonitorListener;
import dev.rotor.driver.event.TopologyListener;
import dev.rotor.driver.spi.DnsResolver;
import dev.rotor.driver.spi.InetAddressResolver;
import dev.rotor.driver.transport.TransportSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.bson.UuidRepresentation;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a client is created with. Immutable; made with {@link #builder()} or changed with
 * {@link #toBuilder()}.
 *
 * <p>Whatever a connection string can say, the builder can say. Where both speak, the later call wins, option by
 * option: {@link Builder#applyConnectionString} changes exactly the settings that the connection string mentions.
 */
public final class MongoClientSettings {

    /**
     * The codecs that are there without asking: BSON types, {@link org.bson.Document}, records, sealed hierarchies,
     * maps, collections, arrays, optionals, enums and {@code java.time}. The package {@link dev.rotor.driver.codec}
     * tells how each is stored. Plain classes (POJOs) are added by whoever wants them, with {@link Codecs#withPojos()}.
     */
    public static final CodecRegistry DEFAULT_CODEC_REGISTRY = Codecs.defaults();

    private final CodecRegistry codecRegistry;
    private final UuidRepresentation uuidRepresentation;
    private final ReadPreference readPreference;
    private final ReadConcern readConcern;
    private final WriteConcern writeConcern;
    private final boolean retryReads;
    private final boolean retryWrites;
    private final int maxAdaptiveRetries;
    private final boolean enableOverloadRetargeting;
    private final @Nullable Duration timeout;
    private final @Nullable String defaultDatabase;
    private final @Nullable String applicationName;
    private final @Nullable ServerApi serverApi;
    private final @Nullable MongoCredential credential;
    private final List<MongoCompressor> compressors;
    private final TopologySettings topologySettings;
    private final ConnectionPoolSettings connectionPoolSettings;
    private final SocketSettings socketSettings;
    private final TlsSettings tlsSettings;
    private final @Nullable ProxySettings proxySettings;
    private final @Nullable String transport;
    private final TransportSettings transportSettings;
    private final @Nullable Executor completionExecutor;
    private final @Nullable ContextCarrier contextCarrier;
    private final @Nullable Integer maxLoggedDocumentLength;
    private final @Nullable MongoDriverInformation driverInformation;
    private final @Nullable DnsResolver dnsResolver;
    private final @Nullable InetAddressResolver inetAddressResolver;
    private final List<CommandListener> commandListeners;
    private final List<ConnectionPoolListener> connectionPoolListeners;
    private final List<ServerListener> serverListeners;
    private final List<ServerMonitorListener> serverMonitorListeners;
    private final List<TopologyListener> topologyListeners;
    private final List<String> warnings;

    private MongoClientSettings(Builder builder) {
        this.codecRegistry = builder.codecRegistry;
        this.uuidRepresentation = builder.uuidRepresentation;
        this.readPreference = builder.readPreference;
        this.readConcern = builder.readConcern;
        this.writeConcern = builder.writeConcern;
        this.retryReads = builder.retryReads;
        this.retryWrites = builder.retryWrites;
        this.maxAdaptiveRetries = builder.maxAdaptiveRetries;
        this.enableOverloadRetargeting = builder.enableOverloadRetargeting;
        this.timeout = builder.timeout;
        this.defaultDatabase = builder.defaultDatabase;
        this.applicationName = builder.applicationName;
        this.serverApi = builder.serverApi;
        this.credential = builder.credential;
        this.compressors = builder.compressors;
        this.topologySettings = builder.topologySettings.build();
        this.connectionPoolSettings = builder.connectionPoolSettings.build();
        this.socketSettings = builder.socketSettings.build();
        this.tlsSettings = builder.tlsSettings.build();
        this.proxySettings = builder.proxySettings;
        this.transport = builder.transport;
        this.transportSettings = builder.transportSettings;
        this.completionExecutor = builder.completionExecutor;
        this.contextCarrier = builder.contextCarrier;
        this.maxLoggedDocumentLength = builder.maxLoggedDocumentLength;
        this.driverInformation = builder.driverInformation;
        this.dnsResolver = builder.dnsResolver;
        this.inetAddressResolver = builder.inetAddressResolver;
        this.commandListeners = List.copyOf(builder.commandListeners);
        this.connectionPoolListeners = List.copyOf(builder.connectionPoolListeners);
        this.serverListeners = List.copyOf(builder.serverListeners);
        this.serverMonitorListeners = List.copyOf(builder.serverMonitorListeners);
        this.topologyListeners = List.copyOf(builder.topologyListeners);
        this.warnings = List.copyOf(builder.warnings);
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
        return new Builder(this);
    }

    /**
     * The codecs for users' documents, before {@link #uuidRepresentation} is applied to them.
     *
     * @return the registry
     */
    public CodecRegistry codecRegistry() {
        return codecRegistry;
    }

    /**
     * How a {@link java.util.UUID} is stored.
     *
     * @return the representation; {@code UNSPECIFIED} refuses to store one
     */
    public UuidRepresentation uuidRepresentation() {
        return uuidRepresentation;
    }

    /**
     * Which members reads go to.
     *
     * @return the read preference
     */
    public ReadPreference readPreference() {
        return readPreference;
    }

    /**
     * Which data reads may see.
     *
     * @return the read concern
     */
    public ReadConcern readConcern() {
        return readConcern;
    }

    /**
     * What a server must have done before it acknowledges a write.
     *
     * @return the write concern
     */
    public WriteConcern writeConcern() {
        return writeConcern;
    }

    /**
     * Whether a read that failed for the network's or a fail-over's sake is sent once more.
     *
     * @return {@code true} unless it was turned off
     */
    public boolean retryReads() {
        return retryReads;
    }

    /**
     * Whether a write that failed for the network's or a fail-over's sake is sent once more.
     *
     * @return {@code true} unless it was turned off
     */
    public boolean retryWrites() {
        return retryWrites;
    }

    /**
     * How often an operation is sent again to an overloaded deployment: after errors with the labels
     * {@link MongoException#SYSTEM_OVERLOADED_ERROR} and {@link MongoException#RETRYABLE_ERROR}, each time after a
     * longer wait. Unlike other retries this one is for all commands, as long as {@link #retryReads} (for those that
     * read), {@link #retryWrites} (for those that write), or both (for commands of the user) are on. Whoever retries on
     * top of that should think of the product. See the Client Backpressure specification.
     *
     * @return 0 or more
     */
    public int maxAdaptiveRetries() {
        return maxAdaptiveRetries;
    }

    /**
     * Whether a retry because of overload avoids the servers that were overloaded.
     *
     * @return {@code false} unless it was turned on
     */
    public boolean enableOverloadRetargeting() {
        return enableOverloadRetargeting;
    }

    /**
     * How long a whole operation may take, selecting a server, waiting for a connection and retries included: the
     * {@code timeoutMS} of the Client Side Operations Timeout specification. While it is set (be it to zero)
     * {@code socketTimeout}, {@code maxWaitTime} of the pool, {@code wTimeout} of write concerns and {@code maxTime} of
     * operations count for nothing, retryable operations are retried for as long as there is time, and whatever runs
     * out of time fails with a {@link MongoTimeoutException}. Monitors are not concerned. A connection that is being
     * established is not given up with the operation that waits for it: it has {@code connectTimeout}, and this time
     * for each command of the authentication.
     *
     * @return the time; zero means for ever; {@code null} means that the older, separate timeouts count
     */
    public @Nullable Duration timeout() {
        return timeout;
    }

    /**
     * The database that {@link MongoCluster#getDefaultDatabase()} gives.
     *
     * @return its name, or {@code null} for none
     */
    public @Nullable String defaultDatabase() {
        return defaultDatabase;
    }

    /**
     * The name by which servers' logs show this application.
     *
     * @return the name, or {@code null}
     */
    public @Nullable String applicationName() {
        return applicationName;
    }

    /**
     * The version of the Stable API that commands are pinned to.
     *
     * @return the version, or {@code null}
     */
    public @Nullable ServerApi serverApi() {
        return serverApi;
    }

    /**
     * Who authenticates.
     *
     * @return the credential, or {@code null}
     */
    public @Nullable MongoCredential credential() {
        return credential;
    }

    /**
     * The ways to compress messages, in order of preference.
     *
     * @return unmodifiable; empty for none
     */
    public List<MongoCompressor> compressors() {
        return compressors;
    }

    /**
     * Where the servers are and how they are watched.
     *
     * @return the settings
     */
    public TopologySettings topologySettings() {
        return topologySettings;
    }

    /**
     * How connections are pooled.
     *
     * @return the settings
     */
    public ConnectionPoolSettings connectionPoolSettings() {
        return connectionPoolSettings;
    }

    /**
     * How sockets are opened and used.
     *
     * @return the settings
     */
    public SocketSettings socketSettings() {
        return socketSettings;
    }

    /**
     * How connections are encrypted.
     *
     * @return the settings
     */
    public TlsSettings tlsSettings() {
        return tlsSettings;
    }

    /**
     * The proxy through which servers are reached.
     *
     * @return the settings, or {@code null} for no proxy
     */
    public @Nullable ProxySettings proxySettings() {
        return proxySettings;
    }

    /**
     * The transport that was asked for. {@link MongoClient#transport()} has the one that was chosen.
     *
     * @return its name, for example {@code "epoll"}, or {@code null} where the system property
     *     {@code dev.rotor.transport} decides, and without it the available one of highest preference is used
     */
    public @Nullable String transport() {
        return transport;
    }

    /**
     * What the transport is opened with: its event loops.
     *
     * @return the settings
     */
    public TransportSettings transportSettings() {
        return transportSettings;
    }

    /**
     * Where completions of operations run.
     *
     * @return the executor, or {@code null} for the connection's event loop
     */
    public @Nullable Executor completionExecutor() {
        return completionExecutor;
    }

    /**
     * Carries the caller's context to completions and listeners.
     *
     * @return the carrier, or {@code null} for none
     */
    public @Nullable ContextCarrier contextCarrier() {
        return contextCarrier;
    }

    /**
     * How much of a command or reply a log message shows, as the logging specification's "Configurable Max Document
     * Length" defines it.
     *
     * @return the number of UTF-16 units; {@code null} for what the environment variable
     *     {@code MONGODB_LOG_MAX_DOCUMENT_LENGTH} says, or else 1000
     */
    public @Nullable Integer maxLoggedDocumentLength() {
        return maxLoggedDocumentLength;
    }

    /**
     * The library that wraps this driver.
     *
     * @return the information, or {@code null}
     */
    public @Nullable MongoDriverInformation driverInformation() {
        return driverInformation;
    }

    /**
     * What looks up the DNS records behind {@code mongodb+srv://}.
     *
     * @return the resolver, or {@code null} for the one that asks through the JDK
     */
    public @Nullable DnsResolver dnsResolver() {
        return dnsResolver;
    }

    /**
     * What finds the addresses of hosts.
     *
     * @return the resolver, or {@code null} for the one that asks the JDK
     */
    public @Nullable InetAddressResolver inetAddressResolver() {
        return inetAddressResolver;
    }

    /**
     * Who hears of commands that are sent and answered.
     *
     * @return unmodifiable, in the order in which they were added
     */
    public List<CommandListener> commandListeners() {
        return commandListeners;
    }

    /**
     * Who hears of what connection pools do.
     *
     * @return unmodifiable, in the order in which they were added
     */
    public List<ConnectionPoolListener> connectionPoolListeners() {
        return connectionPoolListeners;
    }

    /**
     * Who hears of servers that come, change and go.
     *
     * @return unmodifiable, in the order in which they were added
     */
    public List<ServerListener> serverListeners() {
        return serverListeners;
    }

    /**
     * Who hears of heartbeats.
     *
     * @return unmodifiable, in the order in which they were added
     */
    public List<ServerMonitorListener> serverMonitorListeners() {
        return serverMonitorListeners;
    }

    /**
     * Who hears of changes of the topology.
     *
     * @return unmodifiable, in the order in which they were added
     */
    public List<TopologyListener> topologyListeners() {
        return topologyListeners;
    }

    /**
     * The warnings of the connection strings that were applied. The driver logs each once, when a client is created.
     *
     * @return sentences without secrets; empty when all is well
     */
    public List<String> warnings() {
        return warnings;
    }

    /** The settings that do not depend on code, without any secret. */
    @Override
    public String toString() {
        return "MongoClientSettings["
                + "uuidRepresentation=" + uuidRepresentation
                + ", readPreference=" + readPreference
                + ", readConcern=" + readConcern
                + ", writeConcern=" + writeConcern
                + ", retryReads=" + retryReads
                + ", retryWrites=" + retryWrites
                + ", maxAdaptiveRetries=" + maxAdaptiveRetries
                + ", enableOverloadRetargeting=" + enableOverloadRetargeting
                + ", timeout=" + timeout
                + ", defaultDatabase=" + defaultDatabase
                + ", applicationName=" + applicationName
                + ", serverApi=" + serverApi
                + ", credential=" + credential
                + ", compressors=" + compressors
                + ", topologySettings=" + topologySettings
                + ", connectionPoolSettings=" + connectionPoolSettings
                + ", socketSettings=" + socketSettings
                + ", tlsSettings=" + tlsSettings
                + ", proxySettings=" + proxySettings
                + ", transport=" + transport
                + ", transportSettings=" + transportSettings
                + ", driverInformation=" + driverInformation
                + "]";
    }

    /** Collects settings. Not for use by several threads at once. */
    public static final class Builder {
        private CodecRegistry codecRegistry = DEFAULT_CODEC_REGISTRY;
        private UuidRepresentation uuidRepresentation = UuidRepresentation.UNSPECIFIED;
        private ReadPreference readPreference = ReadPreference.PRIMARY;
        private ReadConcern readConcern = ReadConcern.DEFAULT;
        private WriteConcern writeConcern = WriteConcern.ACKNOWLEDGED;
        private boolean retryReads = true;
        private boolean retryWrites = true;
        private int maxAdaptiveRetries = 2;
        private boolean enableOverloadRetargeting = false;
        private @Nullable Duration timeout;
        private @Nullable String defaultDatabase;
        private @Nullable String applicationName;
        private @Nullable ServerApi serverApi;
        private @Nullable MongoCredential credential;
        private List<MongoCompressor> compressors = List.of();
        private TopologySettings.Builder topologySettings = TopologySettings.builder();
        private ConnectionPoolSettings.Builder connectionPoolSettings = ConnectionPoolSettings.builder();
        private SocketSettings.Builder socketSettings = SocketSettings.builder();
        private TlsSettings.Builder tlsSettings = TlsSettings.builder();
        private @Nullable ProxySettings proxySettings;
        private @Nullable String transport;
        private TransportSettings transportSettings = TransportSettings.DEFAULT;
        private @Nullable Executor completionExecutor;
        private @Nullable ContextCarrier contextCarrier;
        private @Nullable Integer maxLoggedDocumentLength;
        private @Nullable MongoDriverInformation driverInformation;
        private @Nullable DnsResolver dnsResolver;
        private @Nullable InetAddressResolver inetAddressResolver;
        private final List<CommandListener> commandListeners = new ArrayList<>();
        private final List<ConnectionPoolListener> connectionPoolListeners = new ArrayList<>();
        private final List<ServerListener> serverListeners = new ArrayList<>();
        private final List<ServerMonitorListener> serverMonitorListeners = new ArrayList<>();
        private final List<TopologyListener> topologyListeners = new ArrayList<>();
        private final Set<String> warnings = new LinkedHashSet<>();

        private Builder() {}

        private Builder(MongoClientSettings settings) {
            this.codecRegistry = settings.codecRegistry;
            this.uuidRepresentation = settings.uuidRepresentation;
            this.readPreference = settings.readPreference;
            this.readConcern = settings.readConcern;
            this.writeConcern = settings.writeConcern;
            this.retryReads = settings.retryReads;
            this.retryWrites = settings.retryWrites;
            this.maxAdaptiveRetries = settings.maxAdaptiveRetries;
            this.enableOverloadRetargeting = settings.enableOverloadRetargeting;
            this.timeout = settings.timeout;
            this.defaultDatabase = settings.defaultDatabase;
            this.applicationName = settings.applicationName;
            this.serverApi = settings.serverApi;
            this.credential = settings.credential;
            this.compressors = settings.compressors;
            this.topologySettings = settings.topologySettings.toBuilder();
            this.connectionPoolSettings = settings.connectionPoolSettings.toBuilder();
            this.socketSettings = settings.socketSettings.toBuilder();
            this.tlsSettings = settings.tlsSettings.toBuilder();
            this.proxySettings = settings.proxySettings;
            this.transport = settings.transport;
            this.transportSettings = settings.transportSettings;
            this.completionExecutor = settings.completionExecutor;
            this.contextCarrier = settings.contextCarrier;
            this.maxLoggedDocumentLength = settings.maxLoggedDocumentLength;
            this.driverInformation = settings.driverInformation;
            this.dnsResolver = settings.dnsResolver;
            this.inetAddressResolver = settings.inetAddressResolver;
            this.commandListeners.addAll(settings.commandListeners);
            this.connectionPoolListeners.addAll(settings.connectionPoolListeners);
            this.serverListeners.addAll(settings.serverListeners);
            this.serverMonitorListeners.addAll(settings.serverMonitorListeners);
            this.topologyListeners.addAll(settings.topologyListeners);
            this.warnings.addAll(settings.warnings);
        }

        /**
         * Takes over what a connection string mentions; everything else stays as it is. A read preference, a write
         * concern, a credential, the list of compressors and the proxy are taken over as a whole. A later call on this
         * builder overrides the connection string, option by option.
         *
         * @param connectionString the connection string
         * @return this
         */
        public Builder applyConnectionString(ConnectionString connectionString) {
            this.warnings.addAll(connectionString.warnings());
            ConnectionStringApplier.apply(connectionString, this);
            return this;
        }

        /**
         * Sets the codecs for users' documents.
         *
         * @param codecRegistry default {@link MongoClientSettings#DEFAULT_CODEC_REGISTRY}
         * @return this
         */
        public Builder codecRegistry(CodecRegistry codecRegistry) {
            this.codecRegistry = Objects.requireNonNull(codecRegistry, "codecRegistry");
            return this;
        }

        /**
         * Sets how a {@link java.util.UUID} is stored.
         *
         * @param uuidRepresentation default {@code UNSPECIFIED}: storing one fails
         * @return this
         */
        public Builder uuidRepresentation(UuidRepresentation uuidRepresentation) {
            this.uuidRepresentation = Objects.requireNonNull(uuidRepresentation, "uuidRepresentation");
            return this;
        }

        /**
         * Sets which members reads go to.
         *
         * @param readPreference default primary
         * @return this
         */
        public Builder readPreference(ReadPreference readPreference) {
            this.readPreference = Objects.requireNonNull(readPreference, "readPreference");
            return this;
        }

        /**
         * Sets which data reads may see.
         *
         * @param readConcern default: the server's
         * @return this
         */
        public Builder readConcern(ReadConcern readConcern) {
            this.readConcern = Objects.requireNonNull(readConcern, "readConcern");
            return this;
        }

        /**
         * Sets what a server must have done before it acknowledges a write.
         *
         * @param writeConcern default: the server's
         * @return this
         */
        public Builder writeConcern(WriteConcern writeConcern) {
            this.writeConcern = Objects.requireNonNull(writeConcern, "writeConcern");
            return this;
        }

        /**
         * Sets whether a read that failed for the network's or a fail-over's sake is sent once more.
         *
         * @param retryReads default {@code true}
         * @return this
         */
        public Builder retryReads(boolean retryReads) {
            this.retryReads = retryReads;
            return this;
        }

        /**
         * Sets whether a write that failed for the network's or a fail-over's sake is sent once more.
         *
         * @param retryWrites default {@code true}
         * @return this
         */
        public Builder retryWrites(boolean retryWrites) {
            this.retryWrites = retryWrites;
            return this;
        }

        /**
         * Sets how often an operation is sent again to an overloaded deployment, {@code maxAdaptiveRetries}.
         *
         * @param maxAdaptiveRetries 0 or more; default 2
         * @return this
         */
        public Builder maxAdaptiveRetries(int maxAdaptiveRetries) {
            this.maxAdaptiveRetries = maxAdaptiveRetries;
            return this;
        }

        /**
         * Sets whether a retry because of overload avoids the servers that were overloaded.
         *
         * @param enableOverloadRetargeting default {@code false}
         * @return this
         */
        public Builder enableOverloadRetargeting(boolean enableOverloadRetargeting) {
            this.enableOverloadRetargeting = enableOverloadRetargeting;
            return this;
        }

        /**
         * Sets how long a whole operation may take, retries and waiting included.
         *
         * @param timeout zero means for ever; {@code null}, the default, means that the older, separate timeouts count
         * @return this
         */
        public Builder timeout(@Nullable Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /**
         * Sets the database that {@link MongoCluster#getDefaultDatabase()} gives. Takes the place of the one that a
         * connection string names after its hosts; where users authenticate does not depend on it.
         *
         * @param defaultDatabase its name, checked when the database is asked for; {@code null}, the default, for none
         * @return this
         */
        public Builder defaultDatabase(@Nullable String defaultDatabase) {
            this.defaultDatabase = defaultDatabase;
            return this;
        }

        /**
         * Sets the name by which servers' logs show this application, {@code appName}.
         *
         * @param applicationName at most 128 bytes of UTF-8; {@code null}, the default, for none
         * @return this
         */
        public Builder applicationName(@Nullable String applicationName) {
            this.applicationName = applicationName;
            return this;
        }

        /**
         * Sets the version of the Stable API that commands are pinned to.
         *
         * @param serverApi {@code null}, the default, for none
         * @return this
         */
        public Builder serverApi(@Nullable ServerApi serverApi) {
            this.serverApi = serverApi;
            return this;
        }

        /**
         * Sets who authenticates.
         *
         * @param credential {@code null}, the default, for nobody
         * @return this
         */
        public Builder credential(@Nullable MongoCredential credential) {
            this.credential = credential;
            return this;
        }

        /**
         * Sets the ways to compress messages. Each connection uses the first of them that its server knows too, and
         * none where there is no such one; hello and what has to do with passwords is never compressed.
         *
         * @param compressors in order of preference; default none
         * @return this
         */
        public Builder compressors(List<MongoCompressor> compressors) {
            this.compressors = List.copyOf(compressors);
            return this;
        }

        /**
         * Sets where the servers are and how they are watched.
         *
         * @param topologySettings default {@link TopologySettings#DEFAULT}
         * @return this
         */
        public Builder topologySettings(TopologySettings topologySettings) {
            this.topologySettings = topologySettings.toBuilder();
            return this;
        }

        /**
         * Changes where the servers are and how they are watched.
         *
         * @param change changes the builder that it is given, which starts with what has been set so far
         * @return this
         */
        public Builder applyToTopologySettings(Consumer<TopologySettings.Builder> change) {
            change.accept(topologySettings);
            return this;
        }

        /**
         * Sets how connections are pooled.
         *
         * @param connectionPoolSettings default {@link ConnectionPoolSettings#DEFAULT}
         * @return this
         */
        public Builder connectionPoolSettings(ConnectionPoolSettings connectionPoolSettings) {
            this.connectionPoolSettings = connectionPoolSettings.toBuilder();
            return this;
        }

        /**
         * Changes how connections are pooled.
         *
         * @param change changes the builder that it is given, which starts with what has been set so far
         * @return this
         */
        public Builder applyToConnectionPoolSettings(Consumer<ConnectionPoolSettings.Builder> change) {
            change.accept(connectionPoolSettings);
            return this;
        }

        /**
         * Sets how sockets are opened and used.
         *
         * @param socketSettings default {@link SocketSettings#DEFAULT}
         * @return this
         */
        public Builder socketSettings(SocketSettings socketSettings) {
            this.socketSettings = socketSettings.toBuilder();
            return this;
        }

        /**
         * Changes how sockets are opened and used.
         *
         * @param change changes the builder that it is given, which starts with what has been set so far
         * @return this
         */
        public Builder applyToSocketSettings(Consumer<SocketSettings.Builder> change) {
            change.accept(socketSettings);
            return this;
        }

        /**
         * Sets how connections are encrypted.
         *
         * @param tlsSettings default {@link TlsSettings#DISABLED}
         * @return this
         */
        public Builder tlsSettings(TlsSettings tlsSettings) {
            this.tlsSettings = tlsSettings.toBuilder();
            return this;
        }

        /**
         * Changes how connections are encrypted.
         *
         * @param change changes the builder that it is given, which starts with what has been set so far
         * @return this
         */
        public Builder applyToTlsSettings(Consumer<TlsSettings.Builder> change) {
            change.accept(tlsSettings);
            return this;
        }

        /**
         * Sets the proxy through which servers are reached.
         *
         * @param proxySettings {@code null}, the default, for none
         * @return this
         */
        public Builder proxySettings(@Nullable ProxySettings proxySettings) {
            this.proxySettings = proxySettings;
            return this;
        }

        /**
         * Sets the transport, in a connection string {@code transport}. It must be on the class path or module path and
         * able to run here, or else no client is created: the failure says why, and which artifact to add.
         *
         * @param transport its name in upper or lower case: {@code "nio"}, {@code "netty"}, {@code "epoll"},
         *     {@code "kqueue"}, {@code "io_uring"}, or that of another one that is there; {@code null}, the default, or
         *     blank for the one that the system property {@code dev.rotor.transport} names, or else the available one
         *     of highest preference
         * @return this
         */
        public Builder transport(@Nullable String transport) {
            this.transport = transport;
            return this;
        }

        /**
         * Sets what the transport is opened with: its event loops, or a framework's to share.
         *
         * @param transportSettings default {@link TransportSettings#DEFAULT}
         * @return this
         */
        public Builder transportSettings(TransportSettings transportSettings) {
            this.transportSettings = Objects.requireNonNull(transportSettings, "transportSettings");
            return this;
        }

        /**
         * Sets how many event loops the transport starts, keeping the other transport settings.
         *
         * @param loops 0 for the default, one per two available processors
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder loops(int loops) {
            this.transportSettings = new TransportSettings(
                    loops,
                    transportSettings.threadNamePrefix(),
                    transportSettings.threadFactory(),
                    transportSettings.foreignLoops());
            return this;
        }

        /**
         * Shares the event loops of a framework, keeping the other transport settings.
         *
         * @param foreignLoops for example a Netty {@code IoEventLoopGroup}; {@code null} for loops of the transport's
         *     own; whether the transport can use it is found out when a client is created
         * @return this
         */
        public Builder foreignLoops(@Nullable Object foreignLoops) {
            this.transportSettings = new TransportSettings(
                    transportSettings.loops(),
                    transportSettings.threadNamePrefix(),
                    transportSettings.threadFactory(),
                    foreignLoops);
            return this;
        }

        /**
         * Sets where completions of operations run.
         *
         * @param completionExecutor {@code null}, the default, for the connection's event loop, which completions must
         *     then not block
         * @return this
         */
        public Builder completionExecutor(@Nullable Executor completionExecutor) {
            this.completionExecutor = completionExecutor;
            return this;
        }

        /**
         * Sets what carries the caller's context to completions and listeners.
         *
         * @param contextCarrier {@code null}, the default, for nothing
         * @return this
         */
        public Builder contextCarrier(@Nullable ContextCarrier contextCarrier) {
            this.contextCarrier = contextCarrier;
            return this;
        }

        /**
         * What carries the caller's context, as set so far: for whoever would add to it, see
         * {@link ContextCarrier#and}.
         *
         * @return the carrier, or {@code null} for none
         */
        public @Nullable ContextCarrier contextCarrier() {
            return contextCarrier;
        }

        /**
         * Sets how much of a command or reply a log message shows, in relaxed Extended JSON. What is longer is cut
         * there and ends in "...". This wins over the environment variable {@code MONGODB_LOG_MAX_DOCUMENT_LENGTH}.
         *
         * @param maxLoggedDocumentLength how many UTF-16 units, 0 or more, the dots not counted; {@code null}, the
         *     default, for what the environment variable says, or else 1000
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxLoggedDocumentLength(@Nullable Integer maxLoggedDocumentLength) {
            if (maxLoggedDocumentLength != null && maxLoggedDocumentLength < 0) {
                throw new IllegalArgumentException(
                        "maxLoggedDocumentLength must not be negative: " + maxLoggedDocumentLength);
            }
            this.maxLoggedDocumentLength = maxLoggedDocumentLength;
            return this;
        }

        /**
         * Sets the library that wraps this driver, told to servers in the handshake.
         *
         * @param driverInformation {@code null}, the default, for none
         * @return this
         */
        public Builder driverInformation(@Nullable MongoDriverInformation driverInformation) {
            this.driverInformation = driverInformation;
            return this;
        }

        /**
         * Sets what looks up the DNS records behind {@code mongodb+srv://}.
         *
         * @param dnsResolver {@code null}, the default, for the one that asks through the JDK
         * @return this
         */
        public Builder dnsResolver(@Nullable DnsResolver dnsResolver) {
            this.dnsResolver = dnsResolver;
            return this;
        }

        /**
         * Sets what finds the addresses of hosts. It is asked for each new connection.
         *
         * @param inetAddressResolver {@code null}, the default, for the one that asks the JDK
         * @return this
         */
        public Builder inetAddressResolver(@Nullable InetAddressResolver inetAddressResolver) {
            this.inetAddressResolver = inetAddressResolver;
            return this;
        }

        /**
         * Adds someone who hears of commands that are sent and answered.
         *
         * @param commandListener called by the driver's threads; must not block
         * @return this
         */
        public Builder addCommandListener(CommandListener commandListener) {
            this.commandListeners.add(Objects.requireNonNull(commandListener, "commandListener"));
            return this;
        }

        /**
         * Replaces all who hear of commands that are sent and answered.
         *
         * @param commandListeners called by the driver's threads, in this order; must not block
         * @return this
         */
        public Builder commandListeners(List<CommandListener> commandListeners) {
            List<CommandListener> copy = List.copyOf(commandListeners);
            this.commandListeners.clear();
            this.commandListeners.addAll(copy);
            return this;
        }

        /**
         * Adds someone who hears of what connection pools do.
         *
         * @param connectionPoolListener called by the driver's threads; must not block
         * @return this
         */
        public Builder addConnectionPoolListener(ConnectionPoolListener connectionPoolListener) {
            this.connectionPoolListeners.add(Objects.requireNonNull(connectionPoolListener, "connectionPoolListener"));
            return this;
        }

        /**
         * Replaces all who hear of what connection pools do.
         *
         * @param connectionPoolListeners called by the driver's threads, in this order; must not block
         * @return this
         */
        public Builder connectionPoolListeners(List<ConnectionPoolListener> connectionPoolListeners) {
            List<ConnectionPoolListener> copy = List.copyOf(connectionPoolListeners);
            this.connectionPoolListeners.clear();
            this.connectionPoolListeners.addAll(copy);
            return this;
        }

        /**
         * Adds someone who hears of servers that come, change and go.
         *
         * @param serverListener called by the driver's threads; must not block
         * @return this
         */
        public Builder addServerListener(ServerListener serverListener) {
            this.serverListeners.add(Objects.requireNonNull(serverListener, "serverListener"));
            return this;
        }

        /**
         * Replaces all who hear of servers that come, change and go.
         *
         * @param serverListeners called by the driver's threads, in this order; must not block
         * @return this
         */
        public Builder serverListeners(List<ServerListener> serverListeners) {
            List<ServerListener> copy = List.copyOf(serverListeners);
            this.serverListeners.clear();
            this.serverListeners.addAll(copy);
            return this;
        }

        /**
         * Adds someone who hears of heartbeats.
         *
         * @param serverMonitorListener called by the driver's threads; must not block
         * @return this
         */
        public Builder addServerMonitorListener(ServerMonitorListener serverMonitorListener) {
            this.serverMonitorListeners.add(Objects.requireNonNull(serverMonitorListener, "serverMonitorListener"));
            return this;
        }

        /**
         * Replaces all who hear of heartbeats.
         *
         * @param serverMonitorListeners called by the driver's threads, in this order; must not block
         * @return this
         */
        public Builder serverMonitorListeners(List<ServerMonitorListener> serverMonitorListeners) {
            List<ServerMonitorListener> copy = List.copyOf(serverMonitorListeners);
            this.serverMonitorListeners.clear();
            this.serverMonitorListeners.addAll(copy);
            return this;
        }

        /**
         * Adds someone who hears of changes of the topology.
         *
         * @param topologyListener called by the driver's threads; must not block
         * @return this
         */
        public Builder addTopologyListener(TopologyListener topologyListener) {
            this.topologyListeners.add(Objects.requireNonNull(topologyListener, "topologyListener"));
            return this;
        }

        /**
         * Replaces all who hear of changes of the topology.
         *
         * @param topologyListeners called by the driver's threads, in this order; must not block
         * @return this
         */
        public Builder topologyListeners(List<TopologyListener> topologyListeners) {
            List<TopologyListener> copy = List.copyOf(topologyListeners);
            this.topologyListeners.clear();
            this.topologyListeners.addAll(copy);
            return this;
        }

        /**
         * The settings.
         *
         * @return an immutable value
         * @throws MongoConfigurationException if a setting is out of range, or settings contradict each other
         */
        public MongoClientSettings build() {
            String problem = OptionConflicts.ofClient(applicationName, timeout, maxAdaptiveRetries);
            if (problem == null && credential != null) {
                problem = CredentialRules.contradiction(credential);
            }
            if (problem == null && credential != null) {
                problem = CredentialRules.missing(credential);
            }
            if (problem != null) {
                throw new MongoConfigurationException(problem);
            }
            try {
                return new MongoClientSettings(this);
            } catch (IllegalArgumentException e) {
                // One of the parts is out of range; its message names it.
                throw new MongoConfigurationException(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
