package dev.rotor.testserver.auth;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.bson.BsonException;
import dev.rotor.testserver.bson.BsonReader;
import dev.rotor.testserver.bson.BsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of MONGODB-AWS. Where a server sends the signed request to the Security Token Service, this one
 * checks the signature by itself, as that service does: every header that the client must sign, and no other.
 */
public final class AwsConversation implements SaslConversation {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String HOST = "sts.eu-central-1.amazonaws.com";
    private static final String REGION = "eu-central-1";
    private static final Pattern HEADER = Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/]+)/([0-9]{8})/" + REGION
            + "/sts/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");
    private static final Pattern DATE = Pattern.compile("[0-9]{8}T[0-9]{6}Z");

    private final ExternalUsers users;
    private byte[] nonce = new byte[0];
    private @Nullable String user;

    /** For those users. */
    public AwsConversation(ExternalUsers users) {
        this.users = users;
    }

    @Override
    public byte[] answer(byte[] message) {
        try {
            Document said = BsonReader.read(message);
            return nonce.length == 0 ? first(said) : last(said);
        } catch (BsonException | GeneralSecurityException e) {
            throw ScramConversation.failed();
        }
    }

    private byte[] first(Document said) {
        if (!(said.get("r") instanceof BinData client)
                || client.getData().length != 32
                || !Integer.valueOf('n').equals(said.get("p"))
                || said.size() != 2) {
            throw ScramConversation.failed();
        }
        nonce = Arrays.copyOf(client.getData(), 64);
        byte[] own = new byte[32];
        RANDOM.nextBytes(own);
        System.arraycopy(own, 0, nonce, 32, 32);
        return BsonWriter.write(new Document("s", new BinData(nonce)).append("h", HOST));
    }

    private byte[] last(Document said) throws GeneralSecurityException {
        if (!(said.get("a") instanceof String header) || !(said.get("d") instanceof String date)) {
            throw ScramConversation.failed();
        }
        Matcher parts = HEADER.matcher(header);
        if (!parts.matches() || !DATE.matcher(date).matches() || !date.startsWith(parts.group(2))) {
            throw ScramConversation.failed();
        }
        ExternalUsers.AwsKey key = users.aws(parts.group(1));
        if (key == null || !Objects.equals(key.sessionToken(), said.get("t"))) {
            throw ScramConversation.failed();
        }
        Map<String, String> headers = headers(key, date);
        if (!parts.group(3).equals(String.join(";", headers.keySet()))
                || !parts.group(4).equals(signature(key, date, headers))) {
            throw ScramConversation.failed();
        }
        user = "arn:aws:iam::123456789012:user/" + key.accessKeyId();
        return new byte[0];
    }

    private Map<String, String> headers(ExternalUsers.AwsKey key, String date) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("content-length", "43");
        headers.put("content-type", "application/x-www-form-urlencoded");
        headers.put("host", HOST);
        headers.put("x-amz-date", date);
        headers.put("x-mongodb-gs2-cb-flag", "n");
        headers.put("x-mongodb-server-nonce", Base64.getEncoder().encodeToString(nonce));
        if (key.sessionToken() != null) {
            headers.put("x-amz-security-token", key.sessionToken());
        }
        return headers;
    }

    private static String signature(ExternalUsers.AwsKey key, String date, Map<String, String> headers)
            throws GeneralSecurityException {
        StringJoiner request = new StringJoiner("\n");
        request.add("POST").add("/").add("");
        headers.forEach((name, value) -> request.add(name + ':' + value));
        request.add("").add(String.join(";", headers.keySet()));
        request.add(hash("Action=GetCallerIdentity&Version=2011-06-15"));
        String day = date.substring(0, 8);
        String toSign = String.join(
                "\n", "AWS4-HMAC-SHA256", date, day + '/' + REGION + "/sts/aws4_request", hash(request.toString()));
        byte[] derived = ("AWS4" + key.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
        for (String each : new String[] {day, REGION, "sts", "aws4_request", toSign}) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(derived, "HmacSHA256"));
            derived = mac.doFinal(each.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(derived);
    }

    private static String hash(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public boolean isDone() {
        return user != null;
    }

    @Override
    public String fullName() {
        return user + "@$external";
    }
}
