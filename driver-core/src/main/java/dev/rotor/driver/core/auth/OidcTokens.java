package dev.rotor.driver.core.auth;

import dev.rotor.driver.OidcCallback;
import dev.rotor.driver.OidcCallbackContext;
import dev.rotor.driver.OidcCallbackResult;
import dev.rotor.driver.OidcIdpInfo;
import dev.rotor.driver.Secret;
import dev.rotor.driver.core.future.StageFailures;
import dev.rotor.driver.core.time.Clock;
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
            @Nullable CompletableFuture<Secret> fetching,
            long notBefore,
            boolean called) {

        State withToken(@Nullable Secret other) {
            return new State(other, idpInfo, refreshToken, fetching, notBefore, called);
        }

        State withRefreshToken(@Nullable Secret other) {
            return new State(token, idpInfo, other, fetching, notBefore, called);
        }

        State fetching(CompletableFuture<Secret> answer) {
            return new State(token, idpInfo, refreshToken, answer, notBefore, called);
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
    private final Executor executor;
    private final Clock clock;
    private final AtomicReference<State> state = new AtomicReference<>(new State(null, null, null, null, 0, false));

    private volatile boolean closed;

    OidcTokens(OidcCallback callback, @Nullable String username, Executor executor, Clock clock) {
        this.callback = callback;
        this.username = username;
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
     * @param timeout how long the callback may take
     * @param idpInfo what a human needs to know, or {@code null}
     * @param refreshToken what the callback gave with an earlier token, or {@code null}
     */
    CompletionStage<Secret> get(
            EventLoop loop, Duration timeout, @Nullable OidcIdpInfo idpInfo, @Nullable Secret refreshToken) {
        CompletableFuture<Secret> answer = new CompletableFuture<>();
        State now;
        do {
            now = now();
            if (now.token() != null) {
                return CompletableFuture.completedStage(now.token());
            }
            if (now.fetching() != null) {
                return now.fetching();
            }
        } while (!state.compareAndSet(now, now.fetching(answer)));
        Fetch fetch = new Fetch(answer, new Context(timeout, 1, username, idpInfo, refreshToken));
        long wait = now.called() ? now.notBefore() - clock.nanoTime() : 0;
        if (wait > 0) {
            var unused = loop.schedule(() -> fetch.start(loop), wait, TimeUnit.NANOSECONDS);
        } else {
            fetch.start(loop);
        }
        return answer;
    }

    /** One question to the callback. Whoever takes it out of the state tells the answer. */
    private final class Fetch {

        private final CompletableFuture<Secret> answer;
        private final Context context;

        Fetch(CompletableFuture<Secret> answer, Context context) {
            this.answer = answer;
            this.context = context;
        }

        void start(EventLoop loop) {
            if (closed) {
                fail(new IllegalStateException("the client is being closed"));
                return;
            }
            state.updateAndGet(now -> now.called(clock.nanoTime() + SPACING_NANOS));
            try {
                executor.execute(() -> call(loop));
            } catch (RejectedExecutionException e) {
                fail(new IllegalStateException("the client is being closed", e));
            }
        }

        private void call(EventLoop loop) {
            CompletionStage<OidcCallbackResult> given;
            try {
                given = callback.onRequest(context);
            } catch (Throwable e) {
                fail(failure(e));
                return;
            }
            if (given == null) {
                fail(new IllegalStateException("the OIDC callback returned null"));
                return;
            }
            try {
                var timer = loop.schedule(() -> late(given), context.timeout().toNanos(), TimeUnit.NANOSECONDS);
                var unused = given.whenComplete((result, failure) -> {
                    timer.cancel();
                    if (failure != null) {
                        fail(failure(StageFailures.unwrapped(failure)));
                    } else if (result == null) {
                        fail(new IllegalStateException("the OIDC callback gave null"));
                    } else {
                        succeed(result);
                    }
                });
            } catch (RejectedExecutionException e) {
                fail(new IllegalStateException("the client is being closed", e));
            }
        }

        private void late(CompletionStage<OidcCallbackResult> given) {
            fail(new IllegalStateException("the OIDC callback gave nothing within " + context.timeout()));
            try {
                given.toCompletableFuture().cancel(true);
            } catch (UnsupportedOperationException e) {
                // Then it cannot be told; what it gives later is dropped.
                return;
            }
        }

        private RuntimeException failure(Throwable cause) {
            return new IllegalStateException("the OIDC callback failed: " + cause.getMessage(), cause);
        }

        private void succeed(OidcCallbackResult result) {
            State now;
            do {
                now = now();
                if (now.fetching() != answer) {
                    return;
                }
            } while (!state.compareAndSet(now, now.fetched(result, context.idpInfo())));
            answer.complete(result.accessToken());
        }

        private void fail(RuntimeException why) {
            State now;
            do {
                now = now();
                if (now.fetching() != answer) {
                    return;
                }
            } while (!state.compareAndSet(now, now.failed()));
            answer.completeExceptionally(why);
        }
    }
}
