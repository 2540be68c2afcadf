package dev.rotor.driver.core.topology;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.conformance.CaseGroup;
import dev.rotor.conformance.Format;
import dev.rotor.conformance.Options;
import dev.rotor.conformance.SpecificationCases;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TopologySettings;
import dev.rotor.driver.core.dns.Seeds;
import dev.rotor.driver.core.topology.TopologyFixture.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The tests of Initial DNS Seedlist Discovery: with records as its README lists them, and servers that say of
 * themselves what the deployments of that README would. Where a test pings, a server is selected.
 */
public final class SeedlistFormat implements Format {

    /** Of questions and answers; more would be a monitor that does not rest. */
    private static final int ROUNDS = 10;

    /** For the service loader. */
    public SeedlistFormat() {}

    @Override
    public String name() {
        return "initial DNS seedlist discovery";
    }

    @Override
    public List<CaseGroup> groups(Options options) {
        return SpecificationCases.files(
                options,
                "initial-dns-seedlist-discovery/tests",
                file -> file.isString("uri") && !file.containsKey("schemaVersion"),
                SeedlistFormat::run);
    }

    private static void run(BsonDocument test) {
        MongoClientSettings settings;
        SrvFixture srv;
        try {
            settings = MongoClientSettings.builder()
                    .applyConnectionString(
                            new ConnectionString(test.getString("uri").getValue()))
                    .build();
        } catch (MongoConfigurationException e) {
            expectError(test, e);
            return;
        }
        srv = new SrvFixture(TestZone.dns(), builder -> apply(settings.topologySettings(), builder)).start();
        Selection selection = srv.fixture.select(ServerSelector.WRITABLE);
        if (srv.seeds.isEmpty()) {
            expectError(test, selection.failure());
            return;
        }
        assertThat(test.getBoolean("error", BsonBoolean.FALSE).getValue())
                .as("an error was expected")
                .isFalse();
        Seeds seeds = srv.seeds.get(0);
        checkSeeds(test, seeds);
        discover(test, srv, seeds);
        checkHosts(test, srv);
        if (test.getBoolean("ping", BsonBoolean.TRUE).getValue()) {
            assertThat(selection.server()).isNotNull();
        }
        if (test.isDocument("options")) {
            String authSource = authSource(test.getString("uri").getValue(), settings.credential(), seeds);
            test.getDocument("options")
                    .forEach((name, expected) -> checkOption(settings, seeds, authSource, name, expected));
        }
        if (test.isDocument("parsed_options")) {
            test.getDocument("parsed_options")
                    .forEach((name, expected) ->
                            checkParsed(test.getString("uri").getValue(), name, expected));
        }
    }

    private static void expectError(BsonDocument test, Throwable failure) {
        assertThat(test.getBoolean("error", BsonBoolean.FALSE).getValue())
                .as("no error was expected, but: " + failure.getMessage())
                .isTrue();
    }

    private static void apply(TopologySettings from, TopologySettings.Builder to) {
        to.srvHost(from.srvHost())
                .srvMaxHosts(from.srvMaxHosts())
                .srvServiceName(from.srvServiceName())
                .replicaSet(from.replicaSet());
        if (from.loadBalancedSet()) {
            to.loadBalanced(from.loadBalanced());
        }
    }

    private static void checkSeeds(BsonDocument test, Seeds seeds) {
        List<String> found = seeds.hosts().stream().map(ServerAddress::toString).toList();
        if (test.isArray("seeds")) {
            assertThat(found).containsExactlyInAnyOrderElementsOf(strings(test, "seeds"));
        }
        if (test.containsKey("numSeeds")) {
            assertThat(found).hasSize(test.getNumber("numSeeds").intValue());
        }
    }

