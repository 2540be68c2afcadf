package dev.rotor.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The small values that settings are made of. */
class SettingsValuesTest {

    @Test
    void aSecretIsACopyThatOnlyRevealShows() {
        char[] chars = "secret".toCharArray();
        Secret secret = Secret.of(chars);
        Arrays.fill(chars, 'x');
        assertThat(secret.reveal()).isEqualTo("secret".toCharArray());
        Arrays.fill(secret.reveal(), 'x');
        assertThat(secret.reveal()).isEqualTo("secret".toCharArray());
        assertThat(secret).hasToString("***");
        assertThat(secret.isEmpty()).isFalse();
        assertThat(Secret.of("").isEmpty()).isTrue();
    }

    @Test
    void secretsAreEqualExactlyWhenTheirCharactersAre() {
        assertThat(Secret.of("secret")).isEqualTo(Secret.of("secret")).hasSameHashCodeAs(Secret.of("secret"));
        assertThat(Secret.of("secret"))
                .isNotEqualTo(Secret.of("secreT"))
                .isNotEqualTo(Secret.of("secret1"))
                .isNotEqualTo(Secret.of(""))
                .isNotEqualTo("secret");
    }

    @Test
    void aCredentialHidesItsUserItsPasswordAndItsProperties() {
        MongoCredential credential = MongoCredential.createGSSAPICredential("alice")
                .withMechanismProperty("SERVICE_HOST", "hidden.example.com");
        assertThat(credential)
                .hasToString("MongoCredential[mechanism=GSSAPI, source=$external, username and password hidden]");
        assertThat(credential.mechanismProperties())
                .containsOnly(Map.entry("SERVICE_NAME", "mongodb"), Map.entry("SERVICE_HOST", "hidden.example.com"));
        assertThat(MongoCredential.createCredential("alice", "admin", "secret".toCharArray()))
                .hasToString("MongoCredential[mechanism=default, source=admin, username and password hidden]");
    }

    @Test
    void credentialsAreEqualWhenAllTheirPartsAre() {
        MongoCredential credential = MongoCredential.createPlainCredential("u", "$external", "p".toCharArray());
        assertThat(credential)
                .isEqualTo(MongoCredential.createPlainCredential("u", "$external", "p".toCharArray()))
                .hasSameHashCodeAs(MongoCredential.createPlainCredential("u", "$external", "p".toCharArray()));
        for (MongoCredential other : List.of(
                MongoCredential.createPlainCredential("v", "$external", "p".toCharArray()),
                MongoCredential.createPlainCredential("u", "db", "p".toCharArray()),
                MongoCredential.createPlainCredential("u", "$external", "q".toCharArray()),
                MongoCredential.createScramSha1Credential("u", "$external", "p".toCharArray()),
                credential.withMechanismProperty("A", "b"))) {
            assertThat(credential).isNotEqualTo(other);
        }
    }

    @Test
    void anEmptyUserNameOrSourceIsRefused() {
        assertThatThrownBy(() -> MongoCredential.createCredential("", "admin", new char[0]))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("the user name is empty");
        assertThatThrownBy(() -> MongoCredential.createCredential("u", "", new char[0]))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("authSource is empty");
        assertThatThrownBy(() -> MongoCredential.createMongoX509Credential(""))
                .isInstanceOf(MongoConfigurationException.class);
        assertThat(MongoCredential.createMongoX509Credential().username()).isNull();
    }

    @Test
    void mechanismsHaveTheirCredentialsChecked() {
        for (MongoCredential credential : List.of(
                MongoCredential.createAwsCredential(),
                MongoCredential.createMongoX509Credential("CN=a"),
                MongoCredential.createGSSAPICredential("u").withMechanismProperty("CANONICALIZE_HOST_NAME", "true"),
                MongoCredential.createOidcCredential("u")
                        .withMechanismProperty("ENVIRONMENT", "azure")
                        .withMechanismProperty("TOKEN_RESOURCE", "a,b"),
                MongoCredential.createOidcCredential(null).withMechanismProperty("ENVIRONMENT", "k8s"))) {
            assertThat(MongoClientSettings.builder()
                            .credential(credential)
                            .build()
                            .credential())
                    .isSameAs(credential);
        }
        refused(
                MongoCredential.createAwsCredential().withMechanismProperty("AWS_SESSION_TOKEN", "x"),
                "AWS_SESSION_TOKEN");
        refused(MongoCredential.createMongoX509Credential().withMechanismProperty("A", "x"), "property A");
        refused(
                MongoCredential.createOidcCredential("u").withMechanismProperty("ENVIRONMENT", "test"),
                "takes no user name");
        refused(
                MongoCredential.createCredential("u", "admin", new char[0]).withMechanismProperty("A", "x"),
                "need an authMechanism");
    }

