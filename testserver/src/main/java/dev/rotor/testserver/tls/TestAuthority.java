package dev.rotor.testserver.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A certificate authority of a test's own. */
public final class TestAuthority {

    private final X509Bundle root;

    private TestAuthority(X509Bundle root) {
        this.root = root;
    }

    /**
     * Makes an authority with a fresh key.
     *
     * @param name the common name of its certificate
     */
    public static TestAuthority create(String name) {
        return new TestAuthority(built(() -> base("CN=" + name + ",O=Rotor tests")
                .setIsCertificateAuthority(true)
                .setKeyUsage(
                        true,
                        CertificateBuilder.KeyUsage.keyCertSign,
                        CertificateBuilder.KeyUsage.cRLSign,
                        CertificateBuilder.KeyUsage.digitalSignature)
                .buildSelfSigned()));
    }

    /** A server's certificate, for these host names and IP addresses. */
    public TestCertificate server(String... names) {
        return issued(named("CN=rotor test server,O=Rotor tests", names).addExtendedKeyUsageServerAuth());
    }

    /** The same, with an RSA key. */
    public TestCertificate rsaServer(String... names) {
        return issued(
                named("CN=rotor test server,O=Rotor tests", names).rsa2048().addExtendedKeyUsageServerAuth());
    }

    /** A server's certificate whose time is over. */
    public TestCertificate expiredServer(String... names) {
        return issued(named("CN=rotor test server,O=Rotor tests", names)
                .notBefore(Instant.parse("2020-01-01T00:00:00Z"))
                .notAfter(Instant.parse("2021-01-01T00:00:00Z"))
                .addExtendedKeyUsageServerAuth());
    }

    /** A server's certificate that an authority between it and the root has signed. */
    public TestCertificate serverByIntermediate(String... names) {
        X509Bundle between = built(() -> base("CN=Between,O=Rotor tests")
                .setIsCertificateAuthority(true)
                .setKeyUsage(true, CertificateBuilder.KeyUsage.keyCertSign)
                .buildIssuedBy(root));
        return new TestCertificate(built(() -> named("CN=rotor test server,O=Rotor tests", names)
                .addExtendedKeyUsageServerAuth()
                .buildIssuedBy(between)));
    }

    /** A server's certificate that says where the lists of revoked certificates are. */
    public TestCertificate serverWithCrl(URI list, String... names) {
        return issued(named("CN=rotor test server,O=Rotor tests", names)
                .addCrlDistributionPoint(list)
                .addExtendedKeyUsageServerAuth());
    }

    /** A client's certificate, for example for {@code "CN=alice,OU=clients,O=Rotor tests"}. */
    public TestCertificate client(String subject) {
        return issued(base(subject).addExtendedKeyUsageClientAuth());
    }

    /** The same, with an RSA key. */
    public TestCertificate rsaClient(String subject) {
        return issued(base(subject).rsa2048().addExtendedKeyUsageClientAuth());
    }

    /** The authority's own certificate. */
    public X509Certificate certificate() {
        return root.getCertificate();
    }

    /** The authority's own certificate in PEM. */
    public String pem() {
        return root.getCertificatePEM();
    }

    /** What {@code tlsCAFile} names, written into the directory. */
    public Path writePem(Path directory) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "authority", ".pem"), pem() + "\n");
    }

    private TestCertificate issued(CertificateBuilder builder) {
        return new TestCertificate(built(() -> builder.buildIssuedBy(root)));
    }

    private static CertificateBuilder base(String subject) {
        Instant now = Instant.now();
        return new CertificateBuilder()
                .subject(subject)
                .notBefore(now.minus(1, ChronoUnit.DAYS))
                .notAfter(now.plus(30, ChronoUnit.DAYS))
                .ecp256();
    }

    private static CertificateBuilder named(String subject, String... names) {
        CertificateBuilder builder = base(subject);
        for (String name : names) {
            if (name.indexOf(':') >= 0 || name.matches("[0-9.]+")) {
                builder.addSanIpAddress(name);
            } else {
                builder.addSanDnsName(name);
            }
        }
        return builder;
    }

    @FunctionalInterface
    private interface Building {
        X509Bundle build() throws Exception;
    }

    private static X509Bundle built(Building building) {
        try {
            return building.build();
        } catch (Exception e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }
}
