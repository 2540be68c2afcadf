package dev.rotor.driver.core.auth;

import dev.rotor.driver.AuthMechanism;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.wire.CommandWriter;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * SCRAM on one connection: {@code saslStart}, which the handshake's hello carries along where it can, and
 * {@code saslContinue} until the server is done.
 */
final class ScramConversation extends AuthConversation {

    private static final byte[] SUPPORTED_MECHANISMS = CommandWriter.name("saslSupportedMechs");
    private static final byte[] SPECULATIVE = CommandWriter.name("speculativeAuthenticate");

    private final ScramAuthenticator client;
    private ScramExchange exchange;

    ScramConversation(ScramAuthenticator client) {
        super(client.source(), client.serverApi(), client.executor());
        this.client = client;
        // Where the kind is not settled, the better one is the better guess.
        ScramHash hash = client.hash();
        this.exchange = client.exchange(hash == null ? ScramHash.SHA_256 : hash);
    }

    @Override
    AuthMechanism mechanism() {
        return exchange.hash().mechanism;
    }

    @Override
    public void appendToHello(CommandWriter hello, ServerAddress server) {
        if (client.hash() == null) {
            hello.putString(SUPPORTED_MECHANISMS, client.source() + "." + client.username());
        }
        hello.putDocument(SPECULATIVE, start().append("db", new BsonString(client.source())), CODEC);
    }

    @Override
    void begin(BsonDocument helloReply) {
        BsonValue speculative = helloReply.get("speculativeAuthenticate");
        if (speculative != null && speculative.isDocument()) {
            answered(speculative.asDocument());
            return;
        }
        ScramHash hash = client.hash();
        exchange = client.exchange(hash == null ? negotiated(helloReply) : hash);
        send("saslStart", start());
    }

    /** The kind that server and driver both know; what else the server offers does not matter. */
    private static ScramHash negotiated(BsonDocument helloReply) {
        BsonValue offered = helloReply.get("saslSupportedMechs");
        BsonString better = new BsonString(ScramHash.SHA_256.mechanism.wireName());
        return offered instanceof BsonArray names && names.contains(better) ? ScramHash.SHA_256 : ScramHash.SHA_1;
    }

    private BsonDocument start() {
        return saslStart(exchange.hash().mechanism, exchange.clientFirst())
                .append("options", new BsonDocument("skipEmptyExchange", BsonBoolean.TRUE));
    }

    @Override
    void answered(BsonDocument reply) {
        byte[] payload = reply.getBinary("payload").getData();
        boolean done = isDone(reply);
        if (exchange.isVerified()) {
            if (!done) {
                throw new IllegalArgumentException("the server does not end the conversation");
            }
            succeed();
        } else if (!exchange.hasServerFirst()) {
            exchange.serverFirst(payload);
            if (done) {
                throw new IllegalArgumentException("the server ended the conversation without a proof");
            }
            prove(conversationId(reply));
        } else {
            exchange.serverFinal(payload);
            if (done) {
                succeed();
            } else {
                // Servers before 4.4 want a word more.
                proceed(conversationId(reply), new byte[0]);
            }
        }
    }

    private void prove(BsonValue conversationId) {
        ScramKeys known = client.known(exchange);
        if (known == null) {
            offLoop(() -> client.derive(exchange), derived -> proceed(conversationId, exchange.clientFinal(derived)));
        } else {
            proceed(conversationId, exchange.clientFinal(known));
        }
    }

    private void proceed(BsonValue conversationId, byte[] payload) {
        send("saslContinue", saslContinue(conversationId, payload));
    }
}
