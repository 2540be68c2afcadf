package dev.rotor.driver.core.client;

import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.MongoDriverInformation;
import dev.rotor.driver.ProxySettings;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.SocketSettings;
import dev.rotor.driver.TransportInfo;
import dev.rotor.driver.core.auth.Authenticators;
import dev.rotor.driver.core.compression.Compressors;
import dev.rotor.driver.core.conn.AddressResolver;
import dev.rotor.driver.core.conn.Authenticator;
import dev.rotor.driver.core.conn.ClientEnvironment;
import dev.rotor.driver.core.conn.ClientMetadata;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.conn.ConnectionConfig;
import dev.rotor.driver.core.conn.HelloConnection;
import dev.rotor.driver.core.conn.HostResolver;
import dev.rotor.driver.core.dns.JndiDnsResolver;
import dev.rotor.driver.core.dns.Seeds;
import dev.rotor.driver.core.dns.SrvDiscovery;
import dev.rotor.driver.core.dns.TopologySeeding;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.net.JdkInetAddressResolver;
import dev.rotor.driver.core.net.Socks5Proxy;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.ListenerEvents;
import dev.rotor.driver.core.op.SessionCommands;
import dev.rotor.driver.core.op.StableApi;
import dev.rotor.driver.core.pool.ConnectionPool;
import dev.rotor.driver.core.session.ServerSessionPool;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.core.tls.Encryption;
import dev.rotor.driver.core.tls.TrustResources;
import dev.rotor.driver.core.topology.PoolControl;
import dev.rotor.driver.core.topology.ServerHandle;
import dev.rotor.driver.core.topology.TopologyManager;
import dev.rotor.driver.core.topology.TopologyParts;
import dev.rotor.driver.core.wire.CommandBuffers;
import dev.rotor.driver.event.ConnectionPoolListener;
import dev.rotor.driver.spi.Compressor;
import dev.rotor.driver.spi.InetAddressResolver;
import dev.rotor.driver.topology.TopologyDescription;
import dev.rotor.driver.transport.TlsSpec;
import dev.rotor.driver.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The moving parts of one client: transport, topology, engine. Puts them together and takes them apart. */
final class ClientRuntime {

    /** How long the end of a client may take before its connections are cut. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final MongoClientSettings settings;
    private final TransportInfo transportInfo;
    private final Surroundings surroundings;
    private final Transport transport;
    /** How to encrypt; {@code null} for plain text. */
    private final @Nullable TlsSpec encryption;

    /** What servers are reached through; {@code null} for none. */
    private final @Nullable Socks5Proxy proxy;

    private final ExecutorService resolverThreads;
    private final ExecutorService keyThreads;
    private final ExecutorService revocationThreads;
    private final ClientLog log;
    private final ClientMetadata metadata;
    private final List<Compressor> compressors;
    private final ServerSessionPool sessions;
    private final TopologyManager topology;
    /** Only where DNS names the hosts. */
    private final @Nullable SrvDiscovery hosts;
    /** What DNS may still change: whether there is a load balancer, and where users are known. */
    private volatile Connecting connecting;

    private final Engine engine;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    private record Connecting(boolean loadBalanced, Authenticator authenticator) {}

    private ClientRuntime(
            MongoClientSettings settings, TransportInfo transportInfo, Transport transport, Surroundings surroundings) {
        this.settings = settings;
        this.transportInfo = transportInfo;
        this.transport = transport;
        this.surroundings = surroundings;
        Clock clock = surroundings.clock();
        this.resolverThreads = HelperThreads.start("rotor-dns-", 8);
        this.keyThreads = HelperThreads.start("rotor-auth-", 2);
        this.revocationThreads = HelperThreads.start("rotor-ocsp-", 2);
        this.encryption = Encryption.of(
                settings.tlsSettings(),
                new TrustResources(
                        revocationThreads, clock, settings.socketSettings().connectTimeout()));
        this.proxy = proxy(settings, transport);
        this.log = ClientLog.of(ClientLog.maxDocumentLength(
                settings.maxLoggedDocumentLength(), System.getenv(ClientLog.MAX_DOCUMENT_LENGTH_VARIABLE)));
        this.metadata = new ClientMetadata(
                settings.applicationName(), settings.driverInformation(), ClientEnvironment.current(transport.name()));
        this.compressors = Compressors.open(settings.compressors());
        this.sessions = new ServerSessionPool(clock, UUID::randomUUID);
        this.connecting =
                new Connecting(settings.topologySettings().loadBalanced(), authenticator(settings.credential()));
        this.topology = new TopologyManager(topologyParts(clock));
        this.hosts = settings.topologySettings().srvHost() == null
                ? null
                : new SrvDiscovery(
                        settings.topologySettings(),
                        settings.dnsResolver() == null ? new JndiDnsResolver(resolverThreads) : settings.dnsResolver(),
                        transport.nextLoop(),
                        surroundings.random(),
                        new TopologySeeding(topology, this::onSeeds));
        Engine.Policy policy = new Engine.Policy(
                settings.retryReads(),
                settings.retryWrites(),
                settings.serverApi() == null ? null : new StableApi(settings.serverApi()),
                new ListenerEvents(settings.commandListeners(), log),
                settings.completionExecutor(),
                settings.contextCarrier(),
                new Engine.Overload(
                        settings.maxAdaptiveRetries(),
                        settings.enableOverloadRetargeting(),
                        surroundings.random()::fraction),
                settings.topologySettings().serverSelectionTimeout());
        this.engine = new Engine(topology, transport, sessions, clock, policy);
    }

