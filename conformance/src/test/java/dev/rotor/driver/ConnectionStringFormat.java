package dev.rotor.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.conformance.CaseGroup;
import dev.rotor.conformance.CaseSkippedException;
import dev.rotor.conformance.Format;
import dev.rotor.conformance.Options;
import dev.rotor.conformance.SpecificationCases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Runs the tests of the Connection String, URI Options, Authentication, and Read and Write Concern specifications. */
public final class ConnectionStringFormat implements Format {

    /** For the service loader. */
    public ConnectionStringFormat() {}

    @Override
    public String name() {
        return "connection strings";
    }

    @Override
    public List<CaseGroup> groups(Options options) {
        List<CaseGroup> groups = new ArrayList<>();
        for (String folder :
                List.of("connection-string/tests", "uri-options/tests", "auth/tests", "read-write-concern/tests")) {
            groups.addAll(SpecificationCases.tests(
                    options, folder, ConnectionStringFormat::isOfUris, ConnectionStringFormat::run));
        }
        return groups;
    }

    private static boolean isOfUris(BsonDocument file) {
        return file.isArray("tests")
                && file.getArray("tests").stream()
                        .allMatch(test -> test.isDocument() && test.asDocument().isString("uri"));
    }

    private static void run(BsonDocument test) {
        String uri = test.getString("uri").getValue();
        skipIf(
                uri.contains("serverSelectionTryOnce"),
                "serverSelectionTryOnce is for single-threaded drivers; the URI Options specification lets others leave it"
                        + " out, and Rotor warns of it");
        boolean valid = test.getBoolean("valid").getValue();
        skipIf(
                valid && uri.contains("authMechanism=MONGODB-AWS") && uri.contains("@"),
                "the prose of the Authentication specification forbids explicit credentials for MONGODB-AWS since"
                        + " 2025-09-30, as do other tests of this file");
        if (!valid) {
            skipIf(
                    uri.matches("(?i).*[?&]wtimeoutMS=-.*"),
                    "the tests of the Read and Write Concern specification refuse a negative wTimeoutMS; the prose of"
                            + " the Connection String specification and the URI Options specification's tests warn of it,"
                            + " and so does Rotor");
            assertThatThrownBy(() -> MongoClientSettings.builder()
                            .applyConnectionString(new ConnectionString(uri))
                            .build())
                    .isInstanceOf(MongoConfigurationException.class);
            return;
        }
        ConnectionString parsed = new ConnectionString(uri);
        if (test.containsKey("warning") && test.isBoolean("warning")) {
            assertThat(!parsed.warnings().isEmpty())
                    .as("warned: %s", parsed.warnings())
                    .isEqualTo(test.getBoolean("warning").getValue());
        }
        if (test.isArray("hosts")) {
            compareHosts(test, parsed);
        }
        if (test.isDocument("auth")) {
            compareAuth(test.getDocument("auth"), parsed);
        }
        if (test.isDocument("options")) {
            test.getDocument("options").forEach((name, expected) -> assertThat(plain(option(parsed, name)))
                    .as("option %s", name)
                    .isEqualTo(plain(expected)));
        }
        if (test.isDocument("readConcern")) {
            MongoClientSettings settings =
                    MongoClientSettings.builder().applyConnectionString(parsed).build();
            assertThat(settings.readConcern()).isEqualTo(ConcernFormat.readConcern(test.getDocument("readConcern")));
        }
        if (test.isDocument("writeConcern")) {
            MongoClientSettings settings =
                    MongoClientSettings.builder().applyConnectionString(parsed).build();
            assertThat(settings.writeConcern()).isEqualTo(ConcernFormat.writeConcern(test.getDocument("writeConcern")));
        }
        if (test.containsKey("credential")) {
            compareCredential(test.get("credential"), parsed.credential());
        }
    }

    private static void skipIf(boolean skip, String reason) {
        if (skip) {
            throw new CaseSkippedException(reason);
        }
    }

