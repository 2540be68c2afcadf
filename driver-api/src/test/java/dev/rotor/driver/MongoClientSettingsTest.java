package dev.rotor.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.ConnectionPoolListener;
import dev.rotor.driver.event.ServerListener;
import dev.rotor.driver.event.ServerMonitorListener;
import dev.rotor.driver.event.TopologyListener;
import dev.rotor.driver.transport.TcpOptions;
import dev.rotor.driver.transport.TransportSettings;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.bson.UuidRepresentation;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.junit.jupiter.api.Test;

class MongoClientSettingsTest {

    /** Each option with a value other than the default, and what it needs beside it. */
    private static final Map<UriOption, String> EXAMPLES = Map.ofEntries(
            Map.entry(UriOption.APP_NAME, "mongodb://localhost/?appName=x"),
            Map.entry(UriOption.AUTH_MECHANISM, "mongodb://localhost/?authMechanism=MONGODB-X509"),
            Map.entry(
                    UriOption.AUTH_MECHANISM_PROPERTIES,
                    "mongodb://localhost/?authMechanism=MONGODB-OIDC&authMechanismProperties=ENVIRONMENT:test"),
            Map.entry(UriOption.AUTH_SOURCE, "mongodb://u:p@localhost/?authSource=x"),
            Map.entry(UriOption.COMPRESSORS, "mongodb://localhost/?compressors=zlib"),
            Map.entry(UriOption.CONNECT_TIMEOUT, "mongodb://localhost/?connectTimeoutMS=7"),
            Map.entry(UriOption.DIRECT_CONNECTION, "mongodb://localhost/?directConnection=true"),
            Map.entry(UriOption.ENABLE_OVERLOAD_RETARGETING, "mongodb://localhost/?enableOverloadRetargeting=true"),
            Map.entry(UriOption.GSSAPI_SERVICE_NAME, "mongodb://u@localhost/?authMechanism=GSSAPI&gssapiServiceName=x"),
            Map.entry(UriOption.HEARTBEAT_FREQUENCY, "mongodb://localhost/?heartbeatFrequencyMS=777"),
            Map.entry(UriOption.JOURNAL, "mongodb://localhost/?journal=true"),
            Map.entry(UriOption.LOAD_BALANCED, "mongodb://localhost/?loadBalanced=true"),
            Map.entry(UriOption.LOCAL_THRESHOLD, "mongodb://localhost/?localThresholdMS=7"),
            Map.entry(UriOption.LOOPS, "mongodb://localhost/?loops=7"),
            Map.entry(UriOption.MAX_ADAPTIVE_RETRIES, "mongodb://localhost/?maxAdaptiveRetries=7"),
            Map.entry(UriOption.MAX_CONNECTING, "mongodb://localhost/?maxConnecting=7"),
            Map.entry(UriOption.MAX_IDLE_TIME, "mongodb://localhost/?maxIdleTimeMS=7"),
            Map.entry(UriOption.MAX_POOL_SIZE, "mongodb://localhost/?maxPoolSize=7"),
            Map.entry(UriOption.MAX_STALENESS, "mongodb://localhost/?readPreference=nearest&maxStalenessSeconds=97"),
            Map.entry(UriOption.MIN_POOL_SIZE, "mongodb://localhost/?minPoolSize=7"),
            Map.entry(UriOption.PROXY_HOST, "mongodb://localhost/?proxyHost=x"),
            Map.entry(UriOption.PROXY_PASSWORD, "mongodb://localhost/?proxyHost=x&proxyUsername=x&proxyPassword=x"),
            Map.entry(UriOption.PROXY_PORT, "mongodb://localhost/?proxyHost=x&proxyPort=7"),
            Map.entry(UriOption.PROXY_USERNAME, "mongodb://localhost/?proxyHost=x&proxyUsername=x&proxyPassword=x"),
            Map.entry(UriOption.READ_CONCERN_LEVEL, "mongodb://localhost/?readConcernLevel=x"),
            Map.entry(UriOption.READ_PREFERENCE, "mongodb://localhost/?readPreference=nearest"),
            Map.entry(
                    UriOption.READ_PREFERENCE_TAGS,
                    "mongodb://localhost/?readPreference=nearest&readPreferenceTags=a:b"),
            Map.entry(UriOption.REPLICA_SET, "mongodb://localhost/?replicaSet=x"),
            Map.entry(UriOption.RETRY_READS, "mongodb://localhost/?retryReads=false"),
            Map.entry(UriOption.RETRY_WRITES, "mongodb://localhost/?retryWrites=false"),
            Map.entry(UriOption.SERVER_MONITORING_MODE, "mongodb://localhost/?serverMonitoringMode=poll"),
            Map.entry(UriOption.SERVER_SELECTION_TIMEOUT, "mongodb://localhost/?serverSelectionTimeoutMS=7"),
            Map.entry(UriOption.SOCKET_TIMEOUT, "mongodb://localhost/?socketTimeoutMS=7"),
            Map.entry(UriOption.SRV_MAX_HOSTS, "mongodb+srv://localhost/?srvMaxHosts=7"),
            Map.entry(UriOption.SRV_SERVICE_NAME, "mongodb+srv://localhost/?srvServiceName=x"),
            Map.entry(UriOption.TIMEOUT, "mongodb://localhost/?timeoutMS=7"),
            Map.entry(UriOption.TLS, "mongodb://localhost/?tls=true"),
            Map.entry(
                    UriOption.TLS_ALLOW_INVALID_CERTIFICATES,
                    "mongodb://localhost/?tls=false&tlsAllowInvalidCertificates=true"),
            Map.entry(
                    UriOption.TLS_ALLOW_INVALID_HOSTNAMES,
                    "mongodb://localhost/?tls=false&tlsAllowInvalidHostnames=true"),
            Map.entry(UriOption.TLS_CA_FILE, "mongodb://localhost/?tls=false&tlsCAFile=x"),
            Map.entry(UriOption.TLS_CERTIFICATE_KEY_FILE, "mongodb://localhost/?tls=false&tlsCertificateKeyFile=x"),
            Map.entry(
                    UriOption.TLS_CERTIFICATE_KEY_FILE_PASSWORD,
                    "mongodb://localhost/?tls=false&tlsCertificateKeyFilePassword=x"),
            Map.entry(
                    UriOption.TLS_DISABLE_CERTIFICATE_REVOCATION_CHECK,
                    "mongodb://localhost/?tls=false&tlsDisableCertificateRevocationCheck=true"),
            Map.entry(
                    UriOption.TLS_DISABLE_OCSP_ENDPOINT_CHECK,
                    "mongodb://localhost/?tls=false&tlsDisableOCSPEndpointCheck=true"),
            Map.entry(UriOption.TLS_INSECURE, "mongodb://localhost/?tls=false&tlsInsecure=true"),
            Map.entry(UriOption.TRANSPORT, "mongodb://localhost/?transport=x"),
            Map.entry(UriOption.UUID_REPRESENTATION, "mongodb://localhost/?uuidRepresentation=standard"),
            Map.entry(UriOption.W, "mongodb://localhost/?w=2"),
            Map.entry(UriOption.W_TIMEOUT, "mongodb://localhost/?wTimeoutMS=7"),
            Map.entry(UriOption.WAIT_QUEUE_TIMEOUT, "mongodb://localhost/?waitQueueTimeoutMS=7"),
            Map.entry(
                    UriOption.ZLIB_COMPRESSION_LEVEL, "mongodb://localhost/?compressors=zlib&zlibCompressionLevel=7"));

