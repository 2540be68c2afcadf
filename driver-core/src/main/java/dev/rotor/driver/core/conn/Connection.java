package dev.rotor.driver.core.conn;

import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.pool.PooledConnection;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.CompressedFrame;
import dev.rotor.driver.core.wire.MalformedMessageException;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.spi.Compressor;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import java.io.EOFException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: at most one request in flight.
 *
 * <p>All that threads can disagree about is one word, {@link #state}: a phase, and a count of requests above it.
 * Whoever moves it out of {@link #BUSY} by compare-and-set (the reply, the timer, a failure, {@link #close}) is the one
 * who tells the handler, so the handler hears exactly one outcome. The fields of a request are written before the word
 * becomes {@code BUSY} and read only after it was seen to be.
 */
public final class Connection extends PooledConnection {

    /** No hello reply is longer than this; a peer that claims so is none of ours. */
    static final int HANDSHAKE_FRAME_BYTES = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger("dev.rotor.driver.connection");

    private static final int NEW = 0;
    private static final int CONNECTING = 1;
    /** Established; nothing in flight. */
    private static final int IDLE = 2;
    /** A request is in flight. */
    private static final int BUSY = 3;
    /** The handler is hearing a reply after which more will come. */
    private static final int STREAMING = 4;

    private static final int CLOSED = 5;
    private static final int PHASE = 7;
    private static final int ONE_REQUEST = 8;

    private static final VarHandle STATE;
    private static final VarHandle CLOSE_REASON;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Connection.class, "state", long.class);
            CLOSE_REASON = MethodHandles.lookup().findVarHandle(Connection.class, "closeReason", MongoException.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ConnectionConfig config;
    private final Consumer<? super Connection> perished;
    private final EventLoop loop;
    private final DeadlineTimer timer;
    private final long socketTimeoutNanos;

    private volatile long state = NEW;
    private volatile @Nullable Wire wire;
    private volatile @Nullable Opening opening;
    /** Who authenticates it again when its credential expires; {@code null} where nobody can. */
    private volatile Authenticator.@Nullable Conversation authentication;

    private volatile @Nullable ConnectionDescription description;
    private volatile @Nullable MongoException closeReason;
    private volatile boolean helloOk;
    private int maxMessageSize = HANDSHAKE_FRAME_BYTES;
    /** How long a reply may be, uncompressed too. */
    private int maxReplySize = HANDSHAKE_FRAME_BYTES;
    /** What commands are compressed with; {@code null} for nothing. */
    private @Nullable Compressor compressor;

    /** The command whose memory the transport has, and by which array it will give it back. */
    private volatile @Nullable CommandWriter sending;

    private ByteBuffer @Nullable [] sendingBuffers;

    // The request in flight.
    private @Nullable ReplyHandler handler;
    /** Its bytes; their return tells that it was sent. */
    private ByteBuffer @Nullable [] requestBuffers;

    private boolean unacknowledged;
    private boolean exhaustAllowed;
    /** Whether replies of a stream are left unread; the time that takes is not the server's. */
    private volatile boolean paused;
    /**
     * Set when the connection was closed while the handler heard of a reply: by who has closed it, once the reason is
     * there, and by who has told of the reply. The second of them tells of the end.
     */
    private final AtomicBoolean cut = new AtomicBoolean();

    private int expectedResponseTo;
    /** When the whole request must be over, and how long each wait within it may take (0: as long as it likes). */
    private long requestDeadline;

    private long waitNanos;
    private long waitStartedAt;
    /** The nearer of both. */
    private volatile long deadline = Deadline.NONE;

    private final byte[] commandName = new byte[32];
    private int commandNameLength;

    /**
     * Makes a connection that is not open yet, on the transport's next loop.
     *
     * @param config what all connections to the server have in common
     * @param perished told when the socket of an established connection that has nothing in flight goes away by itself
     * @param id the pool's number for it
     * @param generation the pool's generation
     */
    public Connection(ConnectionConfig config, Consumer<? super Connection> perished, long id, int generation) {
        this(config, perished, id, generation, config.transport().nextLoop());
    }

    Connection(
            ConnectionConfig config, Consumer<? super Connection> perished, long id, int generation, EventLoop loop) {
        super(id, generation);
        this.config = config;
        this.perished = perished;
        this.loop = loop;
        this.timer = new DeadlineTimer(loop, config.clock(), this::checkDeadline);
        this.socketTimeoutNanos = config.socket().socketTimeout().toNanos();
    }

    /** What the handshake told; only after {@link #open} has succeeded. */
    public ConnectionDescription description() {
        ConnectionDescription told = description;
        if (told == null) {
            throw new IllegalStateException("the connection has not shaken hands");
        }
        return told;
    }

    /**
     * Starts a command: header, flags and the start of section 0 are written, the caller writes the elements of the
     * command, then calls {@link CommandWriter#endBody}, then adds document sequences. Exactly one of {@link #send} and
     * {@link CommandWriter#discard} must follow.
     */
    public CommandWriter beginCommand() {
        return config.buffers().begin();
    }

    /**
     * Sends a finished command. After this call the handler may already have been called, on this or another thread; if
     * it throws, whatever that is, the handler has not been and will not be called.
     *
     * @param command the command, the connection's from now on, whatever happens
     * @param handler hears the outcome; that the connection is closed already is one
     * @param deadline when to give the reply up and close the connection, see
     *     {@link dev.rotor.driver.core.time.Deadline}; the socket timeout applies as well
     * @throws BsonMaximumSizeExceededException if the command is longer than the server accepts; nothing was sent, the
     *     connection stays usable, and the handler is not called
     * @throws IllegalStateException if a request is in flight, or the connection not open
     */
    public void send(CommandWriter command, ReplyHandler handler, long deadline) {
        send(command, handler, deadline, socketTimeoutNanos);
    }

    /** The same with another limit than the socket timeout for each wait; 0 for none. */
    public void send(CommandWriter command, ReplyHandler handler, long deadline, long waitNanos) {
        long idle = state;
        if (phase(idle) != IDLE) {
            command.discard();
            if (phase(idle) == CLOSED) {
                tellFailure(handler, closeReason());
                return;
            }
            throw new IllegalStateException(
                    phase(idle) < IDLE ? "the connection is not open" : "a request is in flight already");
        }
        int size = command.getPosition();
        if (size > maxMessageSize) {
            command.discard();
            throw new BsonMaximumSizeExceededException("A command of " + size + " bytes is larger than the "
                    + maxMessageSize + " bytes that " + config.address() + " accepts");
        }
        this.commandNameLength = command.copyCommandName(commandName);
        Compressor agreed = compressor;
        ByteBuffer[] buffers;
        if (agreed == null) {
            buffers = command.finish();
        } else {
            ByteBuffer @Nullable [] packed = compressed(command, agreed, handler);
            if (packed == null) {
                return;
            }
            buffers = packed;
        }
        this.handler = handler;
        this.requestBuffers = buffers;
        this.unacknowledged = command.isUnacknowledged();
        this.exhaustAllowed = command.isExhaustAllowed();
        this.expectedResponseTo = command.requestId();
        this.requestDeadline = deadline;
        this.waitNanos = waitNanos;
        boolean timed = restartWait();
        // Where the transport still has the previous command's memory, this one's goes to the garbage collector.
        if (sending == null) {
            sendingBuffers = buffers;
            sending = command;
        }
        long busy = (idle & ~PHASE) + ONE_REQUEST + BUSY;
        if (!STATE.compareAndSet(this, idle, busy)) {
            tellFailure(handler, closeReason());
            return;
        }
        try {
            if (timed) {
                timer.arm(this.deadline);
            }
            Wire established = wire;
            if (established == null) {
                throw new IllegalStateException("an open connection without a wire");
            }
            established.send(buffers);
        } catch (Throwable e) {
            // The handler has been taken in, so that is who hears of it, whatever the transport throws.
            terminate(Failures.closed(config.address(), e, during(busy)), true);
        }
    }

    /** The command as it goes out; {@code null} when that failed, and the handler has heard so. */
    private ByteBuffer @Nullable [] compressed(CommandWriter command, Compressor agreed, ReplyHandler handler) {
        try {
            return Compressible.is(commandName, commandNameLength)
                    ? command.finish(agreed, maxMessageSize)
                    : command.finish();
        } catch (Throwable e) {
            command.discard();
            // No peer is to blame, but what does not work once would not work the next time.
            MongoException failure = Failures.notCompressed(config.address(), name(), agreed.name(), e);
            terminate(failure, false);
            tellFailure(handler, failure);
            return null;
        }
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void open(OpenListener listener) {
        open(config.socket().connectTimeout().toNanos(), listener, null);
    }

    void open(long timeoutNanos, OpenListener listener, Opening.@Nullable HelloObserver observer) {
        Opening started = new Opening(this, config, new Listener(), timeoutNanos, listener, observer);
        opening = started;
        if (!STATE.compareAndSet(this, (long) NEW, (long) CONNECTING)) {
            if (phase(state) != CLOSED) {
                throw new IllegalStateException("a connection is opened once");
            }
            started.ended(closeReason());
            return;
        }
        if (started.deadline() != Deadline.NONE) {
            timer.arm(started.deadline());
        }
        started.start();
    }

    @Override
    public void close(MongoException reason) {
        terminate(reason, false);
    }

    @Override
    public boolean isClosed() {
        return phase(state) == CLOSED;
    }

    @Override
    public @Nullable MongoException closedBy() {
        return closeReason;
    }

    @Override
    public @Nullable ObjectId serviceId() {
        ConnectionDescription told = description;
        return told == null ? null : told.serviceId();
    }

    /** Whether the server knows hello by that name. */
    boolean helloOk() {
        return helloOk;
    }

    /** The server, the number and the state; for log lines. */
    @Override
    public String toString() {
        return "Connection{" + config.address() + ", id=" + id() + (isClosed() ? ", closed}" : "}");
    }

    // ---- what establishing it tells

    void described(ConnectionDescription told, BsonDocument hello) {
        description = told;
        helloOk = Handshake.isTrue(hello, "helloOk") || Handshake.startsWithHello(config);
        maxMessageSize = told.maxMessageSize();
        maxReplySize = Handshake.maxFrameBytes(told);
        compressor = Handshake.compressor(config, hello);
        if (compressor == null && !config.compressors().isEmpty()) {
            LOG.debug(
                    "{} knows none of the compressors that it was offered; commands go uncompressed", config.address());
        }
        Wire established = wire;
        if (established != null) {
            established.maxFrameBytes(maxReplySize);
        }
    }

    void opened() {
        Opening done = opening;
        if (done != null) {
            authentication = done.lasting();
        }
        opening = null;
    }

    /**
     * Authenticates anew, since the server has said that the credential has expired. Nothing may be in flight.
     *
     * @param deadline when it must be over
     * @param callback hears the outcome exactly once, on any thread
     * @return {@code false}, and the callback hears nothing, when there is no other credential to try
     */
    public boolean reauthenticate(long deadline, Authenticator.Callback callback) {
        Authenticator.Conversation lasting = authentication;
        if (lasting == null) {
            return false;
        }
        lasting.reauthenticate(this, deadline, callback);
        return true;
    }

    /**
     * Closes the connection; whoever waits for something hears the reason. Harmless when closed already.
     *
     * @param reason why
     * @param byItself whether nobody asked for it
     */
    void terminate(MongoException reason, boolean byItself) {
        // Who finds it closed finds a reason.
        CLOSE_REASON.compareAndSet(this, null, reason);
        long seen;
        do {
            seen = state;
            if (phase(seen) == CLOSED) {
                return;
            }
        } while (!STATE.compareAndSet(this, seen, closed(seen)));
        afterClosing(seen, reason, byItself);
    }

    /** The same, provided that nothing has happened since {@code seen}. */
    private void terminateIf(long seen, MongoException reason) {
        if (STATE.compareAndSet(this, seen, closed(seen))) {
            afterClosing(seen, reason, true);
        }
    }

    private void afterClosing(long before, MongoException reason, boolean byItself) {
        closeReason = reason;
        letGo(phase(before) == IDLE && !byItself);
        if (phase(before) == BUSY || (phase(before) == STREAMING && isSecondToCut())) {
            ReplyHandler waiting = handler;
            handler = null;
            if (waiting != null) {
                tellFailure(waiting, reason);
            }
        }
        Opening underWay = opening;
        boolean wasOpening = underWay != null && underWay.ended(reason);
        if (byItself && phase(before) == IDLE && !wasOpening) {
            perished.accept(this);
        }
    }

    /** Ends timer and wire. What the transport throws meanwhile must not keep anybody from hearing of the end. */
    private void letGo(boolean inOrder) {
        try {
            timer.cancel();
        } catch (Throwable e) {
            transportThrew(e);
        }
        Wire established = wire;
        if (established == null) {
            return;
        }
        try {
            if (inOrder) {
                established.close();
            } else {
                established.abort();
            }
        } catch (Throwable e) {
            transportThrew(e);
        }
    }

    /** What the transport throws while the connection ends changes nothing any more, but for this line. */
    void transportThrew(Throwable e) {
        LOG.error("The transport threw while connection {} to {} was closed", id(), config.address(), e);
    }

    private boolean isSecondToCut() {
        return cut.getAndSet(true);
    }

    // ---- deadlines

    /** Computes the deadline of the next wait; returns whether there is one. */
    private boolean restartWait() {
        if (waitNanos == 0) {
            if (requestDeadline == Deadline.NONE) {
                if (deadline != Deadline.NONE) {
                    deadline = Deadline.NONE;
                }
                return false;
            }
            waitStartedAt = config.clock().nanoTime();
            deadline = requestDeadline;
            return true;
        }
        long now = config.clock().nanoTime();
        waitStartedAt = now;
        deadline = Deadline.earlier(requestDeadline, Deadline.after(now, waitNanos), now);
        return true;
    }

    /** Bytes of the request in flight moved: the wait for the next ones starts. */
    private void progress() {
        if (waitNanos != 0 && phase(state) == BUSY) {
            restartWait();
        }
    }

    /** The timer fired: is it time? Returns when to look again. */
    private long checkDeadline(long now) {
        long seen = state;
        Opening underWay = opening;
        if (underWay != null && phase(seen) != CLOSED) {
            long until = underWay.deadline();
            if (phase(seen) == BUSY) {
                // A command of the handshake, which has a limit of its own.
                until = Deadline.earlier(until, deadline, now);
            }
            if (Deadline.passed(until, now)) {
                terminate(underWay.timedOut(), true);
                return Deadline.NONE;
            }
            return until;
        }
        if (phase(seen) != BUSY) {
            return Deadline.NONE;
        }
        long until = paused ? requestDeadline : deadline;
        if (Deadline.passed(until, now)) {
            terminateIf(seen, Failures.timedOut(config.address(), now - waitStartedAt, during(seen)));
            return Deadline.NONE;
        }
        return until;
    }

    // ---- what the wire tells

    private void onFrame(byte[] frame) {
        long seen = state;
        if (phase(seen) == CLOSED) {
            return;
        }
        ReplyEnvelope reply;
        try {
            reply = ReplyEnvelope.parse(
                    CompressedFrame.is(frame)
                            ? CompressedFrame.uncompressed(frame, config.compressors(), maxReplySize)
                            : frame);
        } catch (MalformedMessageException e) {
            terminate(Failures.protocol(config.address(), String.valueOf(e.getMessage()), e, during(seen)), true);
            return;
        }
        String wrong = wrong(seen, reply);
        if (wrong != null) {
            terminate(Failures.protocol(config.address(), wrong, null, during(seen)), true);
            return;
        }
        ReplyHandler waiting = handler;
        if (waiting == null) {
            return;
        }
        if (reply.moreToCome()) {
            stream(seen, waiting, reply);
        } else if (STATE.compareAndSet(this, seen, (seen & ~PHASE) + IDLE)) {
            handler = null;
            if (exhaustAllowed) {
                read();
            }
            tellReply(waiting, reply);
        }
    }

    /** Why a well-formed message is not the one that is waited for, or {@code null}. */
    private @Nullable String wrong(long seen, ReplyEnvelope reply) {
        if (phase(seen) != BUSY || unacknowledged) {
            return "a message that was not asked for";
        }
        if (reply.responseTo() != expectedResponseTo) {
            return "a reply to request " + reply.responseTo() + " instead of " + expectedResponseTo;
        }
        if (reply.moreToCome() && !exhaustAllowed) {
            return "a reply that promises another one, which was not allowed";
        }
        return null;
    }

    /** One reply of several. The handler stays; nobody tells it of a failure while it hears of the reply. */
    private void stream(long seen, ReplyHandler waiting, ReplyEnvelope reply) {
        long streaming = (seen & ~PHASE) + STREAMING;
        if (!STATE.compareAndSet(this, seen, streaming)) {
            return;
        }
        expectedResponseTo = reply.requestId();
        boolean timed = restartWait();
        tellReply(waiting, reply);
        if (!STATE.compareAndSet(this, streaming, (seen & ~PHASE) + ONE_REQUEST + BUSY)) {
            if (isSecondToCut()) {
                handler = null;
                tellFailure(waiting, closeReason());
            }
        } else if (timed) {
            timer.arm(deadline);
        }
    }

    /**
     * Stops reading, for who cannot take more replies now; what is on its way may still come. To be called while
     * hearing of a reply after which more will come.
     */
    public void pauseReplies() {
        Wire established = wire;
        if (established != null) {
            paused = true;
            established.readInterest(false);
        }
    }

    /**
     * Closes the connection if it still serves a request, and not another one by now. Called from any thread.
     *
     * @param of whose request
     */
    public void stopReplies(ReplyHandler of) {
        MongoException reason = new StreamStoppedException(null);
        long seen;
        do {
            seen = state;
            // The count in the word makes sure that the handler belongs to it.
            if ((phase(seen) != BUSY && phase(seen) != STREAMING) || handler != of) {
                return;
            }
        } while (!STATE.compareAndSet(this, seen, closed(seen)));
        afterClosing(seen, reason, false);
    }

    /** Goes on reading. Called from any thread; harmless when the replies have ended. */
    public void resumeReplies() {
        try {
            loop.execute(this::resume);
        } catch (RejectedExecutionException e) {
            // The transport has been closed, and with it the wire: no reply will come.
            LOG.trace("Connection {} to {} is not read from any more", id(), config.address(), e);
        }
    }

    private void resume() {
        int phase = phase(state);
        if (phase == STREAMING) {
            // Another thread tells the handler of a reply just now; the wait for the next one begins with its return.
            read();
        }
        if (!paused || phase != BUSY) {
            return;
        }
        boolean timed = restartWait();
        read();
        if (timed) {
            timer.arm(deadline);
        }
    }

    private void read() {
        Wire established = wire;
        if (paused && established != null) {
            paused = false;
            established.readInterest(true);
        }
    }

    private void onSent(ByteBuffer[] buffers) {
        CommandWriter sent = sending;
        if (sent != null && sendingBuffers == buffers) {
            sending = null;
            sent.discard();
        }
        long seen = state;
        if (phase(seen) != BUSY || requestBuffers != buffers) {
            return;
        }
        if (!unacknowledged) {
            progress();
            return;
        }
        ReplyHandler waiting = handler;
        if (waiting != null && STATE.compareAndSet(this, seen, (seen & ~PHASE) + IDLE)) {
            handler = null;
            tellSent(waiting);
        }
    }

    private void onClosed(@Nullable Throwable cause) {
        if (isClosed()) {
            return;
        }
        Opening underWay = opening;
        String during = during(state);
        if (underWay != null && cause instanceof EOFException) {
            during += underWay.suspicion();
        }
        MongoException failure = Failures.closed(config.address(), cause, during);
        if (underWay != null && cause != null) {
            underWay.label(failure, cause);
        }
        terminate(failure, true);
    }

    private final class Listener implements WireListener {

        @Override
        public void onConnected(Wire established) {
            wire = established;
            if (!STATE.compareAndSet(Connection.this, (long) CONNECTING, (long) IDLE)) {
                established.abort();
                return;
            }
            Opening underWay = opening;
            if (underWay != null) {
                underWay.connected(established);
            }
        }

        @Override
        public byte[] allocate(int length) {
            progress();
            return new byte[length];
        }

        @Override
        public void onFrame(byte[] frame) {
            Connection.this.onFrame(frame);
        }

        @Override
        public void onSent(ByteBuffer[] buffers) {
            Connection.this.onSent(buffers);
        }

        @Override
        public void onClosed(@Nullable Throwable cause) {
            Connection.this.onClosed(cause);
        }
    }

    // ---- telling handlers: what they throw must harm neither the loop nor the connection

    private void tellReply(ReplyHandler waiting, ReplyEnvelope reply) {
        try {
            waiting.onReply(this, reply);
        } catch (Throwable e) {
            handlerThrew(e);
        }
    }

    private void tellSent(ReplyHandler waiting) {
        try {
            waiting.onSentUnacknowledged(this);
        } catch (Throwable e) {
            handlerThrew(e);
        }
    }

    private void tellFailure(ReplyHandler waiting, MongoException failure) {
        try {
            waiting.onConnectionFailure(this, failure);
        } catch (Throwable e) {
            handlerThrew(e);
        }
    }

    private void handlerThrew(Throwable e) {
        LOG.error("A reply handler of connection {} to {} failed", id(), config.address(), e);
    }

    private String during(long seen) {
        Opening underWay = opening;
        if (underWay != null) {
            return underWay.stage();
        }
        if (phase(seen) != BUSY) {
            return "while idle";
        }
        return (unacknowledged ? "while sending " : "while waiting for the reply to ") + name();
    }

    private String name() {
        return new String(commandName, 0, commandNameLength, StandardCharsets.UTF_8);
    }

    /** Why it is closed. Where a request's time is over, the word changes a moment before the reason is there. */
    private MongoException closeReason() {
        MongoException reason = closeReason;
        return reason != null
                ? reason
                : new MongoConnectionException(
                        "The connection to " + config.address() + " was closed", null, config.address(), false);
    }

    private static int phase(long state) {
        return (int) state & PHASE;
    }

    private static long closed(long state) {
        return (state & ~PHASE) + CLOSED;
    }
}
