package dev.rotor.driver.core.auth;

import dev.rotor.driver.Secret;
import dev.rotor.driver.core.wire.SecretText;
import dev.rotor.driver.spi.AwsCredential;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs the request {@code GetCallerIdentity} that the server will send to the Security Token Service to find out who
 * the client is: Signature Version 4 of AWS, as "MONGODB-AWS" of the Authentication specification uses it. Pure
 * functions.
 */
final class AwsSignature {

    static final String BODY = "Action=GetCallerIdentity&Version=2011-06-15";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final byte[] PREFIX = "AWS4".getBytes(StandardCharsets.US_ASCII);
    private static final String DEFAULT_REGION = "us-east-1";
    private static final int MAX_HOST_BYTES = 255;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private AwsSignature() {}

    /** The date as requests carry it. */
    static String date(Instant now) {
        return DATE.format(now);
    }

    /**
     * The region that a host of the Security Token Service belongs to.
     *
     * @throws IllegalArgumentException if this is no name of a host
     */
    static String region(String host) {
        int bytes = host.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_HOST_BYTES) {
            throw new IllegalArgumentException("the server names an STS host of " + bytes + " bytes, not of 1 to 255");
        }
        String[] labels = host.split("\\.", -1);
        for (String label : labels) {
            if (label.isEmpty()) {
                throw new IllegalArgumentException("the server names an STS host with an empty label");
            }
        }
        if (labels.length == 1 || host.equals("sts.amazonaws.com") || host.equals("aws.amazonaws.com")) {
            return DEFAULT_REGION;
        }
        return labels[1];
    }

    /**
     * The header {@code Authorization}.
     *
     * @param credential who signs
     * @param host of the Security Token Service
     * @param date what {@link #date} gave
     * @param serverNonce the server's, 64 bytes
     */
    static String authorization(AwsCredential credential, String host, String date, byte[] serverNonce) {
        String day = date.substring(0, 8);
        String region = region(host);
        String scope = day + "/" + region + "/sts/aws4_request";
        Secret token = credential.sessionToken();
        String signedHeaders = "content-length;content-type;host;x-amz-date;"
                + (token == null ? "" : "x-amz-security-token;")
                + "x-mongodb-gs2-cb-flag;x-mongodb-server-nonce";
        String canonicalRequest = "POST\n/\n\n"
                + "content-length:" + BODY.length() + "\n"
                + "content-type:application/x-www-form-urlencoded\n"
                + "host:" + host + "\n"
                + "x-amz-date:" + date + "\n"
                + (token == null ? "" : "x-amz-security-token:" + new String(token.reveal()) + "\n")
                + "x-mongodb-gs2-cb-flag:n\n"
                + "x-mongodb-server-nonce:" + Base64.getEncoder().encodeToString(serverNonce) + "\n\n"
                + signedHeaders + "\n"
                + hex(sha256(BODY));
        String stringToSign = ALGORITHM + "\n" + date + "\n" + scope + "\n" + hex(sha256(canonicalRequest));
        byte[] key = signingKey(credential.secretAccessKey(), day, region, "sts");
        String signature = hex(hmac(key, stringToSign));
        Arrays.fill(key, (byte) 0);
        return ALGORITHM + " Credential=" + credential.accessKeyId() + "/" + scope + ", SignedHeaders=" + signedHeaders
                + ", Signature=" + signature;
    }

    /** The key for a day, a region and a service. */
    static byte[] signingKey(Secret secretAccessKey, String day, String region, String service) {
        byte[] revealed = SecretText.utf8(secretAccessKey.reveal());
        byte[] secret = Arrays.copyOf(PREFIX, PREFIX.length + revealed.length);
        System.arraycopy(revealed, 0, secret, PREFIX.length, revealed.length);
        Arrays.fill(revealed, (byte) 0);
        byte[] ofDay = hmac(secret, day);
        Arrays.fill(secret, (byte) 0);
        return hmac(hmac(hmac(ofDay, region), service), "aws4_request");
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HmacSHA256, which MONGODB-AWS needs", e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no SHA-256, which MONGODB-AWS needs", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
