package dev.rotor.driver.core.topology;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.conn.MonitorConnection;
import dev.rotor.driver.core.fake.ManualLoop;
import dev.rotor.driver.topology.TopologyVersion;
import dev.rotor.driver.transport.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Monitor connections that answer when a test says so, and hold monitors to the contract. */
final class ScriptedMonitorConnections implements MonitorConnection.Factory {

    /** What a monitor asks of its connection. */
    enum Kind {
        OPEN,
        HELLO,
        AWAIT
    }

    private final ManualLoop loop;
    /** What the next making of a connection throws. */
    @Nullable
    Error unmakable;
    /** What the next request throws. */
    @Nullable
    Error unaskable;
    /** What the next closing throws when it is done. */
    @Nullable
    Error unclosable;

    final List<Scripted> made = new ArrayList<>();

    ScriptedMonitorConnections(ManualLoop loop) {
        this.loop = loop;
    }

    @Override
    public Scripted create(ServerAddress address, EventLoop on) {
        assertThat(on).isSameAs(loop);
        Error thrown = unmakable;
        unmakable = null;
        throwIfAny(thrown);
        Scripted connection = new Scripted(address);
        made.add(connection);
        return connection;
    }

    private static void throwIfAny(@Nullable Error thrown) {
        if (thrown != null) {
            throw thrown;
        }
    }

    /** The connections to one server that are open or being opened, oldest first. */
    List<Scripted> open(ServerAddress address) {
        return made.stream()
                .filter(connection -> connection.address.equals(address) && !connection.closed)
                .toList();
    }

    /** The one open connection to a server. */
    Scripted only(ServerAddress address) {
        assertThat(open(address)).hasSize(1);
        return open(address).get(0);
    }

    /** One connection. */
    final class Scripted implements MonitorConnection {
        final ServerAddress address;
        final List<Kind> requests = new ArrayList<>();
        boolean closed;
        long timeoutNanos;
        long maxAwaitTimeMillis;

        @Nullable
        TopologyVersion awaited;

        private @Nullable Listener pending;

        Scripted(ServerAddress address) {
            this.address = address;
        }

        boolean isAsked() {
            return pending != null;
        }

        Kind lastRequest() {
            return requests.get(requests.size() - 1);
        }

        @Override
        public void open(long timeout, Listener listener) {
            assertThat(requests).isEmpty();
            ask(Kind.OPEN, timeout, listener);
        }

        @Override
        public void hello(long timeout, Listener listener) {
            assertThat(requests).isNotEmpty();
            awaited = null;
            ask(Kind.HELLO, timeout, listener);
        }

        @Override
        public void awaitHello(TopologyVersion version, long maxAwaitTime, long timeout, Listener listener) {
            assertThat(requests).isNotEmpty();
            awaited = version;
            maxAwaitTimeMillis = maxAwaitTime;
            ask(Kind.AWAIT, timeout, listener);
        }

        private void ask(Kind kind, long timeout, Listener listener) {
            assertThat(loop.inLoop()).isTrue();
            assertThat(closed).isFalse();
            assertThat(pending).as("one request at a time").isNull();
            requests.add(kind);
            Error thrown = unaskable;
            unaskable = null;
            throwIfAny(thrown);
            timeoutNanos = timeout;
            pending = listener;
        }

        @Override
        public void close() {
            assertThat(loop.inLoop()).isTrue();
            closed = true;
            pending = null;
            Error thrown = unclosable;
            unclosable = null;
            throwIfAny(thrown);
        }

        /** The server answers, and will say no more by itself. */
        void answer(BsonDocument reply, long roundTripNanos) {
            answer(reply, roundTripNanos, false);
        }

        /** The server answers. */
        void answer(BsonDocument reply, long roundTripNanos, boolean moreToCome) {
            loop.runInLoop(() -> {
                Listener listener = pending;
                assertThat(listener).as("a request to answer").isNotNull();
                if (!moreToCome) {
                    pending = null;
                }
                requireNonNull(listener).onHello(reply, moreToCome, roundTripNanos);
            });
            settle();
        }

        /** The request fails. */
        void fail(MongoException failure) {
            loop.runInLoop(() -> {
                Listener listener = pending;
                assertThat(listener).as("a request to fail").isNotNull();
                pending = null;
                closed = closed || failure instanceof MongoConnectionException;
                requireNonNull(listener).onFailure(failure);
            });
            settle();
        }

        /** The network fails. */
        void breakDown() {
            fail(new MongoConnectionException("Connecting to " + address + " failed: refused", null, address, false));
        }

        private void settle() {
            loop.run();
            assertThat(loop.failures()).isEmpty();
        }
    }
}
