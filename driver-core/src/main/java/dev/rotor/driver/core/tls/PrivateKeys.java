package dev.rotor.driver.core.tls;

import dev.rotor.driver.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Private keys from PEM blocks: PKCS#8, encrypted or not, and what OpenSSL wrote before it (PKCS#1 for RSA, SEC 1 for
 * elliptic curves), which is PKCS#8 without its wrapping. Pure functions.
 */
final class PrivateKeys {

    private static final String PBES2 = "1.2.840.113549.1.5.13";
    /** Content of object identifiers: how PBES2 derives keys, and what it encrypts with. */
    private static final String PBES2_ID = "2a864886f70d01050d";

    private static final String PBKDF2_ID = "2a864886f70d01050c";
    private static final String SCRYPT_ID = "2b06010401da47040b";
    private static final String AES_128_CBC_ID = "608648016503040102";
    private static final String AES_256_CBC_ID = "60864801650304012a";

    private static final String CONVERT = "openssl pkcs8 -topk8 -v2 aes256";

    private static final String[] ALGORITHMS = {"RSA", "EC", "Ed25519", "Ed448", "RSASSA-PSS", "DSA"};

    private static final int PARAMETERS = 0xa0;

    private static final byte[] VERSION_0 = {Der.INTEGER, 1, 0};
    private static final byte[] RSA_ID = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    private static final byte[] EC_ID = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private PrivateKeys() {}

    static boolean isKey(Pem.Block block) {
        return block.label().endsWith("PRIVATE KEY");
    }

    /**
     * Reads a key.
     *
     * @param block one that is a key
     * @param password decrypts it, or {@code null}
     * @throws GeneralSecurityException if it cannot be read; the message says why and holds nothing secret
     */
    static PrivateKey read(Pem.Block block, @Nullable Secret password) throws GeneralSecurityException {
        if (block.headers()) {
            throw new InvalidKeySpecException("its private key is encrypted in the way of old OpenSSL (DEK-Info);"
                    + " convert it with: " + CONVERT);
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> pkcs8(block.bytes());
            case "RSA PRIVATE KEY" -> pkcs8(Der.of(Der.SEQUENCE, VERSION_0, RSA_ID, Der.of(Der.OCTETS, block.bytes())));
            case "EC PRIVATE KEY" ->
                pkcs8(Der.of(
                        Der.SEQUENCE,
                        VERSION_0,
                        Der.of(Der.SEQUENCE, EC_ID, curveOf(block.bytes())),
                        Der.of(Der.OCTETS, block.bytes())));
            case "ENCRYPTED PRIVATE KEY" -> pkcs8(decrypted(block.bytes(), password));
            default -> throw new InvalidKeySpecException("it has a private key of an unknown kind, " + block.label());
        };
    }

    private static PrivateKey pkcs8(byte[] encoded) throws GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(encoded);
        InvalidKeySpecException other = null;
        try {
            for (String algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(spec);
                } catch (InvalidKeySpecException e) {
                    // Of another algorithm: the next one may know it.
                    other = e;
                }
            }
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
        throw new InvalidKeySpecException(
                "its private key is damaged or of an algorithm that this platform lacks", other);
    }

    /** Whether both are of one pair. Found out by a signature, where the numbers alone do not show it. */
    static boolean belongsTo(PrivateKey secret, PublicKey open) throws GeneralSecurityException {
        if (secret instanceof RSAKey one && open instanceof RSAKey other) {
            return one.getModulus().equals(other.getModulus());
        }
        String algorithm = secret.getAlgorithm();
        if (!algorithm.equals(open.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(
                algorithm.equals("EC") ? "SHA256withECDSA" : algorithm.equals("DSA") ? "SHA256withDSA" : algorithm);
        try {
            signature.initSign(secret);
            signature.update(VERSION_0);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(VERSION_0);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException e) {
            // Of different curves, for instance.
            return false;
        }
    }

    private static byte[] decrypted(byte[] encoded, @Nullable Secret password) throws GeneralSecurityException {
        if (password == null) {
            throw new InvalidKeySpecException("its private key is encrypted: tlsCertificateKeyFilePassword is missing");
        }
        char[] chars = password.reveal();
        PBEKeySpec pbe = new PBEKeySpec(chars);
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encoded);
            String name = info.getAlgName();
            // Of PBES2 the platform knows the whole scheme by the name that the parameters give.
            String scheme = name.equals("PBES2") || name.equals(PBES2)
                    ? info.getAlgParameters().toString()
                    : name;
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(scheme).generateSecret(pbe),
                    info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } catch (IOException e) {
            throw new InvalidKeySpecException(unreadable(encoded), e);
        } catch (InvalidKeyException | InvalidKeySpecException e) {
            String hint = isAscii(chars)
                    ? ""
                    : ", or its characters beyond ASCII are not taken by this version of the JDK; encrypt the key anew"
                            + " with a password of ASCII: " + CONVERT;
            throw new InvalidKeySpecException(
                    "its private key cannot be decrypted: tlsCertificateKeyFilePassword is wrong" + hint, e);
        } finally {
            pbe.clearPassword();
            Arrays.fill(chars, '\0');
        }
    }

    /** Old versions of the JDK take no other characters in a password, and do not say so apart from a wrong one. */
    private static boolean isAscii(char[] password) {
        for (char each : password) {
            if (each < ' ' || each > '~') {
                return false;
            }
        }
        return true;
    }

    /** Why the platform does not understand how a key is encrypted: what it lacks looks to it like damage. */
    private static String unreadable(byte[] encoded) {
        try {
            List<Der.Element> parts = Der.read(encoded).get(0).children();
            List<Der.Element> algorithm = parts.get(0).children();
            if (parts.get(1).tag() == Der.OCTETS && isId(algorithm.get(0), PBES2_ID)) {
                List<Der.Element> parameters = algorithm.get(1).children();
                Der.Element derivation = parameters.get(0).children().get(0);
                Der.Element cipher = parameters.get(1).children().get(0);
                if (isId(derivation, SCRYPT_ID)) {
                    return "its private key is encrypted by scrypt, which the JDK cannot read; convert it with: "
                            + CONVERT;
                }
                boolean aes = isId(cipher, AES_128_CBC_ID) || isId(cipher, AES_256_CBC_ID);
                if (!aes || !isId(derivation, PBKDF2_ID)) {
                    return "its private key is encrypted in a way that the JDK cannot read (it reads PBES2 with PBKDF2"
                            + " and AES-128-CBC or AES-256-CBC); convert it with: " + CONVERT;
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // It is damaged indeed.
        }
        return "its encrypted private key is damaged";
    }

    private static boolean isId(Der.Element element, String id) {
        return element.tag() == Der.OBJECT_ID
                && HexFormat.of().formatHex(element.content()).equals(id);
    }

    /** The curve, which SEC 1 keeps in a field of its own and PKCS#8 beside the algorithm. */
    private static byte[] curveOf(byte[] key) throws InvalidKeySpecException {
        try {
            for (Der.Element each : Der.read(key).get(0).children()) {
                if (each.tag() == PARAMETERS) {
                    return each.content();
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new InvalidKeySpecException("its private key is damaged", e);
        }
        throw new InvalidKeySpecException("its private key does not name its curve");
    }
}
