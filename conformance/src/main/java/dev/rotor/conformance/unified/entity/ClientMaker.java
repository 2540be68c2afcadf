package dev.rotor.conformance.unified.entity;

import dev.rotor.conformance.CaseSkippedException;
import dev.rotor.conformance.unified.deployment.RunningDeployment;
import dev.rotor.conformance.unified.deployment.TestServerProfiles;
import dev.rotor.conformance.unified.match.RunnerException;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.OidcCallbackResult;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.ServerApiVersion;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Makes clients as cases describe them. */
public final class ClientMaker {

    /** The shortest that is allowed; a case that uses fail points recovers sooner from what they break. */
    private static final String SHORT_HEARTBEAT = "500";

    /** Settings that the specifications leave to drivers, and that this one does without. */
    private static final Set<String> OPTIONAL = Set.of("waitqueuesize", "waitqueuemultiple");

    private static final String PROPERTIES = "authMechanismProperties";

    /** Cases parse what is logged: nothing may be cut off. */
    private static final int LOGGED_LENGTH = 100_000;

    private final RunningDeployment running;
    private final boolean failPoints;

    /**
     * @param running what clients connect to
     * @param failPoints whether the case uses fail points
     */
    public ClientMaker(RunningDeployment running, boolean failPoints) {
        this.running = running;
        this.failPoints = failPoints;
    }

    /** Makes the client of an entity description. */
    public ClientEntity make(BsonDocument description) throws InterruptedException {
        Arguments fields = new Arguments("client", description);
        String id = fields.required("id", Values::string);
        if (fields.has("autoEncryptOpts")) {
            throw new CaseSkippedException("the driver has no client-side encryption");
        }
        if (fields.has("observeTracingMessages")) {
            throw new CaseSkippedException("the driver has no tracing");
        }
        BsonDocument uriOptions = fields.orElse("uriOptions", Values::document, new BsonDocument());
        for (String option : uriOptions.keySet()) {
            if (OPTIONAL.contains(option.toLowerCase(Locale.ROOT))) {
                throw new CaseSkippedException("the driver does not have the optional setting " + option);
            }
        }
        MongoCredential token = token(uriOptions);
        // Cases with tokens set fail points at one mongos and do not say that their client is to use that one.
        Boolean several = fields.optional("useMultipleMongoses", Values::bool);
        UriText uri = UriText.parse(running.uriFor((token != null && several == null) ? Boolean.FALSE : several));
        if (failPoints) {
            uri = uri.orElse("heartbeatFrequencyMS", SHORT_HEARTBEAT);
        }
        uri = uri.with(token == null ? uriOptions : withoutMechanism(uriOptions));
        ClientObserver observer = observer(fields);
        EventRecorder recorder = new EventRecorder(observer::hear);
        ServerApi serverApi = fields.optional("serverApi", ClientMaker::serverApi);
        Duration awaitMinPoolSize = fields.optional("awaitMinPoolSizeMS", Values::millis);
        fields.assertAllUsed();
        MongoClientSettings.Builder builder = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri.toString()))
                .transport(running.transport())
                .serverApi(serverApi)
                .maxLoggedDocumentLength(LOGGED_LENGTH)
                .addCommandListener(recorder)
                .addConnectionPoolListener(recorder)
                .addServerListener(recorder)
                .addServerMonitorListener(recorder)
                .addTopologyListener(recorder);
        if (token != null) {
            builder.credential(token);
        }
        MongoClientSettings settings = builder.build();
        ClientEntity entity = new ClientEntity(id, observer, MongoClient.create(settings));
        try {
            awaitMinPoolSize(entity, observer, settings.connectionPoolSettings().minSize(), awaitMinPoolSize);
        } catch (Throwable failure) {
            entity.release();
            throw failure;
        }
        return entity;
    }

    /** Where the properties are left open: the token of the environment, or that of the test server. */
    private static @Nullable MongoCredential token(BsonDocument uriOptions) {
        if (!uriOptions.isDocument(PROPERTIES)
                || !uriOptions.getDocument(PROPERTIES).containsKey("$$placeholder")
                || !uriOptions.getString("authMechanism").getValue().equals("MONGODB-OIDC")) {
            return null;
        }
        MongoCredential credential = MongoCredential.createOidcCredential(null);
        return System.getenv("OIDC_TOKEN_FILE") != null
                ? credential.withMechanismProperty("ENVIRONMENT", "test")
                : credential.withOidcCallback(context ->
                        CompletableFuture.completedStage(OidcCallbackResult.of(TestServerProfiles.OIDC_TOKEN)));
    }

    private static BsonDocument withoutMechanism(BsonDocument uriOptions) {
        BsonDocument others = uriOptions.clone();
        others.remove(PROPERTIES);
        others.remove("authMechanism");
        return others;
    }

    private static ClientObserver observer(Arguments fields) {
        Map<String, StoredEvents> stored = new TreeMap<>();
        for (BsonDocument each :
                fields.<List<BsonDocument>>orElse("storeEventsAsEntities", Values::documents, List.of())) {
            stored.put(each.getString("id").getValue(), new StoredEvents(strings(each.getArray("events"))));
        }
        BsonDocument levels = fields.optional("observeLogMessages", Values::document);
        return new ClientObserver(
                fields.orElse("observeEvents", ClientMaker::strings, Set.of()),
                fields.orElse("ignoreCommandMonitoringEvents", ClientMaker::strings, Set.of()),
                fields.orElse("observeSensitiveCommands", Values::bool, false),
                stored,
                levels == null ? null : new LogCollector(byName(levels)));
    }

    private static Set<String> strings(BsonValue value) {
        Set<String> strings = new TreeSet<>();
        Values.array(value).forEach(each -> strings.add(Values.string(each)));
        return strings;
    }

    private static Map<String, String> byName(BsonDocument document) {
        Map<String, String> values = new TreeMap<>();
        document.forEach((name, value) -> values.put(name, Values.string(value)));
        return values;
    }

    private static ServerApi serverApi(BsonValue value) {
        Arguments fields = new Arguments("serverApi", Values.document(value));
        String wanted = fields.required("version", Values::string);
        for (ServerApiVersion version : ServerApiVersion.values()) {
            if (version.wireName().equals(wanted)) {
                ServerApi api = new ServerApi(
                        version,
                        fields.optional("strict", Values::bool),
                        fields.optional("deprecationErrors", Values::bool));
                fields.assertAllUsed();
                return api;
            }
        }
        throw new RunnerException("the driver does not support the API version " + wanted);
    }

    private static void awaitMinPoolSize(
            ClientEntity entity, ClientObserver observer, int minSize, @Nullable Duration limit)
            throws InterruptedException {
        if (limit == null || minSize == 0) {
            return;
        }
        MongoClient client = entity.client();
        if (!observer.events().await(() -> isPopulated(client.topologyDescription(), observer, minSize), limit)) {
            throw new AssertionError("the pools of " + entity.name() + " did not have " + minSize
                    + " connections each within " + limit + ": " + client.topologyDescription());
        }
        observer.events().clear();
        if (observer.logs() != null) {
            observer.logs().clear();
        }
    }

    private static boolean isPopulated(TopologyDescription topology, ClientObserver observer, int minSize) {
        boolean known = !topology.servers().isEmpty();
        for (ServerDescription server : topology.servers().values()) {
            known &= server.type() != ServerType.UNKNOWN;
            if (server.type().isDataBearing()
                    && observer.counts()
                                    .ready()
                                    .getOrDefault(server.address(), Set.of())
                                    .size()
                            < minSize) {
                return false;
            }
        }
        return known;
    }
}