    private static MongoClientSettings of(String uri) {
        return MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .build();
    }

    /** Everything that does not depend on code, secrets included. */
    private static List<Object> values(MongoClientSettings settings) {
        List<Object> values = new ArrayList<>();
        values.add(settings.toString());
        values.add(settings.credential() == null ? "" : settings.credential());
        values.add(settings.proxySettings() == null ? "" : settings.proxySettings());
        values.add(settings.tlsSettings());
        return values;
    }

    @Test
    void everyOptionReachesTheSettings() {
        assertThat(EXAMPLES).containsOnlyKeys(UriOption.values());
        EXAMPLES.forEach((option, uri) -> {
            String without = without(uri, option);
            ConnectionString with = new ConnectionString(uri);
            assertThat(with.options().has(option) || option.isList()).as(uri).isTrue();
            // Without their partners some do not stand.
            List<Object> before =
                    switch (option) {
                        case PROXY_PASSWORD, PROXY_USERNAME -> values(of("mongodb://localhost/?proxyHost=x"));
                        case AUTH_MECHANISM_PROPERTIES -> values(of("mongodb://localhost/"));
                        default -> values(of(without));
                    };
            assertThat(values(of(uri))).as(uri + " against " + without).isNotEqualTo(before);
        });
    }

    private static String without(String uri, UriOption option) {
        int question = uri.indexOf('?');
        List<String> kept = new ArrayList<>(List.of(uri.substring(question + 1).split("&", -1)));
        assertThat(kept.removeIf(pair -> pair.startsWith(option.uriName() + "=")))
                .isTrue();
        return uri.substring(0, question + 1) + String.join("&", kept);
    }

