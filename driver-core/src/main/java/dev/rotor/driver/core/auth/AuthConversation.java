package dev.rotor.driver.core.auth;

import static java.util.Objects.requireNonNull;

import dev.rotor.driver.AuthMechanism;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoSecurityException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.core.conn.Authenticator;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.conn.ReplyHandler;
import dev.rotor.driver.core.future.StageFailures;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
 * What the mechanisms have in common on one connection: commands and their replies, work that is not for a loop, and
 * the one way out of everything that fails.
 */
abstract class AuthConversation implements Authenticator.Conversation, ReplyHandler {

    static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private static final int AUTHENTICATION_FAILED = 18;
    private static final int MECHANISM_UNAVAILABLE = 334;

    private final String source;
    private final @Nullable ServerApi serverApi;
    private final Executor executor;

    private @Nullable Connection connection;
    /** Until it has heard of a failure. */
    private final AtomicReference<Authenticator.@Nullable Callback> callback = new AtomicReference<>();

    private long deadline;
    /** What the server is being asked, for messages. */
    private String asked = "hello";

    /**
     * For one connection.
     *
     * @param source the database of the user
     * @param serverApi what each command declares, or {@code null}
     * @param executor for work that is not for a loop
     */
    AuthConversation(String source, @Nullable ServerApi serverApi, Executor executor) {
        this.source = source;
        this.serverApi = serverApi;
        this.executor = executor;
    }

    /** The mechanism, for messages. */
    abstract AuthMechanism mechanism();

    /** Begins, with what the handshake's reply has. */
    abstract void begin(BsonDocument helloReply);

    /** A reply, {@code ok: 1}. What is thrown from here fails the authentication. */
    abstract void answered(BsonDocument reply);

    /** The end of a sentence about a refusal, for what servers do not say; empty for nothing. */
    String advice(int code) {
        if (code == MECHANISM_UNAVAILABLE) {
            return " (check authMechanism, and authenticationMechanisms in the server's configuration)";
        }
        boolean byPassword =
                switch (mechanism()) {
                    case PLAIN, SCRAM_SHA_1, SCRAM_SHA_256 -> true;
                    case GSSAPI, MONGODB_AWS, MONGODB_OIDC, MONGODB_X509 -> false;
                };
        return code == AUTHENTICATION_FAILED && byPassword
                ? " (check the user name, the password, authSource, and that the user may use this mechanism)"
                : "";
    }

    /** The server has refused a command. Returns whether that is not the end. */
    boolean refused(int code) {
        return false;
    }

    /** The authentication has failed, however. */
    void failed() {
        // Nothing to forget.
    }

    @Override
    public final void authenticate(Connection on, BsonDocument helloReply, long until, Authenticator.Callback hears) {
        on(on, until, hears);
        attempt(() -> begin(helloReply));
    }

    /** From now on it is about this. */
    final void on(Connection on, long until, Authenticator.Callback hears) {
        connection = on;
        callback.set(hears);
        deadline = until;
    }

