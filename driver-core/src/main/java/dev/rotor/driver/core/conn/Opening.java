package dev.rotor.driver.core.conn;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.net.Socks5Proxy;
import dev.rotor.driver.core.pool.PooledConnection;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.MalformedMessageException;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Establishes one connection: resolve, connect, hello, authenticate. Every failure goes through
 * {@link Connection#terminate}, which tells {@link #ended}, which tells the listener; so there is one way out, however
 * many things go wrong at once.
 */
final class Opening implements ReplyHandler, AddressResolver.Callback, Authenticator.Callback {

    /** Hears the handshake's reply; for monitors, which live on it. */
    @FunctionalInterface
    interface HelloObserver {
        /** The reply, and how long it took from the request. */
        void onHello(BsonDocument reply, long roundTripNanos);
    }

    /**
     * The transport keeps the timeout of connecting, because it knows which address did not answer; this connection's
     * own timer comes later, in case.
     */
    private static final long GRACE_NANOS = 500_000_000L;

    private enum Stage {
        RESOLVING("while resolving its host name"),
        CONNECTING("while connecting"),
        HELLO("while waiting for the reply to hello"),
        AUTHENTICATING("while authenticating");

        private final String words;

        Stage(String words) {
            this.words = words;
        }
    }

    private final Connection connection;
    private final ConnectionConfig config;
    private final WireListener wireListener;
    private final AtomicReference<PooledConnection.@Nullable OpenListener> listener;
    private final @Nullable HelloObserver observer;
    private final long startedAt;
    private final long timeoutNanos;
    /** The transport hands what was written before it was asked to connect over to the loop. */
    private Authenticator.Conversation conversation = NoConversation.INSTANCE;
    /** Moves only while something else than the server is waited for. */
    private volatile long deadline;

    private volatile Stage stage = Stage.RESOLVING;
    private volatile @Nullable Cancellable attempt;
    private volatile boolean over;
    private long helloSentAt;

    Opening(
            Connection connection,
            ConnectionConfig config,
            WireListener wireListener,
            long timeoutNanos,
            PooledConnection.OpenListener listener,
            @Nullable HelloObserver observer) {
        this.connection = connection;
        this.config = config;
        this.wireListener = wireListener;
        this.listener = new AtomicReference<>(listener);
        this.observer = observer;
        this.startedAt = config.clock().nanoTime();
        this.timeoutNanos = timeoutNanos;
        this.deadline = Deadline.after(startedAt, timeoutNanos);
    }

    /** What is under way, for messages. */
    String stage() {
        return stage.words;
    }

    /** What the end of the stream at this stage may mean; empty for nothing in particular. */
    String suspicion() {
        return stage == Stage.HELLO && config.tls() == null ? "; does it expect TLS (tls=true)?" : "";
    }

    /** When this connection's own timer must end it. */
    long deadline() {
        return deadline == Deadline.NONE || stage != Stage.CONNECTING ? deadline : deadline + GRACE_NANOS;
    }

    MongoException timedOut() {
        long waited = config.clock().nanoTime() - startedAt;
        MongoException failure = Failures.timedOut(
                config.address(), timeoutNanos == 0 ? waited : Math.min(timeoutNanos, waited), stage.words);
        label(failure, failure);
        return failure;
    }

    /**
     * Tells by labels that a server may have failed to answer because it has too much to do ("backpressure-enabled" in
     * the Connection Monitoring and Pooling specification): network errors and timeouts while connecting and in hello,
     * not those that have nothing to do with load.
     *
     * @param failure what to label
     * @param cause what happened
     */
    void label(MongoException failure, Throwable cause) {
        // Whether a proxy can be reached, and what it allows, has nothing to do with the server's load.
        boolean atRisk = (stage == Stage.CONNECTING && config.proxy() == null) || stage == Stage.HELLO;
        if (atRisk && Failures.mayBeOverload(failure, cause)) {
            failure.addLabel(MongoException.SYSTEM_OVERLOADED_ERROR);
            failure.addLabel(MongoException.RETRYABLE_ERROR);
        }
    }

    // Whatever is thrown below, Errors included, ends the opening at once: by itself nobody up the stack would do that.

    void start() {
        try {
            conversation = config.authenticator().converse();
        } catch (Throwable e) {
            onLoop(notAuthenticated(e));
            return;
        }
        Socks5Proxy proxy = config.proxy();
        try {
            config.resolver().resolve(proxy == null ? config.address() : proxy.address(), this);
        } catch (Throwable e) {
            onLoop(Failures.closed(config.address(), e, stage.words));
        }
    }

    @Override
    public void onResolved(List<SocketAddress> addresses) {
        if (over) {
            return;
        }
        long left = Deadline.remaining(deadline, config.clock().nanoTime());
        if (left <= 0) {
            onLoop(timedOut());
            return;
        }
        stage = Stage.CONNECTING;
        try {
            ConnectRequest request = new ConnectRequest(
                    config.address().host(),
                    config.address().port(),
                    addresses,
                    deadline == Deadline.NONE ? Duration.ZERO : Duration.ofNanos(left),
                    config.socket().tcp(),
                    config.proxy(),
                    config.tls(),
                    Connection.HANDSHAKE_FRAME_BYTES);
            Cancellable started = config.transport().connect(connection.loop(), request, wireListener);
            attempt = started;
            if (over) {
                started.cancel();
            }
        } catch (Throwable e) {
            onLoop(Failures.closed(config.address(), e, stage.words));
        }
    }

    @Override
    public void onResolveFailed(Exception cause) {
        onLoop(Failures.unresolved(config.address(), config.proxy(), cause));
    }

    /** The wire is there: the first message. */
    void connected(Wire wire) {
        stage = Stage.HELLO;
        CommandWriter hello = connection.beginCommand();
        try {
            Handshake.writeFirst(hello, config, conversation);
        } catch (Throwable e) {
            hello.discard();
            connection.terminate(
                    new MongoException("The handshake with " + config.address() + " could not be written: " + e, e),
                    false);
            return;
        }
        helloSentAt = config.clock().nanoTime();
        // The tests of Client Side Operations Timeout fill a pool though timeoutMS is less than the hellos take.
        connection.send(hello, this, deadline, 0);
    }

    @Override
    public void onReply(Connection connection, ReplyEnvelope reply) {
        long roundTrip = config.clock().nanoTime() - helloSentAt;
        BsonDocument document;
        try {
            if (!reply.ok()) {
                connection.terminate(Failures.refused(config.address(), "hello", reply), false);
                return;
            }
            document = reply.document();
            ConnectionDescription told = Handshake.describe(config, connection.id(), document);
            connection.described(told, document);
            PooledConnection.OpenListener pool = listener.get();
            if (pool != null && connection.serviceId() != null) {
                // Before authentication: the connection's generation is that of its service from here on.
                pool.onServiceKnown();
            }
            HelloObserver hears = observer;
            if (hears != null) {
                hears.onHello(document, roundTrip);
            }
        } catch (MalformedMessageException e) {
            connection.terminate(
                    Failures.protocol(config.address(), String.valueOf(e.getMessage()), e, stage.words), false);
            return;
        } catch (MongoException e) {
            connection.terminate(e, false);
            return;
        } catch (Throwable e) {
            connection.terminate(
                    new MongoException("The reply of " + config.address() + " to hello could not be taken in: " + e, e),
                    false);
            return;
        }
        if (Handshake.isTrue(document, "arbiterOnly")) {
            // Arbiters hold no users; the Authentication specification forbids to authenticate with them.
            onAuthenticated();
            return;
        }
        stage = Stage.AUTHENTICATING;
        try {
            conversation.authenticate(connection, document, deadline, this);
        } catch (Throwable e) {
            connection.terminate(notAuthenticated(e), false);
        }
    }

    private MongoException notAuthenticated(Throwable cause) {
        return new MongoException("Authentication with " + config.address() + " failed: " + cause, cause);
    }

    @Override
    public void onAuthenticated() {
        PooledConnection.OpenListener hears = listener.getAndSet(null);
        if (hears != null) {
            over = true;
            connection.opened();
            hears.onOpened();
        }
    }

    @Override
    public long onWait(long nanos) {
        if (deadline != Deadline.NONE) {
            // The timer fires at the old one, and looks.
            deadline = Deadline.after(config.clock().nanoTime(), nanos + timeoutNanos);
        }
        return deadline;
    }

    /** What has authenticated the connection, where it may have to do so again. */
    Authenticator.@Nullable Conversation lasting() {
        return conversation.canReauthenticate() ? conversation : null;
    }

    @Override
    public void onAuthenticationFailed(MongoException cause) {
        connection.terminate(cause, false);
    }

    @Override
    public void onSentUnacknowledged(Connection connection) {
        throw new IllegalStateException("hello expects a reply");
    }

    @Override
    public void onConnectionFailure(Connection connection, MongoException failure) {
        // The connection tells ended().
    }

    /** The connection is closed. Returns whether it had not been established yet. */
    boolean ended(MongoException reason) {
        over = true;
        Cancellable started = attempt;
        if (started != null) {
            try {
                started.cancel();
            } catch (Throwable e) {
                connection.transportThrew(e);
            }
        }
        PooledConnection.OpenListener hears = listener.getAndSet(null);
        if (hears == null) {
            return false;
        }
        hears.onOpenFailed(reason);
        return true;
    }

    /** Whoever listens is told on the loop, not on the resolver's thread. */
    private void onLoop(MongoException failure) {
        if (connection.loop().inLoop()) {
            connection.terminate(failure, false);
            return;
        }
        try {
            connection.loop().execute(() -> connection.terminate(failure, false));
        } catch (RejectedExecutionException e) {
            connection.terminate(failure, false);
        }
    }
}