    private static void compareHosts(BsonDocument test, ConnectionString parsed) {
        List<BsonValue> hosts = test.getArray("hosts").getValues();
        assertThat(parsed.hosts()).hasSameSizeAs(hosts);
        for (int i = 0; i < hosts.size(); i++) {
            BsonDocument host = hosts.get(i).asDocument();
            ServerAddress address = parsed.hosts().get(i);
            assertThat(address.host()).isEqualTo(host.getString("host").getValue());
            if (host.isNumber("port")) {
                assertThat(address.port()).isEqualTo(host.getNumber("port").intValue());
            }
            assertThat(address.isUnixSocket())
                    .isEqualTo(host.getString("type").getValue().equals("unix"));
        }
    }

    private static void compareAuth(BsonDocument auth, ConnectionString parsed) {
        if (auth.isString("db")) {
            assertThat(parsed.database()).isEqualTo(auth.getString("db").getValue());
        }
        MongoCredential credential = parsed.credential();
        assertThat(credential == null ? null : credential.username()).isEqualTo(text(auth.get("username")));
        assertThat(credential == null ? null : reveal(credential.password())).isEqualTo(text(auth.get("password")));
    }

    private static void compareCredential(BsonValue expected, @Nullable MongoCredential credential) {
        if (expected.isNull()) {
            assertThat(credential).isNull();
            return;
        }
        if (credential == null) {
            throw new AssertionError("no credential");
        }
        BsonDocument document = expected.asDocument();
        assertThat(credential.username()).isEqualTo(text(document.get("username")));
        assertThat(reveal(credential.password())).isEqualTo(text(document.get("password")));
        assertThat(credential.source()).isEqualTo(text(document.get("source")));
        AuthMechanism mechanism = credential.mechanism();
        assertThat(mechanism == null ? null : mechanism.wireName()).isEqualTo(text(document.get("mechanism")));
        if (document.isDocument("mechanism_properties")) {
            document.getDocument("mechanism_properties")
                    .forEach((name, value) -> assertThat(credential.mechanismProperties())
                            .containsEntry(name, value.asString().getValue()));
        } else {
            assertThat(credential.mechanismProperties()).isEmpty();
        }
        MongoClientSettings settings =
                MongoClientSettings.builder().credential(credential).build();
        assertThat(settings.credential()).isEqualTo(credential);
    }

    private static @Nullable Object option(ConnectionString parsed, String name) {
        UriOption option = UriOption.find(name);
        if (option == null) {
            throw new AssertionError("unknown option " + name);
        }
        if (option == UriOption.READ_PREFERENCE_TAGS) {
            return parsed.options().tagSets();
        }
        Object value = parsed.options().get(option, Object.class);
        return option == UriOption.MAX_STALENESS && value instanceof Duration time ? (Long) time.toSeconds() : value;
    }

    /** One shape for what was parsed and for what the test expects. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof BsonValue bson) {
            if (bson.isDocument()) {
                Map<String, Object> map = new TreeMap<>();
                bson.asDocument().forEach((name, element) -> map.put(name, String.valueOf(plain(element))));
                return map;
            }
            if (bson.isArray()) {
                return bson.asArray().stream()
                        .map(ConnectionStringFormat::plain)
                        .toList();
            }
            return bson.isBoolean()
                    ? (Object) bson.asBoolean().getValue()
                    : bson.isNumber()
                            ? bson.asNumber().longValue()
                            : bson.asString().getValue();
        }
        if (value instanceof TagSet tagSet) {
            return new TreeMap<>(tagSet.tags());
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ConnectionStringFormat::plain).toList();
        }
        if (value instanceof Duration time) {
            return time.toMillis();
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof AuthMechanism mechanism) {
            return mechanism.wireName();
        }
        if (value instanceof ReadPreference.Mode mode) {
            return mode.wireName();
        }
        if (value instanceof ServerMonitoringMode mode) {
            return mode.wireName();
        }
        return value instanceof Secret secret ? reveal(secret) : value;
    }

    private static @Nullable String reveal(@Nullable Secret secret) {
        return secret == null ? null : new String(secret.reveal());
    }

    private static @Nullable String text(@Nullable BsonValue value) {
        return value instanceof BsonString string ? string.getValue() : null;
    }
}