    @Test
    void theBuilderSaysWhateverAConnectionStringSays() {
        MongoClientSettings said =
                of("mongodb://u:p@a:1,b:2/db?appName=app&authMechanism=SCRAM-SHA-256&compressors=zlib,"
                        + "snappy&zlibCompressionLevel=3&connectTimeoutMS=1&enableOverloadRetargeting=true&heartbeatFrequencyMS=501"
                        + "&journal=true&localThresholdMS=2&loops=3&maxAdaptiveRetries=4&maxConnecting=5&maxIdleTimeMS=6"
                        + "&maxPoolSize=70&maxStalenessSeconds=91&minPoolSize=8&proxyHost=p&proxyPort=9&proxyUsername=pu"
                        + "&proxyPassword=pp&readConcernLevel=majority&readPreference=nearest&readPreferenceTags=a:b&replicaSet=rs"
                        + "&retryReads=false&retryWrites=false&serverMonitoringMode=poll&serverSelectionTimeoutMS=10"
                        + "&socketTimeoutMS=11&timeoutMS=12&tls=true&tlsAllowInvalidHostnames=true&tlsCAFile=ca"
                        + "&tlsCertificateKeyFile=key&tlsCertificateKeyFilePassword=kp&tlsDisableOCSPEndpointCheck=true"
                        + "&transport=nio&uuidRepresentation=standard&w=majority&wTimeoutMS=13&waitQueueTimeoutMS=14");
        MongoClientSettings built = MongoClientSettings.builder()
                .defaultDatabase("db")
                .applicationName("app")
                .credential(MongoCredential.createScramSha256Credential("u", "db", "p".toCharArray()))
                .compressors(List.of(MongoCompressor.ZLIB.withLevel(3), MongoCompressor.SNAPPY))
                .applyToSocketSettings(
                        b -> b.connectTimeout(Duration.ofMillis(1)).socketTimeout(Duration.ofMillis(11)))
                .enableOverloadRetargeting(true)
                .applyToTopologySettings(b -> b.hosts(List.of(new ServerAddress("a", 1), new ServerAddress("b", 2)))
                        .heartbeatFrequency(Duration.ofMillis(501))
                        .localThreshold(Duration.ofMillis(2))
                        .replicaSet("rs")
                        .serverMonitoringMode(ServerMonitoringMode.POLL)
                        .serverSelectionTimeout(Duration.ofMillis(10)))
                .loops(3)
                .maxAdaptiveRetries(4)
                .applyToConnectionPoolSettings(b -> b.maxConnecting(5)
                        .maxIdleTime(Duration.ofMillis(6))
                        .maxSize(70)
                        .minSize(8)
                        .maxWaitTime(Duration.ofMillis(14)))
                .proxySettings(new ProxySettings("p", 9, "pu", Secret.of("pp")))
                .readConcern(ReadConcern.MAJORITY)
                .readPreference(new ReadPreference(
                        ReadPreference.Mode.NEAREST, List.of(new TagSet(Map.of("a", "b"))), Duration.ofSeconds(91)))
                .retryReads(false)
                .retryWrites(false)
                .timeout(Duration.ofMillis(12))
                .applyToTlsSettings(b -> b.enabled(true)
                        .allowInvalidHostnames(true)
                        .caFile("ca")
                        .certificateKeyFile("key")
                        .certificateKeyFilePassword(Secret.of("kp"))
                        .disableOcspEndpointCheck(true))
                .transport("nio")
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .writeConcern(new WriteConcern("majority", Duration.ofMillis(13), true))
                .build();
        assertThat(values(built)).isEqualTo(values(said));
    }