    /**
     * Does something whose failure is that of the authentication. An error too, for example of a library that is there
     * in part: nobody else would hear of it, and an operation would wait for ever.
     */
    final void attempt(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            if (callback.get() == null) {
                // It has been told; this is of whoever has heard it.
                throw e;
            }
            fail(e);
        }
    }

    final Connection connection() {
        return requireNonNull(connection, "connection");
    }

    final ServerAddress server() {
        return connection().description().server();
    }

    final String source() {
        return source;
    }

    final Executor executor() {
        return executor;
    }

    final long deadline() {
        return deadline;
    }

    // ---- commands

    /** {@code saslStart}. */
    static BsonDocument saslStart(AuthMechanism mechanism, byte[] payload) {
        return new BsonDocument("saslStart", new BsonInt32(1))
                .append("mechanism", new BsonString(mechanism.wireName()))
                .append("payload", new BsonBinary(payload));
    }

    /** {@code saslContinue}, in answer to a reply. */
    static BsonDocument saslContinue(BsonValue conversationId, byte[] payload) {
        return new BsonDocument("saslContinue", new BsonInt32(1))
                .append("conversationId", conversationId)
                .append("payload", new BsonBinary(payload));
    }

    static BsonValue conversationId(BsonDocument reply) {
        return requireNonNull(reply.get("conversationId"), "no conversationId");
    }

    /** A document as the payload of mechanisms whose messages are BSON. */
    static byte[] payload(BsonDocument document) {
        RawBsonDocument raw = new RawBsonDocument(document, CODEC);
        int from = raw.getByteOffset();
        byte[] bytes = Arrays.copyOfRange(raw.getBackingArray(), from, from + raw.getByteLength());
        Arrays.fill(raw.getBackingArray(), (byte) 0);
        return bytes;
    }

    /** The payload of a reply of such mechanisms. */
    static BsonDocument payload(BsonDocument reply, String of) {
        byte[] bytes = reply.getBinary("payload").getData();
        try {
            return new RawBsonDocument(bytes).decode(CODEC);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the server's payload is not " + of, e);
        }
    }

    static boolean isDone(BsonDocument reply) {
        return reply.getBoolean("done").getValue();
    }

    /** Sends a command. What of it may be secret is wiped afterwards, as far as it is in this object's hands. */
    final void send(String name, BsonDocument command) {
        asked = name;
        command.append("$db", new BsonString(source));
        declare(command);
        Connection on = connection();
        CommandWriter out = on.beginCommand();
        try {
            RawBsonDocument raw = new RawBsonDocument(command, CODEC);
            // Its elements, without its length and terminating zero.
            out.putRawElement(raw.getBackingArray(), raw.getByteOffset() + 4, raw.getByteLength() - 5);
            out.endBody();
            Arrays.fill(raw.getBackingArray(), (byte) 0);
            if (command.get("payload") instanceof BsonBinary payload) {
                Arrays.fill(payload.getData(), (byte) 0);
            }
        } catch (Throwable e) {
            out.discard();
            fail(e);
            return;
        }
        attempt(() -> on.send(out, this, deadline));
    }

    private void declare(BsonDocument command) {
        ServerApi api = serverApi;
        if (api == null) {
            return;
        }
        command.append("apiVersion", new BsonString(api.version().wireName()));
        if (api.strict() != null) {
            command.append("apiStrict", BsonBoolean.valueOf(api.strict()));
        }
        if (api.deprecationErrors() != null) {
            command.append("apiDeprecationErrors", BsonBoolean.valueOf(api.deprecationErrors()));
        }
    }

    // ---- work that is not for a loop

    /** Does something slow on the executor, then goes on, on the connection's loop. */
    final <T> void offLoop(Supplier<T> work, Consumer<? super T> then) {
        Connection on = connection();
        try {
            executor.execute(() -> {
                Runnable next;
                try {
                    T done = work.get();
                    next = () -> then.accept(done);
                } catch (Throwable e) {
                    next = () -> fail(e);
                }
                hop(on, next);
            });
        } catch (RejectedExecutionException e) {
            fail("the client is being closed", e, -1);
        } catch (Throwable e) {
            // As of a thread that cannot be started.
            fail(e);
        }
    }

    /** Waits for something, then goes on, on the connection's loop. */
    final <T> void await(CompletionStage<T> stage, Consumer<? super T> then) {
        Connection on = connection();
        var unused = stage.whenComplete((value, failure) ->
                hop(on, failure == null ? () -> then.accept(value) : () -> fail(StageFailures.unwrapped(failure))));
    }

    /** Back to the loop of the connection, where everything about it happens. */
    private void hop(Connection on, Runnable next) {
        Runnable attempted = () -> attempt(next);
        if (on.loop().inLoop()) {
            attempted.run();
            return;
        }
        try {
            on.loop().execute(attempted);
        } catch (RejectedExecutionException e) {
            attempted.run();
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** Something else than the server is waited for, that long at most. */
    final void waits(long nanos) {
        deadline = requireNonNull(callback.get()).onWait(nanos);
    }

    // ---- what the server says

    @Override
    public final void onReply(Connection from, ReplyEnvelope reply) {
        attempt(() -> {
            if (reply.ok()) {
                answered(reply.document());
            } else if (!refused(reply.code())) {
                fail(reply.errorMessage() + advice(reply.code()), refusal(from, reply), reply.code());
            }
        });
    }

    private MongoCommandException refusal(Connection from, ReplyEnvelope reply) {
        MongoCommandException refusal = new MongoCommandException(
                from.description().server() + " refused " + asked + ": " + reply.errorMessage(),
                reply.code(),
                reply.codeName(),
                reply.errorMessage(),
                reply.document(),
                from.description().server());
        for (String label : reply.errorLabels()) {
            refusal.addLabel(label);
        }
        return refusal;
    }

    @Override
    public final void onSentUnacknowledged(Connection from) {
        throw new IllegalStateException(asked + " expects a reply");
    }

    @Override
    public final void onConnectionFailure(Connection from, MongoException failure) {
        tellFailed(failure);
    }

    // ---- the end

    final void succeed() {
        requireNonNull(callback.get()).onAuthenticated();
    }

    final void fail(Throwable cause) {
        fail(cause instanceof Error ? cause.toString() : String.valueOf(cause.getMessage()), cause, -1);
    }

    final void fail(String why, @Nullable Throwable cause, int code) {
        ServerAddress server = server();
        MongoSecurityException failure = new MongoSecurityException(
                "Authentication with " + mechanism().wireName() + " at " + server + " against database " + source
                        + " failed: " + why,
                cause,
                code,
                server,
                mechanism());
        if (cause instanceof MongoException told) {
            told.labels().forEach(failure::addLabel);
        }
        tellFailed(failure);
    }

    /** The first time counts: who hears of it closes the connection, of which this may hear in turn. */
    private void tellFailed(MongoException failure) {
        Authenticator.Callback hears = callback.getAndSet(null);
        if (hears == null) {
            return;
        }
        try {
            failed();
        } finally {
            hears.onAuthenticationFailed(failure);
        }
    }
}