    /** Servers answer as those of the deployment whose hosts the test expects, until nobody asks any more. */
    private static void discover(BsonDocument test, SrvFixture srv, Seeds seeds) {
        List<String> expected = test.isArray("hosts") ? strings(test, "hosts") : List.of();
        List<String> found = seeds.hosts().stream().map(ServerAddress::toString).toList();
        boolean sharded = expected.isEmpty() || found.containsAll(expected);
        boolean asked = !seeds.loadBalanced();
        for (int round = 0; asked && round < ROUNDS; round++) {
            asked = false;
            for (ServerAddress address :
                    List.copyOf(srv.fixture.manager.description().servers().keySet())) {
                // A server may have been removed by what the one before has said.
                if (!srv.fixture.connections.open(address).isEmpty()
                        && srv.fixture.connections.only(address).isAsked()) {
                    srv.fixture.answer(address, sharded ? SrvFixture.MONGOS : member(expected, address.port()));
                    srv.fixture.settle();
                    asked = true;
                }
            }
        }
    }

    /** Members know each other by names other than those in DNS; the one with the lowest port is primary. */
    private static String member(List<String> members, int port) {
        String me = members.stream()
                .filter(member -> member.endsWith(":" + port))
                .findFirst()
                .orElseThrow();
        boolean primary = me.equals(new TreeSet<>(members).first());
        return "{ok: 1, isWritablePrimary: " + primary + ", secondary: " + !primary + ", setName: 'repl0', me: '" + me
                + "', hosts: ['" + String.join("', '", members) + "'], maxWireVersion: 21}";
    }

    private static void checkHosts(BsonDocument test, SrvFixture srv) {
        if (test.isArray("hosts")) {
            assertThat(srv.hosts()).containsExactlyElementsOf(new TreeSet<>(strings(test, "hosts")));
        }
        if (test.containsKey("numHosts")) {
            assertThat(srv.hosts()).hasSize(test.getNumber("numHosts").intValue());
        }
    }

    private static void checkOption(
            MongoClientSettings settings, Seeds seeds, String authSource, String name, BsonValue expected) {
        TopologySettings topology = settings.topologySettings();
        Object actual =
                switch (name) {
                    case "replicaSet" -> seeds.replicaSet();
                    case "loadBalanced" -> seeds.loadBalanced();
                    case "ssl", "tls" -> settings.tlsSettings().enabled();
                    case "directConnection" -> topology.directConnection();
                    case "srvMaxHosts" -> topology.srvMaxHosts();
                    case "srvServiceName" -> topology.srvServiceName();
                    case "authSource" -> authSource;
                    default -> throw new AssertionError("unknown option " + name);
                };
        assertThat(String.valueOf(actual)).as(name).isEqualTo(text(expected));
    }

    /** A client without a credential has no source; then it is what the same string would give one. */
    private static String authSource(String uri, @Nullable MongoCredential credential, Seeds seeds) {
        MongoCredential asked = credential != null
                ? credential
                : requireNonNull(new ConnectionString(uri.replace("://", "://u:p@")).credential());
        return requireNonNull(seeds.apply(asked)).source();
    }

    private static void checkParsed(String uri, String name, BsonValue expected) {
        ConnectionString parsed = new ConnectionString(uri);
        MongoCredential credential = parsed.credential();
        Object actual =
                switch (name) {
                    case "user" -> requireNonNull(credential).username();
                    case "password" ->
                        new String(requireNonNull(requireNonNull(credential).password())
                                .reveal());
                    case "db", "defaultDatabase", "auth_database" -> parsed.database();
                    default -> throw new AssertionError("unknown parsed option " + name);
                };
        assertThat(actual).as(name).isEqualTo(text(expected));
    }

    private static String text(BsonValue value) {
        if (value.isString()) {
            return value.asString().getValue();
        }
        return value.isBoolean()
                ? String.valueOf(value.asBoolean().getValue())
                : String.valueOf(value.asNumber().longValue());
    }

    private static List<String> strings(BsonDocument test, String name) {
        List<String> strings = new ArrayList<>();
        test.getArray(name).forEach(value -> strings.add(value.asString().getValue()));
        return strings;
    }
}