    private static void refused(MongoCredential credential, String says) {
        assertThatThrownBy(() ->
                        MongoClientSettings.builder().credential(credential).build())
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining(says);
    }

    @Test
    void aProxyHasUserAndPasswordOrNeither() {
        assertThat(new ProxySettings("p", 1080, "alice", Secret.of("secret")))
                .hasToString("ProxySettings[host=p, port=1080, username and password hidden]");
        assertThat(new ProxySettings("p", 1)).hasToString("ProxySettings[host=p, port=1]");
        assertThatIllegalArgumentException().isThrownBy(() -> new ProxySettings("", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProxySettings("p", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProxySettings("p", 65536));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProxySettings("p", 1, "u", null));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProxySettings("p", 1, null, Secret.of("s")));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProxySettings("p", 1, "", Secret.of("s")));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProxySettings("p", 1, "u", Secret.of("")));
    }

    @Test
    void onlyZlibHasLevels() {
        assertThat(MongoCompressor.ZLIB.withLevel(9).level()).isEqualTo(9);
        assertThatIllegalArgumentException().isThrownBy(() -> MongoCompressor.ZLIB.withLevel(10));
        assertThatIllegalArgumentException().isThrownBy(() -> MongoCompressor.ZLIB.withLevel(-2));
        assertThatIllegalArgumentException().isThrownBy(() -> MongoCompressor.SNAPPY.withLevel(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new MongoCompressor("", -1));
    }

    @Test
    void driverInformationMustNotContainTheSeparatorOfTheHandshake() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MongoDriverInformation("a|b", "", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new MongoDriverInformation("a", "1|2", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new MongoDriverInformation("a", "", "|"));
        assertThatIllegalArgumentException().isThrownBy(() -> new MongoDriverInformation("", "1", ""));
    }

    @Test
    void aUnixDomainSocketIsAPathAndANameIsNot() {
        assertThat(ServerAddress.parse("/tmp/mongodb-27017.sock").isUnixSocket())
                .isTrue();
        assertThat(ServerAddress.parse("rel/mongodb.sock").isUnixSocket()).isTrue();
        assertThat(ServerAddress.parse("mongodb.sock")).isEqualTo(new ServerAddress("mongodb.sock", 27017));
    }

    @Test
    void encryptionIsImpliedByWhateverIsSaidAboutIt() {
        assertThat(TlsSettings.builder().build()).isEqualTo(TlsSettings.DISABLED);
        assertThat(TlsSettings.builder().enabled(true).build()).isEqualTo(TlsSettings.ENABLED);
        assertThat(TlsSettings.builder().certificateKeyFile("k").build().enabled())
                .isTrue();
        assertThat(TlsSettings.builder().insecure(true).build().enabled()).isTrue();
        assertThat(TlsSettings.builder().enabled(false).insecure(true).build().enabled())
                .isFalse();
    }

    @Test
    void aSnapshotRestoresAroundATaskEvenWhenItFails() {
        List<String> steps = new ArrayList<>();
        ContextCarrier.Snapshot snapshot = () -> {
            steps.add("restored");
            return () -> steps.add("closed");
        };
        snapshot.run(() -> steps.add("ran"));
        assertThat(steps).containsExactly("restored", "ran", "closed");
        steps.clear();
        assertThatThrownBy(() -> snapshot.run(() -> {
                    throw new IllegalStateException("boom");
                }))
                .hasMessage("boom");
        assertThat(steps).containsExactly("restored", "closed");
        ContextCarrier.Snapshot.NONE.run(() -> steps.add("none"));
        assertThat(steps).endsWith("none");
    }

    @Test
    void theStableApiIsAValue() {
        ServerApi api = ServerApi.V1.withStrict(true).withDeprecationErrors(false);
        assertThat(api).isEqualTo(new ServerApi(ServerApiVersion.V1, true, false));
        assertThat(api.version().wireName()).isEqualTo("1");
    }
}
