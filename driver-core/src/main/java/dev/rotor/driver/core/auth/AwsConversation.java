package dev.rotor.driver.core.auth;

import dev.rotor.driver.AuthMechanism;
import dev.rotor.driver.Secret;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.spi.AwsCredential;
import java.util.Arrays;
import java.util.Objects;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** MONGODB-AWS on one connection: a nonce of each, and a signed request that the server sends to AWS. */
final class AwsConversation extends AuthConversation {

    private static final int NONCE_BYTES = 32;
    private static final int SERVER_NONCE_BYTES = 64;

    private final AwsCredentials credentials;
    private final AuthResources resources;
    private byte[] nonce = new byte[0];
    private @Nullable AwsCredential credential;
    private boolean signed;

    AwsConversation(String source, @Nullable ServerApi api, AwsCredentials credentials, AuthResources resources) {
        super(source, api, resources.executor());
        this.credentials = credentials;
        this.resources = resources;
    }

    @Override
    AuthMechanism mechanism() {
        return AuthMechanism.MONGODB_AWS;
    }

    @Override
    public void appendToHello(CommandWriter hello, ServerAddress server) {
        // The specification knows no speculation for this mechanism.
    }

    @Override
    void begin(BsonDocument helloReply) {
        offLoop(() -> credentials.get(connection().loop()), found -> await(found, this::start));
    }

    private void start(AwsCredential found) {
        credential = found;
        nonce = resources.random().apply(NONCE_BYTES);
        send(
                "saslStart",
                saslStart(
                        mechanism(),
                        payload(new BsonDocument("r", new BsonBinary(nonce.clone())).append("p", new BsonInt32('n')))));
    }

    @Override
    void answered(BsonDocument reply) {
        if (signed) {
            if (!isDone(reply)) {
                throw new IllegalArgumentException("the server does not end the conversation");
            }
            succeed();
            return;
        }
        if (isDone(reply)) {
            throw new IllegalArgumentException("the server ended the conversation without a signature");
        }
        BsonDocument first = payload(reply, "one of MONGODB-AWS");
        BsonValue serverNonce = first.get("s");
        BsonValue host = first.get("h");
        if (serverNonce == null || !serverNonce.isBinary() || host == null || !host.isString()) {
            throw new IllegalArgumentException("the server's first message is not one of MONGODB-AWS");
        }
        sign(
                conversationId(reply),
                checked(serverNonce.asBinary().getData()),
                host.asString().getValue());
    }

    private byte[] checked(byte[] serverNonce) {
        if (serverNonce.length != SERVER_NONCE_BYTES) {
            throw new IllegalArgumentException("the server's nonce has " + serverNonce.length + " bytes, not 64");
        }
        if (!Arrays.equals(serverNonce, 0, NONCE_BYTES, nonce, 0, NONCE_BYTES)) {
            throw new IllegalArgumentException("the server's nonce does not begin with the client's");
        }
        return serverNonce;
    }

    private void sign(BsonValue conversationId, byte[] serverNonce, String host) {
        AwsCredential with = Objects.requireNonNull(credential);
        String date = AwsSignature.date(resources.time().instant());
        BsonDocument last = new BsonDocument(
                        "a", new BsonString(AwsSignature.authorization(with, host, date, serverNonce)))
                .append("d", new BsonString(date));
        Secret token = with.sessionToken();
        if (token != null) {
            last.append("t", new BsonString(new String(token.reveal())));
        }
        signed = true;
        send("saslContinue", saslContinue(conversationId, payload(last)));
    }

    @Override
    void failed() {
        credentials.invalidate();
    }
}
