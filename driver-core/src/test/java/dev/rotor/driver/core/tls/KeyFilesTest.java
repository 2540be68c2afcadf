package dev.rotor.driver.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.Secret;
import dev.rotor.testserver.tls.TestAuthority;
import dev.rotor.testserver.tls.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Files");
    private static final TestCertificate EC = AUTHORITY.client("CN=ec");
    private static final TestCertificate RSA = AUTHORITY.rsaClient("CN=rsa");
    private static final String AES_256_CBC = "2.16.840.1.101.3.4.1.42";
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
        return encrypted(key, encryptor(scheme, PASSWORD));
    }

    private static byte[] encrypted(PrivateKey key, JceOpenSSLPKCS8EncryptorBuilder encryptor) throws Exception {
        return new JcaPKCS8Generator(key, encryptor.build()).generate().getContent();
    }

    private static JceOpenSSLPKCS8EncryptorBuilder encryptor(String scheme, Secret password) {
        return new JceOpenSSLPKCS8EncryptorBuilder(new ASN1ObjectIdentifier(scheme))
                .setProvider(new BouncyCastleProvider())
                .setPassword(password.reveal());
    }

    @ParameterizedTest
    @ValueSource(strings = {AES_256_CBC, "2.16.840.1.101.3.4.1.2", "1.2.840.113549.1.12.1.3"})
    // AES-256-CBC and AES-128-CBC of PBES2, triple DES of PKCS#12.
    void encryptedKeysAreReadWithTheirPassword(String scheme) throws Exception {
        String file = file(pem("ENCRYPTED PRIVATE KEY", encrypted(RSA.key(), scheme)), RSA.certificatePem());
        assertThat(keyOf(KeyFiles.clientKey(file, PASSWORD), PASSWORD.reveal())).isEqualTo(RSA.key());

        refusesKey(
                file,
                Secret.of("wrong horse"),
                ", but its private key cannot be decrypted: tlsCertificateKeyFilePassword is wrong");
        refusesKey(file, null, ", but its private key is encrypted: tlsCertificateKeyFilePassword is missing");
    }

    @Test
    void aPasswordBeyondAsciiIsNotSimplyCalledWrong() throws Exception {
        String sentence = ", but its private key cannot be decrypted: tlsCertificateKeyFilePassword is wrong, or its"
                + " characters beyond ASCII are not taken by this version of the JDK; encrypt the key anew with a"
                + " password of ASCII: openssl pkcs8 -topk8 -v2 aes256";
        Secret password = Secret.of("grüne Pferde");
        String file = file(
                pem("ENCRYPTED PRIVATE KEY", encrypted(RSA.key(), encryptor(AES_256_CBC, password))),
                RSA.certificatePem());
        refusesKey(file, Secret.of("rote Möhren"), sentence);
        // Old versions of the JDK take no such password, new ones do.
        Throwable refusal = catchThrowable(() -> KeyFiles.clientKey(file, password));
        if (refusal == null) {
            assertThat(keyOf(KeyFiles.clientKey(file, password), password.reveal()))
                    .isEqualTo(RSA.key());
        } else {
            refusesKey(file, password, sentence);
        }
    }

    @Test
    void aKeyThatIsEncryptedInAWayThatTheJdkCannotReadIsNotCalledDamaged() throws Exception {
        // As openssl pkcs8 -topk8 -scrypt writes it; what is encrypted is never looked at.
        byte[] scrypt = new EncryptedPrivateKeyInfo(
                        new AlgorithmIdentifier(
                                PKCSObjectIdentifiers.id_PBES2,
                                new PBES2Parameters(
                                        new KeyDerivationFunc(
                                                MiscObjectIdentifiers.id_scrypt,
                                                new ScryptParams(new byte[8], 16384, 8, 1)),
                                        new EncryptionScheme(
                                                new ASN1ObjectIdentifier(AES_256_CBC),
                                                new DEROctetString(new byte[16])))),
                        new byte[1232])
                .getEncoded();
        refusesKey(
                file(pem("ENCRYPTED PRIVATE KEY", scrypt), RSA.certificatePem()),
                PASSWORD,
                ", but its private key is encrypted by scrypt, which the JDK cannot read; convert it with: openssl"
                        + " pkcs8 -topk8 -v2 aes256");
        for (String cipher : new String[] {"1.2.840.113549.3.7", "2.16.840.1.101.3.4.1.22"}) {
            // Triple DES and AES-192-CBC of PBES2.
            refusesKey(
                    file(pem("ENCRYPTED PRIVATE KEY", encrypted(RSA.key(), cipher)), RSA.certificatePem()),
                    PASSWORD,
                    ", but its private key is encrypted in a way that the JDK cannot read (it reads PBES2 with PBKDF2"
                            + " and AES-128-CBC or AES-256-CBC); convert it with: openssl pkcs8 -topk8 -v2 aes256");
        }
        byte[] cut = Arrays.copyOf(scrypt, scrypt.length / 2);
        refusesKey(
                file(pem("ENCRYPTED PRIVATE KEY", cut), RSA.certificatePem()),
                PASSWORD,
                ", but its encrypted private key is damaged");
    }

    @Test
    void pkcs12IsReadWithItsPassword() throws Exception {
        String file = EC.writePkcs12(directory, PASSWORD.reveal()).toString();
        assertThat(keyOf(KeyFiles.clientKey(file, PASSWORD), PASSWORD.reveal())).isEqualTo(EC.key());
        refusesKey(
                file, Secret.of("wrong horse"), ", but it cannot be decrypted: tlsCertificateKeyFilePassword is wrong");
        refusesKey(file, null, ", but it cannot be decrypted: tlsCertificateKeyFilePassword is missing");
    }

    @Test
    void aFileOfSeveralAuthoritiesNamesThemAll() throws Exception {
        TestAuthority other = TestAuthority.create("Other");
        assertThat(KeyFiles.authorities(file("# ours", AUTHORITY.pem(), "# theirs", other.pem())))
                .containsExactly(AUTHORITY.certificate(), other.certificate());
    }

    private static void refusesAuthorities(String file, String sentence) {
        assertThatThrownBy(() -> KeyFiles.authorities(file))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("tlsCAFile names " + file + sentence);
    }

    private static void refusesKey(String file, @Nullable Secret password, String sentence) {
        assertThatThrownBy(() -> KeyFiles.clientKey(file, password))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessage("tlsCertificateKeyFile names " + file + sentence);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        String missing = directory.resolve("nothing.pem").toString();
        refusesAuthorities(missing, ", which does not exist; correct the path");
        refusesKey(missing, null, ", which does not exist; correct the path");
        refusesAuthorities(directory.toString(), ", which cannot be read: Is a directory");
    }

    @Test
    void aFileWithoutWhatIsWantedSaysWhatIsMissing() throws Exception {
        refusesKey(
                file(EC.certificatePem()),
                null,
                ", but it has no private key; the key belongs into the same file as its certificate");
        refusesKey(
                file(EC.keyPem()),
                null,
                ", but it has no certificate; the client's belongs into the same file as its private key");
        refusesAuthorities(
                file(EC.keyPem()),
                ", but it has no certificate; it must hold those of the authorities to trust, best as PEM");
        refusesAuthorities(file(""), ", but it is neither PEM nor PKCS#12; convert it to PEM");
        refusesAuthorities(file("hello"), ", but it is neither PEM nor PKCS#12; convert it to PEM");
        refusesKey(file("hello"), null, ", but it is neither PEM nor PKCS#12; convert it to PEM");
        refusesKey(file(""), PASSWORD, ", but it is neither PEM nor PKCS#12; convert it to PEM");
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsRefused() throws Exception {
        String sentence = ", but its private key is not the one of its certificate CN=ec; the two must be of one pair";
        refusesKey(file(EC.certificatePem(), RSA.keyPem()), null, sentence);
        TestCertificate otherCurveKey = AUTHORITY.client("CN=other");
        refusesKey(file(EC.certificatePem(), otherCurveKey.keyPem()), null, sentence);
        TestCertificate otherRsaKey = AUTHORITY.rsaClient("CN=other");
        refusesKey(
                file(otherRsaKey.keyPem(), RSA.certificatePem()),
                null,
                ", but its private key is not the one of its certificate CN=rsa; the two must be of one pair");
        refusesKey(
                file(AUTHORITY.pem(), EC.certificatePem(), EC.keyPem()),
                null,
                ", but the certificate of its private key is not the first one; the client's comes first, those of"
                        + " authorities follow");
        refusesKey(
                file(EC.keyPem(), RSA.keyPem(), EC.certificatePem()),
                null,
                ", but it has more than one private key; leave the one of the client's certificate");
    }

    @Test
    void aStoreWithoutAKeyIsRefusedAndServesAsAuthorities() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", AUTHORITY.certificate());
        Path locked = directory.resolve("locked.p12");
        Path open = directory.resolve("open.p12");
        try (OutputStream one = Files.newOutputStream(locked);
                OutputStream other = Files.newOutputStream(open)) {
            store.store(one, PASSWORD.reveal());
            store.store(other, new char[0]);
        }
        assertThat(KeyFiles.authorities(open.toString())).containsExactly(AUTHORITY.certificate());
        refusesAuthorities(
                locked.toString(),
                ", but it has no certificate that can be read without a password; it must hold those of the authorities"
                        + " to trust, best as PEM");
        refusesKey(
                locked.toString(),
                PASSWORD,
                ", but it has no private key; the key belongs into the same file as its certificate");
    }

    @Test
    void keysOfOldOpenSslAreToBeConverted() throws Exception {
        String old = file(
                "-----BEGIN RSA PRIVATE KEY-----",
                "Proc-Type: 4,ENCRYPTED",
                "DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF",
                "",
                "AAAA",
                "-----END RSA PRIVATE KEY-----",
                RSA.certificatePem());
        refusesKey(
                old,
                PASSWORD,
                ", but its private key is encrypted in the way of old OpenSSL (DEK-Info); convert it with: openssl"
                        + " pkcs8 -topk8 -v2 aes256");
    }

    @Test
    void aCertificateWhoseTimeIsOverIsWarnedOf() throws Exception {
        String file = AUTHORITY.expiredClient("CN=late").writePem(directory).toString();
        assertThat(KeyFiles.warning(file, KeyFiles.clientKey(file, null)))
                .isEqualTo("tlsCertificateKeyFile names " + file + ", but the certificate CN=late in it expired on"
                        + " 2021-01-01T00:00:00Z: servers that check will refuse it; have it renewed");
        String good = EC.writePem(directory).toString();
        assertThat(KeyFiles.warning(good, KeyFiles.clientKey(good, null))).isNull();
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
}
