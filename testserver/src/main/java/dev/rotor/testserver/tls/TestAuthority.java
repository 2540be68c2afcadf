package dev.rotor.testserver.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** A certificate authority of a test's own. */
public final class TestAuthority {

    private static final String DNS = "DNS:";

    private final X509Bundle root;

    private TestAuthority(X509Bundle root) {
        this.root = root;
    }

    /**
     * Makes an authority with a fresh key on an elliptic curve.
     *
     * @param name the common name of its certificate
     */
    public static TestAuthority create(String name) {
        return create(base("CN=" + name + ",O=Rotor tests"));
    }

    /** The same with an RSA key. */
    public static TestAuthority createRsa(String name) {
        return create(base("CN=" + name + ",O=Rotor tests").rsa2048());
    }

    private static TestAuthority create(CertificateBuilder builder) {
        return new TestAuthority(built(() -> builder.setIsCertificateAuthority(true)
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

    /** A server's certificate with a subject of its own. */
    public TestCertificate serverOf(String subject, String... names) {
        return issued(named(subject, names).addExtendedKeyUsageServerAuth());
    }

    /**
     * A server's certificate that OCSP knows, with a key of the authority's kind.
     *
     * @param responders who can be asked whether it was revoked; may be empty
     * @param mustStaple whether it is void unless the server brings an answer of OCSP
     * @param names host names and IP addresses
     */
    public TestCertificate serverWithOcsp(List<URI> responders, boolean mustStaple, String... names) {
        return issued(knownToOcsp(responders, mustStaple, names));
    }

    /** The same, but of a server that may issue certificates itself: its basic constraints say {@code CA:TRUE}. */
    public TestCertificate issuingServerWithOcsp(List<URI> responders, boolean mustStaple, String... names) {
        return issued(knownToOcsp(responders, mustStaple, names)
                .setIsCertificateAuthority(true)
                .setKeyUsage(
                        true, CertificateBuilder.KeyUsage.keyCertSign, CertificateBuilder.KeyUsage.digitalSignature));
    }

    private CertificateBuilder knownToOcsp(List<URI> responders, boolean mustStaple, String... names) {
        CertificateBuilder builder = named("CN=rotor test server,O=Rotor tests", names);
        if (!responders.isEmpty()) {
            builder.addExtensionOctetString(Extension.authorityInfoAccess.getId(), false, access(responders));
        }
        if (mustStaple) {
            // A list of one number: the extension of TLS that asks for an answer of OCSP.
            builder.addExtensionOctetString("1.3.6.1.5.5.7.1.24", false, new byte[] {0x30, 3, 2, 1, 5});
        }
        return ofKind(builder).addExtendedKeyUsageServerAuth();
    }

    private static byte[] access(List<URI> responders) {
        AccessDescription[] all = responders.stream()
                .map(each -> new AccessDescription(
                        AccessDescription.id_ad_ocsp,
                        new GeneralName(GeneralName.uniformResourceIdentifier, each.toString())))
                .toArray(AccessDescription[]::new);
        return encoded(new AuthorityInformationAccess(all));
    }

    /** The certificate of somebody who may answer questions of OCSP in the authority's stead. */
    public TestCertificate ocspDelegate() {
        return issued(ofKind(base("CN=rotor test responder,O=Rotor tests")).addExtendedKeyUsageOcspSigning());
    }

    /** With a key of the same kind as the authority's. */
    private CertificateBuilder ofKind(CertificateBuilder builder) {
        return key() instanceof RSAKey ? builder.rsa2048() : builder;
    }

    /** The authority's private key. */
    public PrivateKey key() {
        return root.getKeyPair().getPrivate();
    }

    /** A client's certificate whose time is over. */
    public TestCertificate expiredClient(String subject) {
        return issued(base(subject)
                .notBefore(Instant.parse("2020-01-01T00:00:00Z"))
                .notAfter(Instant.parse("2021-01-01T00:00:00Z"))
                .addExtendedKeyUsageClientAuth());
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

    /** Whatever stands in names, stars included; an address after {@code DNS:} is a name. */
    private static CertificateBuilder named(String subject, String... names) {
        CertificateBuilder builder = base(subject);
        if (names.length == 0) {
            return builder;
        }
        GeneralName[] all = new GeneralName[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            if (name.startsWith(DNS)) {
                all[i] = new GeneralName(GeneralName.dNSName, name.substring(DNS.length()));
            } else {
                boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
                all[i] = new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
            }
        }
        return builder.addExtensionOctetString(
                Extension.subjectAlternativeName.getId(), false, encoded(new GeneralNames(all)));
    }

    private static byte[] encoded(ASN1Object object) {
        try {
            return object.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
