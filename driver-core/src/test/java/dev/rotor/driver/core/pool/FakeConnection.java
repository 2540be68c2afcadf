package dev.rotor.driver.core.pool;

import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.transport.EventLoop;
import java.util.Objects;
import java.util.function.Consumer;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** A connection without a socket: a test, or a behaviour given to it, says how establishing it ends. */
final class FakeConnection extends PooledConnection {

    static final ServerAddress SERVER = new ServerAddress("db1", 27017);

    private final EventLoop loop;
    private final Consumer<FakeConnection> onOpen;
    private @Nullable OpenListener opening;
    private volatile boolean closed;
    volatile @Nullable ObjectId serviceId;
    volatile @Nullable MongoException closeReason;
    /** What asking whether it is closed throws. */
    volatile @Nullable Error unaskable;
    /** How often it was closed. */
    int closes;

    FakeConnection(long id, int generation, EventLoop loop, Consumer<FakeConnection> onOpen) {
        super(id, generation);
        this.loop = loop;
        this.onOpen = onOpen;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void open(OpenListener listener) {
        opening = listener;
        onOpen.accept(this);
    }

    boolean isOpening() {
        return opening != null;
    }

    /** The handshake tells the service now. */
    void reach(ObjectId service) {
        serviceId = service;
        Objects.requireNonNull(opening).onServiceKnown();
    }

    /** Establishing it succeeds now. */
    void succeed() {
        OpenListener listener = Objects.requireNonNull(opening);
        opening = null;
        listener.onOpened();
    }

    /** Establishing it fails now. */
    void fail(MongoException cause) {
        OpenListener listener = Objects.requireNonNull(opening);
        opening = null;
        closed = true;
        listener.onOpenFailed(cause);
    }

    /** The peer goes away; the pool is not told. */
    void breakSocket() {
        closed = true;
    }

    @Override
    public void close(MongoException reason) {
        closes++;
        boolean first = !closed;
        closed = true;
        if (first) {
            closeReason = reason;
        }
        OpenListener listener = opening;
        if (listener != null) {
            opening = null;
            listener.onOpenFailed(networkError("closed while it was being established"));
        }
    }

    @Override
    public boolean isClosed() {
        Error thrown = unaskable;
        if (thrown != null) {
            throw thrown;
        }
        return closed;
    }

    @Override
    public @Nullable ObjectId serviceId() {
        return serviceId;
    }

    @Override
    public String toString() {
        return "connection " + id();
    }

    static MongoConnectionException networkError(String message) {
        return new MongoConnectionException(message, null, SERVER, false);
    }
}
