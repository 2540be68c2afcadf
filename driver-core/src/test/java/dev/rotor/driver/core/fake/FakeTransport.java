package dev.rotor.driver.core.fake;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.WireListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A transport in memory, driven by the test. Each {@link #connect} becomes an {@link Attempt} that the test lets
 * succeed or fail; {@link #onConnect} does so by itself.
 */
public final class FakeTransport implements Transport {

    private final List<ManualLoop> loops;
    private final List<Attempt> attempts = new ArrayList<>();
    private @Nullable Consumer<Attempt> acceptor;
    private int next;
    private boolean closed;
    private boolean supportsProxies = true;

    /** A transport with one loop. */
    public FakeTransport() {
        this(new ManualLoop());
    }

    /** A transport with these loops; give them one clock. */
    public FakeTransport(ManualLoop... loops) {
        this.loops = List.of(loops);
    }

    /** The first loop. */
    public ManualLoop loop() {
        return loops.get(0);
    }

    /** The first loop's clock. */
    public ManualClock clock() {
        return loop().clock();
    }

    /** All attempts to connect, oldest first. */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** The newest attempt. */
    public Attempt lastAttempt() {
        return attempts.get(attempts.size() - 1);
    }

    /** Runs this with each new attempt, on its loop: {@code t.onConnect(a -> a.succeed().respond(...))}. */
    public FakeTransport onConnect(Consumer<Attempt> acceptor) {
        this.acceptor = acceptor;
        return this;
    }

    /** Makes it a transport that knows nothing of proxies. */
    public FakeTransport withoutProxies() {
        supportsProxies = false;
        return this;
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public EventLoop nextLoop() {
        return loops.get(next++ % loops.size());
    }

    @Override
    public @Nullable EventLoop currentLoop() {
        for (ManualLoop loop : loops) {
            if (loop.inLoop()) {
                return loop;
            }
        }
        return null;
    }

    @Override
    public boolean supportsProxies() {
        return supportsProxies;
    }

    @Override
    public Cancellable connect(EventLoop loop, ConnectRequest request, WireListener listener) {
        Attempt attempt = new Attempt((ManualLoop) loop, request, listener);
        attempts.add(attempt);
        Consumer<Attempt> now = acceptor;
        if (now != null) {
            loop.execute(() -> {
                if (!attempt.done) {
                    now.accept(attempt);
                }
            });
        }
        return attempt;
    }

    @Override
    public CompletionStage<@Nullable Void> close(Duration limit) {
        closed = true;
        for (Attempt attempt : List.copyOf(attempts)) {
            if (attempt.wire != null) {
                attempt.wire.abort();
            } else {
                attempt.cancel();
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    /** One attempt to connect. */
    public static final class Attempt implements Cancellable {

        /** The loop asked for. */
        public final ManualLoop loop;
        /** What was asked for. */
        public final ConnectRequest request;

        private final WireListener listener;
        private @Nullable FakeWire wire;
        private boolean done;
        private boolean cancelled;
        private @Nullable Error brokenCancel;

        Attempt(ManualLoop loop, ConnectRequest request, WireListener listener) {
            this.loop = loop;
            this.request = request;
            this.listener = listener;
        }

        /** Lets it succeed; the listener hears so before this returns. */
        public FakeWire succeed() {
            return succeed(wire -> {});
        }

        /** Lets it succeed after preparing the wire. */
        public FakeWire succeed(Consumer<FakeWire> prepare) {
            finish();
            FakeWire connected = new FakeWire(loop, request, listener);
            wire = connected;
            prepare.accept(connected);
            loop.runInLoop(() -> listener.onConnected(connected));
            return connected;
        }

        /** Lets it fail. */
        public void fail(Throwable cause) {
            finish();
            loop.runInLoop(() -> listener.onClosed(cause));
        }

        /** Lets {@link #cancel} throw this. */
        public Attempt breakCancel(Error thrown) {
            brokenCancel = thrown;
            return this;
        }

        /** Whether it was abandoned before it had an outcome. */
        public boolean isCancelled() {
            return cancelled;
        }

        /** The wire, when it succeeded. */
        public FakeWire wire() {
            if (wire == null) {
                throw new IllegalStateException("this attempt has not succeeded");
            }
            return wire;
        }

        @Override
        public void cancel() {
            if (brokenCancel != null) {
                throw brokenCancel;
            }
            if (!done) {
                done = true;
                cancelled = true;
                loop.execute(() -> listener.onClosed(null));
            }
        }

        private void finish() {
            if (done) {
                throw new IllegalStateException("this attempt has its outcome already");
            }
            done = true;
        }
    }
}
