package dev.rotor.driver.core.auth;

import dev.rotor.driver.AuthMechanism;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.Secret;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.SecretText;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** PLAIN (RFC 4616) on one connection: name and password as they are, in one message. There is no speculation. */
final class PlainConversation extends AuthConversation {

    private final String username;
    private final Secret password;

    PlainConversation(MongoCredential credential, @Nullable ServerApi serverApi, Executor executor) {
        super(credential.source(), serverApi, executor);
        this.username = Objects.requireNonNull(credential.username());
        this.password = Objects.requireNonNull(credential.password());
    }

    @Override
    AuthMechanism mechanism() {
        return AuthMechanism.PLAIN;
    }

    @Override
    public void appendToHello(CommandWriter hello, ServerAddress server) {
        // A hello would show the password to a server that may not even know the mechanism.
    }

    @Override
    void begin(BsonDocument helloReply) {
        send("saslStart", saslStart(AuthMechanism.PLAIN, message()));
    }

    private byte[] message() {
        char[] plain = password.reveal();
        char[] text = new char[username.length() + plain.length + 2];
        username.getChars(0, username.length(), text, 1);
        System.arraycopy(plain, 0, text, username.length() + 2, plain.length);
        Arrays.fill(plain, '\0');
        return SecretText.utf8(text);
    }

    @Override
    void answered(BsonDocument reply) {
        if (!isDone(reply)) {
            throw new IllegalArgumentException("the server does not end the conversation");
        }
        succeed();
    }
}
