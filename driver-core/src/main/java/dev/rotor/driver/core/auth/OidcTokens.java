package dev.rotor.driver.core.auth;

import dev.rotor.driver.OidcCallback;
import dev.rotor.driver.OidcCallbackContext;
import dev.rotor.driver.OidcCallbackResult;
import dev.rotor.driver.OidcIdpInfo;
import dev.rotor.driver.Secret;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a client, the specification's "Client Cache". All of it is one immutable {@link State} that is replaced
 * as a whole; who wants a token while the callback is asked waits for that answer.
 */
final class OidcTokens {

    /** The callback is not called more often. */
    private static final long SPACING_NANOS = 100_000_000L;

    /** What is told to callbacks. */
    record Context(
            Duration timeout,
            int version,
            @Nullable String username,
            @Nullable OidcIdpInfo idpInfo,
            @Nullable Secret refreshToken)
            implements OidcCallbackContext {

        @Override
        public String toString() {
            return "OidcCallbackContext[timeout=" + timeout + ", version=" + version + "]";
        }
    }

    private record State(
            @Nullable Secret token,
            @Nullable OidcIdpInfo idpInfo,
            @Nullable Secret refreshToken,
            @Nullable Fetch fetching,
            long notBefore,
            boolean called) {

        State withToken(@Nullable Secret other) {
            return new State(other, idpInfo, refreshToken, fetching, notBefore, called);
        }

        State withRefreshToken(@Nullable Secret other) {
            return new State(token, idpInfo, other, fetching, notBefore, called);
        }

        State fetching(Fetch fetch) {
            return new State(token, idpInfo, refreshToken, fetch, notBefore, called);
        }

        State called(long next) {
            return new State(token, idpInfo, refreshToken, fetching, next, true);
        }

        State fetched(OidcCallbackResult result, @Nullable OidcIdpInfo from) {
            return new State(result.accessToken(), from, result.refreshToken(), null, notBefore, called);
        }

        State failed() {
            return new State(token, idpInfo, refreshToken, null, notBefore, called);
        }
    }

    private final OidcCallback callback;
    private final @Nullable String username;
    private final @Nullable Duration callbackTime;
    private final Executor executor;
    private final Clock clock;
    private final AtomicReference<State> state = new AtomicReference<>(new State(null, null, null, null, 0, false));

    /** The call whose thread has not come back. */
    private final AtomicReference<@Nullable OidcCall> calling = new AtomicReference<>();

    private volatile boolean closed;

