package dev.rotor.driver.core.auth;

import static java.util.Objects.requireNonNull;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoSecurityException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.conn.Authenticator;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.conn.ReplyHandler;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import java.util.concurrent.RejectedExecutionException;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/**
 * SCRAM on one connection: {@code saslStart}, which the handshake's hello carries along where it can, and
 * {@code saslContinue} until the server is done.
 */
final class ScramConversation implements Authenticator.Conversation, ReplyHandler {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();
    private static final byte[] SUPPORTED_MECHANISMS = CommandWriter.name("saslSupportedMechs");
    private static final byte[] SPECULATIVE = CommandWriter.name("speculativeAuthenticate");

    private final ScramAuthenticator client;
    private ScramExchange exchange;

    private @Nullable Connection connection;
    private Authenticator.@Nullable Callback callback;
    private long deadline;
    /** What the server is being asked, for messages. */
    private String asked = "hello";

    ScramConversation(ScramAuthenticator client) {
        this.client = client;
        // Where the kind is not settled, the better one is the better guess.
        ScramHash hash = client.hash();
        this.exchange = client.exchange(hash == null ? ScramHash.SHA_256 : hash);
    }

    @Override
    public void appendToHello(CommandWriter hello) {
        if (client.hash() == null) {
            hello.putString(SUPPORTED_MECHANISMS, client.source() + "." + client.username());
        }
        hello.putDocument(SPECULATIVE, start().append("db", new BsonString(client.source())), CODEC);
    }

    @Override
    public void authenticate(Connection on, BsonDocument helloReply, long until, Authenticator.Callback hears) {
        connection = on;
        callback = hears;
        deadline = until;
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
        return new BsonDocument("saslStart", new BsonInt32(1))
                .append("mechanism", new BsonString(exchange.hash().mechanism.wireName()))
                .append("payload", new BsonBinary(exchange.clientFirst()))
                .append("options", new BsonDocument("skipEmptyExchange", BsonBoolean.TRUE));
    }

    private void send(String name, BsonDocument command) {
        asked = name;
        command.append("$db", new BsonString(client.source()));
        ServerApi api = client.serverApi();
        if (api != null) {
            command.append("apiVersion", new BsonString(api.version().wireName()));
            if (api.strict() != null) {
                command.append("apiStrict", BsonBoolean.valueOf(api.strict()));
            }
            if (api.deprecationErrors() != null) {
                command.append("apiDeprecationErrors", BsonBoolean.valueOf(api.deprecationErrors()));
            }
        }
        Connection on = requireNonNull(connection);
        CommandWriter out = on.beginCommand();
        try {
            RawBsonDocument raw = new RawBsonDocument(command, CODEC);
            // Its elements, without its length and terminating zero.
            out.putRawElement(raw.getBackingArray(), raw.getByteOffset() + 4, raw.getByteLength() - 5);
            out.endBody();
        } catch (RuntimeException e) {
            out.discard();
            fail(String.valueOf(e.getMessage()), e, -1);
            return;
        }
        on.send(out, this, deadline);
    }

    @Override
    public void onReply(Connection from, ReplyEnvelope reply) {
        BsonDocument document = reply.document();
        if (!reply.ok()) {
            MongoCommandException refused = new MongoCommandException(
                    from.description().server() + " refused " + asked + ": " + reply.errorMessage(),
                    reply.code(),
                    reply.codeName(),
                    reply.errorMessage(),
                    document,
                    from.description().server());
            for (String label : reply.errorLabels()) {
                refused.addLabel(label);
            }
            fail(reply.errorMessage(), refused, reply.code());
            return;
        }
        answered(document);
    }

    /** A reply to {@code saslStart} or {@code saslContinue}, or what hello's reply has of the former. */
    private void answered(BsonDocument reply) {
        try {
            byte[] payload = reply.getBinary("payload").getData();
            boolean done = reply.getBoolean("done").getValue();
            if (exchange.isVerified()) {
                if (!done) {
                    throw new IllegalArgumentException("the server does not end the conversation");
                }
                requireNonNull(callback).onAuthenticated();
            } else if (!exchange.hasServerFirst()) {
                exchange.serverFirst(payload);
                if (done) {
                    throw new IllegalArgumentException("the server ended the conversation without a proof");
                }
                prove(requireNonNull(reply.get("conversationId"), "no conversationId"));
            } else {
                exchange.serverFinal(payload);
                if (done) {
                    requireNonNull(callback).onAuthenticated();
                } else {
                    // Servers before 4.4 want a word more.
                    proceed(requireNonNull(reply.get("conversationId"), "no conversationId"), new byte[0]);
                }
            }
        } catch (RuntimeException e) {
            fail(String.valueOf(e.getMessage()), e, -1);
        }
    }

    private void prove(BsonValue conversationId) {
        ScramKeys known = client.known(exchange);
        if (known != null) {
            proceed(conversationId, exchange.clientFinal(known));
            return;
        }
        Connection on = requireNonNull(connection);
        try {
            client.executor().execute(() -> {
                Runnable next;
                try {
                    ScramKeys derived = client.derive(exchange);
                    next = () -> proceed(conversationId, exchange.clientFinal(derived));
                } catch (RuntimeException e) {
                    next = () -> fail(String.valueOf(e.getMessage()), e, -1);
                }
                hop(on, next);
            });
        } catch (RejectedExecutionException e) {
            fail("the client is being closed", e, -1);
        }
    }

    /** Back to the loop of the connection, where everything about it happens. */
    private static void hop(Connection on, Runnable next) {
        try {
            on.loop().execute(next);
        } catch (RejectedExecutionException e) {
            next.run();
        }
    }

    private void proceed(BsonValue conversationId, byte[] payload) {
        send(
                "saslContinue",
                new BsonDocument("saslContinue", new BsonInt32(1))
                        .append("conversationId", conversationId)
                        .append("payload", new BsonBinary(payload)));
    }

    @Override
    public void onSentUnacknowledged(Connection from) {
        throw new IllegalStateException(asked + " expects a reply");
    }

    @Override
    public void onConnectionFailure(Connection from, MongoException failure) {
        requireNonNull(callback).onAuthenticationFailed(failure);
    }

    private void fail(String why, Throwable cause, int code) {
        ServerAddress server = requireNonNull(connection).description().server();
        MongoSecurityException failure = new MongoSecurityException(
                "Authentication with " + exchange.hash().mechanism.wireName() + " at " + server + " against database "
                        + client.source() + " failed: " + why,
                cause,
                code,
                server,
                exchange.hash().mechanism);
        if (cause instanceof MongoException told) {
            told.labels().forEach(failure::addLabel);
        }
        requireNonNull(callback).onAuthenticationFailed(failure);
    }
}
