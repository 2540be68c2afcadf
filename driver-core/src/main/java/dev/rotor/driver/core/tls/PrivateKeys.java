package dev.rotor.driver.core.tls;

import dev.rotor.driver.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
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
    private static final String[] ALGORITHMS = {"RSA", "EC", "Ed25519", "Ed448", "RSASSA-PSS", "DSA"};

    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int PARAMETERS = 0xa0;

    private static final byte[] VERSION_0 = {INTEGER, 1, 0};
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
                    + " convert it with: openssl pkcs8 -topk8 -v2 aes256");
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> pkcs8(block.bytes());
            case "RSA PRIVATE KEY" -> pkcs8(der(SEQUENCE, VERSION_0, RSA_ID, der(OCTETS, block.bytes())));
            case "EC PRIVATE KEY" ->
                pkcs8(der(
                        SEQUENCE, VERSION_0, der(SEQUENCE, EC_ID, curveOf(block.bytes())), der(OCTETS, block.bytes())));
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
            throw new InvalidKeySpecException("its encrypted private key is damaged", e);
        } catch (java.security.InvalidKeyException | InvalidKeySpecException e) {
            throw new InvalidKeySpecException(
                    "its private key cannot be decrypted: tlsCertificateKeyFilePassword is wrong", e);
        } finally {
            pbe.clearPassword();
            Arrays.fill(chars, '\0');
        }
    }

    /** The curve, which SEC 1 keeps in a field of its own and PKCS#8 beside the algorithm. */
    private static byte[] curveOf(byte[] key) throws InvalidKeySpecException {
        try {
            int at = contentAt(key, 0);
            while (at < key.length) {
                int content = contentAt(key, at);
                int end = content + lengthAt(key, at);
                if ((key[at] & 0xff) == PARAMETERS) {
                    return Arrays.copyOfRange(key, content, end);
                }
                at = end;
            }
        } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException e) {
            throw new InvalidKeySpecException("its private key is damaged", e);
        }
        throw new InvalidKeySpecException("its private key does not name its curve");
    }

    private static int lengthAt(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xff);
        }
        if (length < 0) {
            throw new IllegalArgumentException("a length of more than two gigabytes");
        }
        return length;
    }

    private static int contentAt(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            int bytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(length >> (8 * i));
            }
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