    /**
     * Knows none yet.
     *
     * @param callback gives them
     * @param username whom they are for, or {@code null}
     * @param callbackTime how long the callback may take; {@code null} for as long as who asks can wait
     * @param executor calls the callback
     * @param clock tells the time
     */
    OidcTokens(
            OidcCallback callback,
            @Nullable String username,
            @Nullable Duration callbackTime,
            Executor executor,
            Clock clock) {
        this.callback = callback;
        this.username = username;
        this.callbackTime = callbackTime;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * From now on no callback is called. What is known stays, for those connections that still have something to say.
     */
    void close() {
        closed = true;
    }

    private State now() {
        return Objects.requireNonNull(state.get());
    }

    /** The token that is known, or {@code null}. */
    @Nullable
    Secret token() {
        return now().token();
    }

    /** The refresh token that is known, or {@code null}. */
    @Nullable
    Secret refreshToken() {
        return now().refreshToken();
    }

    /** The identity provider of that refresh token, or {@code null}. */
    @Nullable
    OidcIdpInfo idpInfo() {
        return now().idpInfo();
    }

    /** Forgets the token, if it is still this one. */
    void invalidate(Secret token) {
        State now;
        do {
            now = now();
            if (now.token() == null || !now.token().equals(token)) {
                return;
            }
        } while (!state.compareAndSet(now, now.withToken(null)));
    }

    /** Forgets the refresh token, if it is still this one. */
    void invalidateRefresh(Secret token) {
        State now;
        do {
            now = now();
            if (now.refreshToken() == null || !now.refreshToken().equals(token)) {
                return;
            }
        } while (!state.compareAndSet(now, now.withRefreshToken(null)));
    }

    /**
     * The token, from the callback if none is known.
     *
     * @param loop keeps the time
     * @param patience how long it is waited for
     * @param idpInfo what a human needs to know, or {@code null}
     * @param refreshToken what the callback gave with an earlier token, or {@code null}
     */
    CompletionStage<Secret> get(
            EventLoop loop, Duration patience, @Nullable OidcIdpInfo idpInfo, @Nullable Secret refreshToken) {
        Secret known = token();
        if (known != null) {
            return CompletableFuture.completedStage(known);
        }
        Waiter waiter = new Waiter(loop, patience, idpInfo, refreshToken);
        waiter.ask(patience);
        return waiter.answer;
    }

    private static IllegalStateException notCalled(Throwable why) {
        return new IllegalStateException(
                why instanceof RejectedExecutionException
                        ? "the client is being closed"
                        : "the OIDC callback could not be called: " + why,
                why);
    }

    private static IllegalStateException nothingWithin(Duration time, String why) {
        return new IllegalStateException("the OIDC callback gave nothing within " + time + why);
    }

    /**
     * Somebody who waits for a token: no longer than its own time, whoever has asked, and no shorter either. The
     * callback is told how much time is left to the one for whom it is called, as the specification wants it; so who
     * has joined somebody with less time asks anew when that time is over.
     */
    private final class Waiter {

        final CompletableFuture<Secret> answer = new CompletableFuture<>();
        private final EventLoop loop;
        private final Duration patience;
        private final long until;
        private final @Nullable OidcIdpInfo idpInfo;
        private final @Nullable Secret refreshToken;

        Waiter(EventLoop loop, Duration patience, @Nullable OidcIdpInfo idpInfo, @Nullable Secret refreshToken) {
            this.loop = loop;
            this.patience = patience;
            this.until = clock.nanoTime() + patience.toNanos();
            this.idpInfo = idpInfo;
            this.refreshToken = refreshToken;
        }

        private long left() {
            return until - clock.nanoTime();
        }

        void ask(Duration left) {
            Fetch fetch;
            State now;
            do {
                now = now();
                if (now.token() != null) {
                    answer.complete(now.token());
                    return;
                }
                if (now.fetching() != null) {
                    join(now.fetching());
                    return;
                }
                fetch = callbackTime == null
                        ? new Fetch(left, until, idpInfo, refreshToken)
                        : new Fetch(callbackTime, clock.nanoTime() + callbackTime.toNanos(), idpInfo, refreshToken);
            } while (!state.compareAndSet(now, now.fetching(fetch)));
            fetch.begin(loop);
            join(fetch);
        }

        private void join(Fetch fetch) {
            Cancellable timer;
            try {
                timer = fetch.until - until <= 0 ? null : loop.schedule(this::late, left(), TimeUnit.NANOSECONDS);
            } catch (Throwable e) {
                answer.completeExceptionally(notCalled(e));
                return;
            }
            var unused = fetch.answer.whenComplete((token, failure) -> {
                if (timer != null) {
                    timer.cancel();
                }
                long left = left();
                if (failure == null) {
                    answer.complete(token);
                } else if (fetch.timedOut && fetch.limit.compareTo(patience) < 0 && left > 0) {
                    ask(Duration.ofNanos(left));
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        }

        private void late() {
            answer.completeExceptionally(nothingWithin(patience, ""));
        }
    }

    /** One question to the callback. Whoever takes it out of the state tells the answer. */
    private final class Fetch {

        final CompletableFuture<Secret> answer = new CompletableFuture<>();
        final Duration limit;
        final long until;
        private final @Nullable OidcIdpInfo idpInfo;
        private final OidcCall call;
        private volatile @Nullable Cancellable timer;
        volatile boolean timedOut;
        private volatile boolean mayCall;

        Fetch(Duration limit, long until, @Nullable OidcIdpInfo idpInfo, @Nullable Secret refreshToken) {
            this.limit = limit;
            this.until = until;
            this.idpInfo = idpInfo;
            this.call = new OidcCall(
                    callback, new Context(limit, 1, username, idpInfo, refreshToken), this::succeed, this::fail);
        }

        /** Its time begins now: to wait for a thread is part of it, as is a callback that does not return. */
        void begin(EventLoop loop) {
            try {
                timer = loop.schedule(this::late, limit.toNanos(), TimeUnit.NANOSECONDS);
                State now = now();
                long rest = now.called() ? now.notBefore() - clock.nanoTime() : 0;
                if (rest > 0) {
                    var unused = loop.schedule(this::start, rest, TimeUnit.NANOSECONDS);
                } else {
                    start();
                }
            } catch (Throwable e) {
                // An error too: whoever asks later would wait for a call that is never made.
                fail(notCalled(e));
            }
        }

        private void start() {
            mayCall = true;
            callUnlessCalling();
        }

        /**
         * At most one call is made at a time: while one is given up but has not returned, the next one waits for it.
         */
        void callUnlessCalling() {
            if (!mayCall || answer.isDone() || !calling.compareAndSet(null, call)) {
                return;
            }
            if (closed) {
                calling.set(null);
                fail(new IllegalStateException("the client is being closed"));
                return;
            }
            state.updateAndGet(now -> now.called(clock.nanoTime() + SPACING_NANOS));
            try {
                executor.execute(this::call);
            } catch (Throwable e) {
                // An error too, as of a thread that cannot be started: there would never be another call.
                call.giveUp();
                fail(notCalled(e));
                returned();
            }
        }

        private void call() {
            try {
                call.run();
            } finally {
                returned();
            }
        }

        /** Whoever waits for that may call. */
        private void returned() {
            if (!calling.compareAndSet(call, null)) {
                return;
            }
            Fetch next = now().fetching();
            if (next != null && next != this) {
                next.callUnlessCalling();
            }
        }

        private void late() {
            OidcCall other = calling.get();
            timedOut = true;
            fail(nothingWithin(
                    limit, other == null || other == call ? "" : ": an earlier call of it has still not returned"));
            call.giveUp();
        }

        private void succeed(OidcCallbackResult result) {
            State now;
            do {
                now = now();
                if (now.fetching() != this) {
                    return;
                }
            } while (!state.compareAndSet(now, now.fetched(result, idpInfo)));
            stopTimer();
            answer.complete(result.accessToken());
        }

        private void fail(RuntimeException why) {
            State now;
            do {
                now = now();
                if (now.fetching() != this) {
                    return;
                }
            } while (!state.compareAndSet(now, now.failed()));
            stopTimer();
            answer.completeExceptionally(why);
        }

        private void stopTimer() {
            Cancellable started = timer;
            if (started != null) {
                started.cancel();
            }
        }
    }
}
