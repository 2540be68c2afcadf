package dev.rotor.driver.core.auth;

import dev.rotor.driver.AuthMechanism;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.wire.CommandWriter;
import java.util.concurrent.Executor;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * MONGODB-X509 on one connection: TLS has shown the client's certificate already, so there is one command, which hello
 * carries along.
 */
final class X509Conversation extends AuthConversation {

    private static final byte[] SPECULATIVE = CommandWriter.name("speculativeAuthenticate");

    /** The certificate's subject, where the user has said it; else the server reads it. */
    private final @Nullable String username;

    X509Conversation(MongoCredential credential, @Nullable ServerApi serverApi, Executor executor) {
        super(credential.source(), serverApi, executor);
        this.username = credential.username();
    }

    @Override
    AuthMechanism mechanism() {
        return AuthMechanism.MONGODB_X509;
    }

    @Override
    public void appendToHello(CommandWriter hello, ServerAddress server) {
        hello.putDocument(SPECULATIVE, command().append("db", new BsonString(source())), CODEC);
    }

    @Override
    void begin(BsonDocument helloReply) {
        BsonValue speculative = helloReply.get("speculativeAuthenticate");
        if (speculative != null && speculative.isDocument()) {
            succeed();
        } else {
            send("authenticate", command());
        }
    }

    @Override
    String advice(int code) {
        return "; the user is who the client's certificate is for: does tlsCertificateKeyFile name the right one?";
    }

    private BsonDocument command() {
        BsonDocument command = new BsonDocument("authenticate", new BsonInt32(1))
                .append("mechanism", new BsonString(AuthMechanism.MONGODB_X509.wireName()));
        if (username != null) {
            command.append("user", new BsonString(username));
        }
        return command;
    }

    @Override
    void answered(BsonDocument reply) {
        succeed();
    }
}
