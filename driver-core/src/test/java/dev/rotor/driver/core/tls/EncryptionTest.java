package dev.rotor.driver.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.Secret;
import dev.rotor.driver.TlsSettings;
import dev.rotor.testserver.tls.TestAuthority;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {

    private static final SSLContext CONTEXT =
            TestAuthority.create("Own").client("CN=own").context();

    private static SSLEngine engine(TlsSettings settings, String host) {
        return Objects.requireNonNull(Encryption.of(settings, Handshakes.RESOURCES))
                .newEngine(host, 27017);
    }

    @Test
    void plainTextNeedsNothing() {
        assertThat(Encryption.of(TlsSettings.DISABLED, Handshakes.RESOURCES)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "db1.example.test, db1.example.test",
        "db1.example.test., db1.example.test",
        "bücher.example.test, xn--bcher-kva.example.test"
    })
    void serversAreToldTheNameThatIsMeant(String host, String name) {
        assertThat(engine(TlsSettings.ENABLED, host).getSSLParameters().getServerNames())
                .containsExactly(new SNIHostName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "2001:db8::1", "under_score.test"})
    void whatIsNoNameIsNotSentAsOne(String host) {
        assertThat(engine(TlsSettings.ENABLED, host).getSSLParameters().getServerNames())
                .isNullOrEmpty();
    }

    @Test
    void enginesSpeakTls12And13AndCheckHosts() {
        SSLEngine engine = engine(TlsSettings.ENABLED, "db1.example.test");
        assertThat(engine.getUseClientMode()).isTrue();
        assertThat(engine.getSSLParameters().getProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
        SSLEngine lax = engine(TlsSettings.builder().allowInvalidHostnames(true).build(), "db1.example.test");
        assertThat(lax.getSSLParameters().getEndpointIdentificationAlgorithm()).isNullOrEmpty();
    }

    @Test
    void whatLetsStrangersPoseAsTheServerIsWarnedOfByName() {
        assertThat(Encryption.warnings(TlsSettings.ENABLED)).isEmpty();
        assertThat(Encryption.warnings(TlsSettings.builder().insecure(true).build()))
                .containsExactly("tlsInsecure: neither certificates nor host names of servers are checked, so that"
                        + " anybody on the way can read and change what is sent");
        assertThat(Encryption.warnings(
                        TlsSettings.builder().allowInvalidCertificates(true).build()))
                .containsExactly("tlsAllowInvalidCertificates: certificates of servers are not checked, so that anybody"
                        + " on the way can read and change what is sent");
        assertThat(Encryption.warnings(
                        TlsSettings.builder().allowInvalidHostnames(true).build()))
                .containsExactly(
                        "tlsAllowInvalidHostnames: whoever has a certificate of a trusted authority can pose as"
                                + " the server");
        assertThat(Encryption.warnings(
                        TlsSettings.builder().enabled(false).insecure(true).build()))
                .isEmpty();
    }

    @Test
    void aPasswordOfNoFileIsWarnedOfAndNotShown() {
        TlsSettings settings = TlsSettings.builder()
                .certificateKeyFilePassword(Secret.of("hunter2"))
                .build();
        assertThat(Encryption.warnings(settings))
                .containsExactly("tlsCertificateKeyFilePassword has no effect without tlsCertificateKeyFile");
        assertThat(settings.toString()).doesNotContain("hunter2");
    }

    @Test
    void whatAContextOfTheApplicationDecidesItselfIsSaid() {
        assertThat(Encryption.warnings(TlsSettings.builder()
                        .context(CONTEXT)
                        .allowInvalidHostnames(true)
                        .build()))
                .hasSize(1);
        assertThat(Encryption.warnings(TlsSettings.builder()
                        .context(CONTEXT)
                        .disableOcspEndpointCheck(true)
                        .build()))
                .containsExactly(
                        "tlsDisableOCSPEndpointCheck has no effect on an SSLContext, which has trust of its own");
        assertThat(Encryption.warnings(TlsSettings.builder()
                        .context(CONTEXT)
                        .disableCertificateRevocationCheck(true)
                        .build()))
                .containsExactly("tlsDisableCertificateRevocationCheck has no effect on an SSLContext, which has trust"
                        + " of its own");
        assertThat(Encryption.warnings(
                        TlsSettings.builder().context(CONTEXT).insecure(true).build()))
                .contains("tlsAllowInvalidCertificates has no effect on an SSLContext, which has trust of its own");
    }

    @Test
    void aContextOfTheApplicationExcludesFiles() {
        String sentence =
                "tlsCAFile, tlsCertificateKeyFile and tlsCertificateKeyFilePassword cannot be combined with an"
                        + " SSLContext, which has trust and keys of its own";
        for (TlsSettings.Builder each : new TlsSettings.Builder[] {
            TlsSettings.builder().caFile("x.pem"),
            TlsSettings.builder().certificateKeyFile("x.pem"),
            TlsSettings.builder().certificateKeyFilePassword(Secret.of("x"))
        }) {
            assertThatThrownBy(() -> each.context(CONTEXT).build())
                    .isInstanceOf(MongoConfigurationException.class)
                    .hasMessage(sentence);
        }
    }
}
