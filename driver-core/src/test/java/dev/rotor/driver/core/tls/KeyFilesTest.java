package dev.rotor.driver.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.Secret;
import dev.rotor.driver.TlsSettings;
import dev.rotor.testserver.tls.TestAuthority;
import dev.rotor.testserver.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Files");
    private static final TestCertificate EC = AUTHORITY.client("CN=ec");
    private static final TestCertificate RSA = AUTHORITY.rsaClient("CN=rsa");
    private static final Secret PASSWORD = Secret.of("correct horse");

    @TempDir
    private Path directory;

    private String file(String... parts) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "key", ".pem"), String.join("\n", parts))
                .toString();
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }

    private static PrivateKey keyOf(KeyStore store, char[] password) throws Exception {
        String alias = store.aliases().nextElement();
        return (PrivateKey) store.getKey(alias, password);
    }

    @Test
    void keysOfPkcs8AreReadWhateverStandsAroundThem() throws Exception {
        String file =
                file("Bag Attributes", "    friendlyName: x", RSA.keyPem(), "subject=CN=rsa", RSA.certificatePem());
        KeyStore store = KeyFiles.clientKey(file, null);
        assertThat(keyOf(store, new char[0])).isEqualTo(RSA.key());
        assertThat(store.getCertificate("client")).isEqualTo(RSA.certificate());
    }

    @Test
    void keysOfPkcs1AndSec1AreReadAsOpenSslWroteThem() throws Exception {
        byte[] rsa = PrivateKeyInfo.getInstance(RSA.key().getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();
        String rsaFile = file(pem("RSA PRIVATE KEY", rsa), RSA.certificatePem());
        assertThat(keyOf(KeyFiles.clientKey(rsaFile, null), new char[0])).isEqualTo(RSA.key());

        var info = PrivateKeyInfo.getInstance(EC.key().getEncoded());
        var bare = org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(info.parsePrivateKey());
        byte[] sec1 = new org.bouncycastle.asn1.sec.ECPrivateKey(
                        256, bare.getKey(), info.getPrivateKeyAlgorithm().getParameters())
                .getEncoded();
        String ecFile = file(EC.certificatePem(), pem("EC PRIVATE KEY", sec1));
        assertThat(keyOf(KeyFiles.clientKey(ecFile, null), new char[0]).getAlgorithm())
                .isEqualTo("EC");
        assertThat(((java.security.interfaces.ECPrivateKey) keyOf(KeyFiles.clientKey(ecFile, null), new char[0]))
                        .getS())
                .isEqualTo(((java.security.interfaces.ECPrivateKey) EC.key()).getS());
    }

    private static byte[] encrypted(PrivateKey key, String scheme) throws Exception {
        return new JcaPKCS8Generator(
                        key,
                        new JceOpenSSLPKCS8EncryptorBuilder(new ASN1ObjectIdentifier(scheme))
                                .setProvider(new BouncyCastleProvider())
                                .setPassword(PASSWORD.reveal())
                                .build())
                .generate()
                .getContent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.16.840.1.101.3.4.1.42", "2.16.840.1.101.3.4.1.2", "1.2.840.113549.1.12.1.3"})
    // AES-256-CBC and AES-128-CBC of PBES2, triple DES of PKCS#12.
    void encryptedKeysAreReadWithTheirPassword(String scheme) throws Exception {
        String file = file(pem("ENCRYPTED PRIVATE KEY", encrypted(RSA.key(), scheme)), RSA.certificatePem());
        assertThat(keyOf(KeyFiles.clientKey(file, PASSWORD), PASSWORD.reveal())).isEqualTo(RSA.key());

        assertThatThrownBy(() -> KeyFiles.clientKey(file, Secret.of("wrong horse")))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("tlsCertificateKeyFile names " + file
                        + ", but its private key cannot be decrypted: tlsCertificateKeyFilePassword is wrong");
        assertThatThrownBy(() -> KeyFiles.clientKey(file, null))
                .hasMessageEndingWith("its private key is encrypted: tlsCertificateKeyFilePassword is missing");
    }

    @Test
    void pkcs12IsReadWithItsPassword() throws Exception {
        String file = EC.writePkcs12(directory, PASSWORD.reveal()).toString();
        assertThat(keyOf(KeyFiles.clientKey(file, PASSWORD), PASSWORD.reveal())).isEqualTo(EC.key());
        assertThatThrownBy(() -> KeyFiles.clientKey(file, Secret.of("wrong horse")))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageEndingWith("it cannot be decrypted: tlsCertificateKeyFilePassword is wrong");
    }

    @Test
    void aFileOfSeveralAuthoritiesNamesThemAll() throws Exception {
        TestAuthority other = TestAuthority.create("Other");
        assertThat(KeyFiles.authorities(file("# ours", AUTHORITY.pem(), "# theirs", other.pem())))
                .containsExactly(AUTHORITY.certificate(), other.certificate());
    }

    @Test
    void whatIsWrongWithAFileIsSaid() throws Exception {
        String missing = directory.resolve("nothing.pem").toString();
        assertThatThrownBy(() -> KeyFiles.authorities(missing))
                .hasMessage("tlsCAFile names " + missing + ", which does not exist");
        String keyless = file(EC.certificatePem());
        assertThatThrownBy(() -> KeyFiles.clientKey(keyless, null))
                .hasMessage("tlsCertificateKeyFile names " + keyless + ", but it has no private key");
        String bare = file(EC.keyPem());
        assertThatThrownBy(() -> KeyFiles.clientKey(bare, null)).hasMessageEndingWith("but it has no certificate");
        assertThatThrownBy(() -> KeyFiles.authorities(bare)).hasMessageEndingWith("but it has no certificate");
        String twice = file(EC.keyPem(), RSA.keyPem(), EC.certificatePem());
        assertThatThrownBy(() -> KeyFiles.clientKey(twice, null)).hasMessageEndingWith("more than one private key");
        String noise = file("hello");
        assertThatThrownBy(() -> KeyFiles.clientKey(noise, null)).hasMessageEndingWith("it is neither PEM nor PKCS#12");
        String old = file(
                "-----BEGIN RSA PRIVATE KEY-----",
                "Proc-Type: 4,ENCRYPTED",
                "DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF",
                "",
                "AAAA",
                "-----END RSA PRIVATE KEY-----",
                RSA.certificatePem());
        assertThatThrownBy(() -> KeyFiles.clientKey(old, PASSWORD))
                .hasMessageContaining("convert it with: openssl pkcs8 -topk8");
    }

    @Test
    void noMessageOrCauseShowsAPasswordOrKey() throws Exception {
        String file =
                file(pem("ENCRYPTED PRIVATE KEY", new byte[] {0x30, 0x03, 0x02, 0x01, 0x00}), RSA.certificatePem());
        assertThatThrownBy(() -> KeyFiles.clientKey(file, PASSWORD))
                .isInstanceOf(MongoConfigurationException.class)
                .satisfies(failure -> {
                    for (Throwable at = failure; at != null; at = at.getCause()) {
                        assertThat(String.valueOf(at.getMessage())).doesNotContain("correct horse");
                    }
                });
    }

    @Test
    void damagedKeysAreRefusedAtWhicheverByte() throws Exception {
        byte[] key = EC.key().getEncoded();
        for (int length = 0; length < key.length; length++) {
            String file = file(pem("EC PRIVATE KEY", Arrays.copyOf(key, length)), EC.certificatePem());
            assertThatThrownBy(() -> KeyFiles.clientKey(file, null)).isInstanceOf(MongoConfigurationException.class);
        }
    }

    @Test
    void whatLetsStrangersPoseAsTheServerIsWarnedOfOnce() {
        assertThat(Encryption.warnings(TlsSettings.ENABLED)).isEmpty();
        assertThat(Encryption.warnings(TlsSettings.builder().insecure(true).build()))
                .singleElement()
                .asString()
                .startsWith("tlsInsecure: ");
        assertThat(Encryption.warnings(
                        TlsSettings.builder().allowInvalidCertificates(true).build()))
                .singleElement()
                .asString()
                .startsWith("tlsAllowInvalidCertificates: ");
        assertThat(Encryption.warnings(
                        TlsSettings.builder().allowInvalidHostnames(true).build()))
                .singleElement()
                .asString()
                .startsWith("tlsAllowInvalidHostnames: ");
    }
}