    /** Opens the transport and starts discovery; does not wait for anything. */
    static ClientRuntime start(MongoClientSettings settings, TransportChoice choice) {
        return start(settings, choice.info(), choice.open(settings.transportSettings()), Surroundings.REAL);
    }

    /** The same on a transport that is open; it is the runtime's from now on. */
    static ClientRuntime start(
            MongoClientSettings settings, TransportInfo transportInfo, Transport transport, Surroundings surroundings) {
        try {
            ClientRuntime runtime = new ClientRuntime(settings, transportInfo, transport, surroundings);
            runtime.topology.start();
            if (runtime.hosts != null) {
                runtime.hosts.start();
            }
            return runtime;
        } catch (RuntimeException | Error e) {
            // Nobody else knows of the loops that were started.
            transport.close(Duration.ZERO);
            throw e;
        }
    }

    private Authenticator authenticator(@Nullable MongoCredential credential) {
        Executor given = surroundings.keys();
        return Authenticators.of(
                credential,
                settings.serverApi(),
                Authenticators.resources(given == null ? keyThreads : given, surroundings.clock(), settings.timeout()));
    }

    private static @Nullable Socks5Proxy proxy(MongoClientSettings settings, Transport transport) {
        ProxySettings wanted = settings.proxySettings();
        if (wanted == null) {
            return null;
        }
        if (!transport.supportsProxies()) {
            throw new MongoConfigurationException("The transport " + transport.name()
                    + " cannot connect through a proxy (proxyHost); choose another transport, such as nio");
        }
        return Socks5Proxy.of(wanted);
    }

    private InetAddressResolver names() {
        InetAddressResolver given = settings.inetAddressResolver();
        return given == null ? new JdkInetAddressResolver(resolverThreads) : given;
    }

    private void onSeeds(Seeds seeds) {
        Authenticator authenticator = authenticator(seeds.apply(settings.credential()));
        connecting = new Connecting(seeds.loadBalanced(), authenticator);
        if (closing.get()) {
            authenticator.close();
        }
    }

    private TopologyParts topologyParts(Clock clock) {
        CommandBuffers buffers = new CommandBuffers();
        AddressResolver given = surroundings.resolver();
        AddressResolver resolver = given == null ? new HostResolver(names()) : given;
        // What is sent outside of operations, to authenticate: there, too, timeoutMS takes the socket timeout's place.
        Duration timeout = settings.timeout();
        SocketSettings sockets = timeout == null
                ? settings.socketSettings()
                : settings.socketSettings().toBuilder().socketTimeout(timeout).build();
        Function<ServerAddress, ConnectionConfig> configs = address -> new ConnectionConfig(
                address,
                transport,
                resolver,
                clock,
                buffers,
                sockets,
                proxy,
                encryption,
                metadata,
                settings.serverApi(),
                connecting.loadBalanced(),
                compressors,
                connecting.authenticator());
        ConnectionPoolListener poolListener = PoolListeners.of(settings.connectionPoolListeners(), log);
        PoolControl.Factory pools = server -> new ServerPool(pool(server, configs, poolListener, clock));
        return new TopologyParts(
                settings.topologySettings(),
                settings.socketSettings().connectTimeout().toNanos(),
                clock,
                transport::nextLoop,
                HelloConnection.factory(configs),
                pools,
                surroundings.random(),
                settings.topologyListeners(),
                settings.serverListeners(),
                settings.serverMonitorListeners(),
                log);
    }

    private ConnectionPool<Connection> pool(
            ServerHandle server,
            Function<ServerAddress, ConnectionConfig> configs,
            @Nullable ConnectionPoolListener listener,
            Clock clock) {
        ConnectionConfig config = configs.apply(server.address());
        return new ConnectionPool<>(
                server.address(),
                settings.connectionPoolSettings(),
                config.loadBalanced(),
                (pool, id, generation) -> new Connection(config, pool::perished, id, generation),
                listener,
                clock,
                transport.nextLoop(),
                server::onOpenFailed,
                log);
    }

    void appendMetadata(MongoDriverInformation library) {
        metadata.append(library);
    }

    Engine engine() {
        return engine;
    }

    TransportInfo transportInfo() {
        return transportInfo;
    }

    boolean isClosing() {
        return closing.get();
    }

    TopologyDescription topologyDescription() {
        return topology.description();
    }

    /** Ends sessions, operations, connections and loops, in this order; repeated calls give the same stage. */
    CompletionStage<@Nullable Void> close() {
        if (closing.compareAndSet(false, true)) {
            // First of all: ending sessions is not worth a sign-in.
            connecting.authenticator().close();
            SessionCommands.endSessions(engine, topology.description(), sessions.drain())
                    .whenComplete((none, unreachable) -> {
                        engine.close();
                        if (hosts != null) {
                            hosts.close();
                        }
                        topology.close();
                        resolverThreads.shutdown();
                        keyThreads.shutdown();
                        revocationThreads.shutdown();
                        transport.close(CLOSE_LIMIT).whenComplete((done, failure) -> {
                            Compressors.close(compressors);
                            closed.complete(null);
                        });
                    });
        }
        return closed;
    }
}
