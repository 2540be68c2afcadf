package dev.rotor.driver.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.TlsSettings;
import dev.rotor.testserver.tls.TestAuthority;
import dev.rotor.testserver.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which certificates are for which hosts: by whole handshakes. */
class HostNamesTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Names");

    @TempDir
    private Path directory;

    private TlsSettings settings = TlsSettings.ENABLED;

    @BeforeEach
    void trust() throws IOException {
        settings = TlsSettings.builder()
                .caFile(AUTHORITY.writePem(directory).toString())
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "db1.example.test, db1.example.test",
        "DB1.Example.TEST, db1.example.test",
        "db1.example.test, Db1.eXample.test",
        "db1.example.test., db1.example.test",
        "db1.example.test, *.example.test",
        "DB1.example.test, *.EXAMPLE.test",
        "127.0.0.1, 127.0.0.1",
        "::1, ::1",
        "0:0:0:0:0:0:0:1, ::1",
        "fe80::1%eth0, fe80::1",
        "2001:db8::A, 2001:0db8:0:0:0:0:0:a",
        "bücher.example.test, xn--bcher-kva.example.test",
        "xn--bcher-kva.example.test, xn--bcher-kva.example.test",
        "bücher.example.test, *.example.test",
        "db1.bücher.test, *.xn--bcher-kva.test"
    })
    void aHostIsFoundInACertificate(String host, String name) {
        TestCertificate certificate = AUTHORITY.server("other.test", "10.9.8.7", name);
        assertThat(HostNames.covers(certificate.certificate(), host)).isTrue();
        assertThatCode(() -> Handshakes.connect(settings, host, certificate)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "db2.example.test, db1.example.test",
        "example.test, *.example.test",
        "a.b.example.test, *.example.test",
        ".example.test, *.example.test",
        "db1.example.test, *",
        "db1.example.test, d*.example.test",
        "db1.example.test, *1.example.test",
        "db1.example.test, db1.*.test",
        "db1.example.test, *.*.test",
        "db1.example.test.evil.test, db1.example.test",
        "127.0.0.2, 127.0.0.1",
        "::2, ::1",
        "127.0.0.1, *.0.0.1",
        "bücher.example.test, xn--bcher-kvb.example.test"
    })
    void aHostIsNotFoundInACertificateForOthers(String host, String name) {
        TestCertificate certificate = AUTHORITY.serverOf("CN=" + host, name);
        assertThat(HostNames.covers(certificate.certificate(), host)).isFalse();
        assertThatThrownBy(() -> Handshakes.connect(settings, host, certificate))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("the certificate is for " + (name.equals("::1") ? "0:0:0:0:0:0:0:1" : name)
                        + ", not for " + HostNames.canonical(host) + "; connect by a name that it has");
    }

    @Test
    void anAddressIsNoNameAndANameNoAddress() {
        assertThat(HostNames.covers(AUTHORITY.server("DNS:127.0.0.1").certificate(), "127.0.0.1"))
                .isFalse();
        assertThat(HostNames.covers(AUTHORITY.server("127.0.0.1").certificate(), "localhost"))
                .isFalse();
        assertThat(HostNames.isAddress("127.0.0.1")).isTrue();
        assertThat(HostNames.isAddress("127.0.0.256")).isFalse();
        assertThat(HostNames.isAddress("1.2.3")).isFalse();
        assertThat(HostNames.isAddress("face.test")).isFalse();
        assertThat(HostNames.isAddress("face::1")).isTrue();
    }

    private static String refusal(TlsSettings settings, String host, TestCertificate server) {
        Throwable thrown = catchThrowable(() -> Handshakes.connect(settings, host, server));
        assertThat(thrown).isInstanceOf(SSLHandshakeException.class);
        return TlsTrouble.words(String.valueOf(thrown.getMessage()));
    }

    @Test
    void aCommonNameDoesNotCount() {
        TestCertificate named = AUTHORITY.serverOf("CN=db1.example.test");
        assertThat(refusal(settings, "db1.example.test", named))
                .isEqualTo("the certificate CN=db1.example.test has no subject alternative names, and its common name"
                        + " does not count; have one issued with DNS:db1.example.test");
        TestCertificate addressed = AUTHORITY.serverOf("CN=127.0.0.1");
        assertThat(refusal(settings, "127.0.0.1", addressed))
                .isEqualTo("the certificate CN=127.0.0.1 has no subject alternative names, and its common name does"
                        + " not count; have one issued with IP:127.0.0.1");
    }

    @Test
    void namesDoNotMatterWhereTheyAreAllowedToBeWrong() {
        TestCertificate other = AUTHORITY.server("db2.example.test");
        assertThatCode(() -> Handshakes.connect(
                        settings.toBuilder().allowInvalidHostnames(true).build(), "db1.example.test", other))
                .doesNotThrowAnyException();
    }

    @Test
    void namesMatterThoughCertificatesMayBeInvalid() {
        TestAuthority stranger = TestAuthority.create("A stranger");
        TlsSettings any = settings.toBuilder().allowInvalidCertificates(true).build();
        assertThatCode(() -> Handshakes.connect(any, "db1.example.test", stranger.server("db1.example.test")))
                .doesNotThrowAnyException();
        assertThatCode(() -> Handshakes.connect(any, "db1.example.test", stranger.expiredServer("db1.example.test")))
                .doesNotThrowAnyException();
        assertThat(refusal(any, "db1.example.test", stranger.server("db2.example.test")))
                .startsWith("the certificate is for db2.example.test, not for db1.example.test");
        assertThatCode(() -> Handshakes.connect(
                        TlsSettings.builder().insecure(true).build(),
                        "db1.example.test",
                        stranger.expiredServer("db2.example.test")))
                .doesNotThrowAnyException();
    }
}