    @Test
    void theDefaultsAreThoseOfTheSpecifications() {
        MongoClientSettings settings = MongoClientSettings.builder().build();
        assertThat(settings.topologySettings().hosts()).containsExactly(new ServerAddress("localhost", 27017));
        assertThat(settings.topologySettings().serverSelectionTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.topologySettings().localThreshold()).isEqualTo(Duration.ofMillis(15));
        assertThat(settings.topologySettings().heartbeatFrequency()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.topologySettings().serverMonitoringMode()).isEqualTo(ServerMonitoringMode.AUTO);
        assertThat(settings.topologySettings().srvServiceName()).isEqualTo("mongodb");
        assertThat(settings.connectionPoolSettings())
                .isEqualTo(new ConnectionPoolSettings(100, 0, 2, Duration.ZERO, Duration.ZERO));
        assertThat(settings.socketSettings())
                .isEqualTo(new SocketSettings(Duration.ofSeconds(10), Duration.ZERO, TcpOptions.DEFAULT));
        assertThat(settings.tlsSettings()).isEqualTo(TlsSettings.DISABLED);
        assertThat(settings.retryReads()).isTrue();
        assertThat(settings.retryWrites()).isTrue();
        assertThat(settings.maxAdaptiveRetries()).isEqualTo(2);
        assertThat(settings.enableOverloadRetargeting()).isFalse();
        assertThat(settings.timeout()).isNull();
        assertThat(settings.readPreference()).isEqualTo(ReadPreference.PRIMARY);
        assertThat(settings.uuidRepresentation()).isEqualTo(UuidRepresentation.UNSPECIFIED);
        assertThat(settings.codecRegistry()).isSameAs(MongoClientSettings.DEFAULT_CODEC_REGISTRY);
        assertThat(settings.compressors()).isEmpty();
        assertThat(settings.transportSettings()).isEqualTo(TransportSettings.DEFAULT);
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void toBuilderKeepsEverything() {
        CodecRegistry registry = CodecRegistries.fromCodecs();
        Executor executor = Runnable::run;
        ContextCarrier carrier = () -> ContextCarrier.Snapshot.NONE;
        CommandListener command = new CommandListener() {};
        ConnectionPoolListener pool = new ConnectionPoolListener() {};
        ServerListener server = new ServerListener() {};
        ServerMonitorListener monitor = new ServerMonitorListener() {};
        TopologyListener topology = new TopologyListener() {};
        Object loops = new Object();
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb+srv://u:p@h.example.com/?foo=bar"))
                .codecRegistry(registry)
                .completionExecutor(executor)
                .contextCarrier(carrier)
                .addCommandListener(command)
                .addConnectionPoolListener(pool)
                .addServerListener(server)
                .addServerMonitorListener(monitor)
                .addTopologyListener(topology)
                .driverInformation(new MongoDriverInformation("lib", "1", ""))
                .serverApi(ServerApi.V1.withStrict(true))
                .foreignLoops(loops)
                .loops(2)
                .build();
        MongoClientSettings copy = settings.toBuilder().build();
        assertThat(values(copy)).isEqualTo(values(settings));
        assertThat(copy.codecRegistry()).isSameAs(registry);
        assertThat(copy.completionExecutor()).isSameAs(executor);
        assertThat(copy.contextCarrier()).isSameAs(carrier);
        assertThat(copy.commandListeners()).containsExactly(command);
        assertThat(copy.connectionPoolListeners()).containsExactly(pool);
        assertThat(copy.serverListeners()).containsExactly(server);
        assertThat(copy.serverMonitorListeners()).containsExactly(monitor);
        assertThat(copy.topologyListeners()).containsExactly(topology);
        assertThat(copy.transportSettings().foreignLoops()).isSameAs(loops);
        assertThat(copy.transportSettings().loops()).isEqualTo(2);
        assertThat(copy.topologySettings().srvHost()).isEqualTo("h.example.com");
        assertThat(copy.warnings()).containsExactly("Unsupported option \"foo\" is ignored");
        assertThat(settings.toBuilder().commandListeners(List.of()).build().commandListeners())
                .isEmpty();
    }

    @Test
    void theLaterCallWins() {
        ConnectionString uri = new ConnectionString("mongodb://h/?maxPoolSize=5&retryReads=false");
        MongoClientSettings uriFirst = MongoClientSettings.builder()
                .applyConnectionString(uri)
                .applyToConnectionPoolSettings(b -> b.maxSize(6))
                .build();
        MongoClientSettings uriLast = MongoClientSettings.builder()
                .applyToConnectionPoolSettings(b -> b.maxSize(6).minSize(1))
                .retryWrites(false)
                .applyConnectionString(uri)
                .build();
        assertThat(uriFirst.connectionPoolSettings().maxSize()).isEqualTo(6);
        assertThat(uriLast.connectionPoolSettings().maxSize()).isEqualTo(5);
        // What the string does not mention stays.
        assertThat(uriLast.connectionPoolSettings().minSize()).isEqualTo(1);
        assertThat(uriLast.retryWrites()).isFalse();
        assertThat(uriLast.retryReads()).isFalse();
    }

    @Test
    void anSslContextOfCodeSurvivesAConnectionStringThatTurnsEncryptionOn() throws NoSuchAlgorithmException {
        SSLContext context = SSLContext.getDefault();
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyToTlsSettings(b -> b.context(context))
                .applyConnectionString(new ConnectionString("mongodb://h/?tls=true&tlsAllowInvalidHostnames=true"))
                .build();
        assertThat(settings.tlsSettings().context()).isSameAs(context);
        assertThat(settings.tlsSettings().enabled()).isTrue();
        assertThat(settings.tlsSettings().allowInvalidHostnames()).isTrue();
    }

    @Test
    void settingsMayBeWrongInBetweenAsLongAsTheyEndUpRight() {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://h/?minPoolSize=200"))
                .applyToConnectionPoolSettings(b -> b.maxSize(300))
                .build();
        assertThat(settings.connectionPoolSettings().minSize()).isEqualTo(200);
    }

    @Test
    void eachWarningIsKeptOnce() {
        ConnectionString uri = new ConnectionString("mongodb://h/?foo=bar");
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(uri)
                .applyConnectionString(uri)
                .build();
        assertThat(settings.warnings()).hasSize(1);
    }

    @Test
    void theBuilderRefusesWhatAConnectionStringRefusesInTheSameWords() {
        refusedAlike(
                "mongodb://a,b/?directConnection=true",
                b -> b.applyToTopologySettings(
                        t -> t.hosts(List.of(new ServerAddress("a", 1), new ServerAddress("b", 1)))
                                .directConnection(true)));
        refusedAlike(
                "mongodb://a/?loadBalanced=true&replicaSet=rs",
                b -> b.applyToTopologySettings(t -> t.loadBalanced(true).replicaSet("rs")));
        refusedAlike(
                "mongodb://a/?loadBalanced=true&directConnection=true",
                b -> b.applyToTopologySettings(t -> t.loadBalanced(true).directConnection(true)));
        refusedAlike(
                "mongodb+srv://a/?srvMaxHosts=1&replicaSet=rs",
                b -> b.applyToTopologySettings(
                        t -> t.srvHost("a").srvMaxHosts(1).replicaSet("rs")));
        refusedAlike("mongodb://a/?srvMaxHosts=1", b -> b.applyToTopologySettings(t -> t.srvMaxHosts(1)));
        refusedAlike("mongodb://a/?srvServiceName=x", b -> b.applyToTopologySettings(t -> t.srvServiceName("x")));
        refusedAlike(
                "mongodb://a/?minPoolSize=2&maxPoolSize=1",
                b -> b.applyToConnectionPoolSettings(p -> p.minSize(2).maxSize(1)));
        refusedAlike(
                "mongodb://a/?tlsAllowInvalidCertificates=true&tlsDisableOCSPEndpointCheck=true",
                b -> b.applyToTlsSettings(t -> t.allowInvalidCertificates(true).disableOcspEndpointCheck(true)));
        refusedAlike(
                "mongodb://a/?authMechanism=MONGODB-OIDC&authMechanismProperties=ENVIRONMENT:gcp",
                b -> b.credential(
                        MongoCredential.createOidcCredential(null).withMechanismProperty("ENVIRONMENT", "gcp")));
        refusedAlike(
                "mongodb://u@a/?authMechanism=GSSAPI&authMechanismProperties=NONSENSE:x",
                b -> b.credential(MongoCredential.createGSSAPICredential("u").withMechanismProperty("NONSENSE", "x")));
    }

    private static void refusedAlike(String uri, Consumer<MongoClientSettings.Builder> change) {
        String ofUri = message(() -> new ConnectionString(uri));
        String ofBuilder = message(() -> {
            MongoClientSettings.Builder builder = MongoClientSettings.builder();
            change.accept(builder);
            builder.build();
        });
        assertThat(ofUri).isEqualTo("Invalid connection string: " + ofBuilder);
    }

    private static String message(Runnable action) {
        try {
            action.run();
        } catch (MongoConfigurationException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    void theBuilderRefusesWhatIsOutOfRange() {
        refused(b -> b.applicationName("x".repeat(129)), "appName");
        refused(b -> b.applicationName(""), "appName");
        refused(b -> b.timeout(Duration.ofMillis(-1)), "timeoutMS");
        refused(b -> b.maxAdaptiveRetries(-1), "maxAdaptiveRetries");
        refused(
                b -> b.applyToTopologySettings(t -> t.heartbeatFrequency(Duration.ofMillis(499))),
                "heartbeatFrequency");
        refused(b -> b.applyToTopologySettings(t -> t.serverSelectionTimeout(Duration.ZERO)), "serverSelectionTimeout");
        refused(b -> b.applyToTopologySettings(t -> t.localThreshold(Duration.ofMillis(-1))), "localThreshold");
        refused(b -> b.applyToTopologySettings(t -> t.srvHost("h").srvMaxHosts(-1)), "srvMaxHosts");
        refused(b -> b.applyToTopologySettings(t -> t.srvHost("h").srvServiceName("-")), "srvServiceName");
        refused(b -> b.applyToTopologySettings(t -> t.hosts(List.of())), "host");
        refused(b -> b.applyToTopologySettings(t -> t.replicaSet("")), "replicaSet");
        refused(b -> b.applyToConnectionPoolSettings(p -> p.maxConnecting(0)), "maxConnecting");
        refused(b -> b.applyToConnectionPoolSettings(p -> p.maxIdleTime(Duration.ofMillis(-1))), "maxIdleTime");
        refused(b -> b.applyToSocketSettings(s -> s.connectTimeout(Duration.ofMillis(-1))), "connectTimeout");
        refused(b -> b.applyToSocketSettings(s -> s.socketTimeout(Duration.ofMillis(-1))), "socketTimeout");
        refused(
                b -> b.applyConnectionString(new ConnectionString("mongodb://u@h/?authMechanism=SCRAM-SHA-256")),
                "authMechanism SCRAM-SHA-256 needs a password");
        refused(b -> b.applyConnectionString(new ConnectionString("mongodb://u@h/")), "needs a password");
        refused(b -> b.credential(MongoCredential.createOidcCredential(null)), "needs the property ENVIRONMENT");
        refused(
                b -> {
                    try {
                        b.applyToTlsSettings(t -> t.caFile("ca")).applyToTlsSettings(t -> t.context(context()));
                    } catch (MongoConfigurationException e) {
                        throw new AssertionError("too early", e);
                    }
                },
                "SSLContext");
    }

    private static SSLContext context() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(Consumer<MongoClientSettings.Builder> change, String says) {
        MongoClientSettings.Builder builder = MongoClientSettings.builder();
        change.accept(builder);
        assertThatThrownBy(builder::build)
                .isExactlyInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining(says);
    }

    @Test
    void howMuchOfADocumentIsLoggedIsLeftToTheEnvironmentUnlessItIsSaid() {
        assertThat(MongoClientSettings.builder().build().maxLoggedDocumentLength())
                .isNull();
        MongoClientSettings said =
                MongoClientSettings.builder().maxLoggedDocumentLength(0).build();
        assertThat(said.toBuilder().build().maxLoggedDocumentLength()).isZero();
        assertThatThrownBy(() -> MongoClientSettings.builder().maxLoggedDocumentLength(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
