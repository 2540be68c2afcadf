package dev.rotor.driver.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.OidcCallback;
import dev.rotor.driver.OidcCallbackContext;
import dev.rotor.driver.OidcCallbackResult;
import dev.rotor.driver.Secret;
import dev.rotor.driver.core.fake.ManualLoop;
import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a token is waited for, by whom, and what becomes of a callback that does not give one. */
class OidcTokensTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SPACING = Duration.ofMillis(100);

    private final ManualLoop loop = new ManualLoop();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private final List<OidcCallbackContext> calls = new ArrayList<>();
    private final List<CompletableFuture<OidcCallbackResult>> answers = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        release.countDown();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private OidcTokens tokens(OidcCallback callback, Executor executor) {
        return new OidcTokens(callback, null, null, executor, loop.clock());
    }

    /** With a callback that the test answers. */
    private OidcTokens tokens() {
        return tokens(
                context -> {
                    calls.add(context);
                    answers.add(new CompletableFuture<>());
                    return answers.get(answers.size() - 1);
                },
                Runnable::run);
    }

    private CompletableFuture<Secret> ask(OidcTokens tokens, Duration timeout) {
        return tokens.get(loop, timeout, null, null).toCompletableFuture();
    }

    private static CompletionStage<OidcCallbackResult> result(String token) {
        return CompletableFuture.completedStage(OidcCallbackResult.of(token));
    }

    private void assertEntered() throws Exception {
        assertThat(entered.await(1, TimeUnit.MINUTES)).isTrue();
    }

    // ---- a callback that does not return

    @Test
    void aCallbackThatBlocksIsInterruptedAfterItsTimeoutAndTheNextOneIsAsked() throws Exception {
        CompletableFuture<String> end = new CompletableFuture<>();
        OidcTokens tokens = tokens(
                context -> {
                    if (entered.getCount() == 0) {
                        return result("second");
                    }
                    entered.countDown();
                    try {
                        release.await();
                        end.complete("released");
                    } catch (InterruptedException e) {
                        end.complete("interrupted");
                    }
                    return result("first");
                },
                threads);
        CompletableFuture<Secret> first = ask(tokens, MINUTE);
        assertEntered();
        loop.advance(MINUTE.minusMillis(1));
        assertThat(first).isNotDone();
        loop.advance(Duration.ofMillis(1));
        assertThat(first).isCompletedExceptionally();
        assertThat(CloudDouble.failure(first)).hasMessage("the OIDC callback gave nothing within PT1M");
        assertThat(CloudDouble.get(end)).isEqualTo("interrupted");
        assertThat(CloudDouble.get(ask(tokens, MINUTE))).isEqualTo(Secret.of("second"));
        assertThat(tokens.token()).isEqualTo(Secret.of("second"));
        assertThat(loop.armedTimers()).isZero();
    }

    @Test
    void theTimeThatACallWaitsForAThreadCountsAndItIsNotMadeAfterwards() throws Exception {
        Queue<Runnable> waiting = new ArrayDeque<>();
        OidcTokens tokens = tokens(
                context -> {
                    calls.add(context);
                    return result("token");
                },
                waiting::add);
        CompletableFuture<Secret> asked = ask(tokens, MINUTE);
        assertThat(waiting).hasSize(1);
        loop.advance(MINUTE);
        assertThat(asked).isCompletedExceptionally();
        assertThat(CloudDouble.failure(asked)).hasMessage("the OIDC callback gave nothing within PT1M");
        waiting.remove().run();
        assertThat(calls).isEmpty();
        CompletableFuture<Secret> next = ask(tokens, MINUTE);
        waiting.remove().run();
        assertThat(CloudDouble.get(next)).isEqualTo(Secret.of("token"));
    }

    @Test
    void aCallbackThatCannotBeInterruptedIsNotCalledTwiceAtATime() throws Exception {
        List<String> log = new ArrayList<>();
        CompletableFuture<String> returns = new CompletableFuture<>();
        OidcTokens tokens = tokens(
                context -> {
                    if (entered.getCount() == 0) {
                        log.add("called again");
                        return result("second");
                    }
                    entered.countDown();
                    // As a read of a socket, it does not end when its thread is interrupted.
                    returns.join();
                    log.add("returned");
                    return result("first");
                },
                threads);
        CompletableFuture<Secret> first = ask(tokens, MINUTE);
        assertEntered();
        loop.advance(MINUTE);
        assertThat(first).isCompletedExceptionally();
        CompletableFuture<Secret> second = ask(tokens, MINUTE);
        loop.advance(MINUTE);
        assertThat(second).isCompletedExceptionally();
        assertThat(CloudDouble.failure(second))
                .hasMessage("the OIDC callback gave nothing within PT1M: an earlier call of it has still not returned");
        CompletableFuture<Secret> third = ask(tokens, MINUTE);
        returns.complete("now");
        assertThat(CloudDouble.get(third)).isEqualTo(Secret.of("second"));
        assertThat(log).containsExactly("returned", "called again");
        assertThat(loop.armedTimers()).isZero();
    }

    // ---- who waits how long

    @Test
    void whoJoinsSomebodyWithLittleTimeAsksAnewWhenThatTimeIsOver() throws Exception {
        OidcTokens tokens = tokens();
        CompletableFuture<Secret> late = ask(tokens, Duration.ofMillis(20));
        CompletableFuture<Secret> opening = ask(tokens, Duration.ofSeconds(10));
        CompletableFuture<Secret> other = ask(tokens, Duration.ofSeconds(10));
        loop.advance(Duration.ofMillis(20));
        assertThat(late).isCompletedExceptionally();
        assertThat(CloudDouble.failure(late)).hasMessage("the OIDC callback gave nothing within PT0.02S");
        assertThat(answers.get(0)).isCancelled();
        assertThat(opening).isNotDone();
        assertThat(other).isNotDone();
        loop.advance(SPACING);
        assertThat(calls).hasSize(2);
        assertThat(calls.get(1).timeout()).isEqualTo(Duration.ofMillis(9_980));
        answers.get(1).complete(OidcCallbackResult.of("token"));
        assertThat(CloudDouble.get(opening)).isEqualTo(Secret.of("token"));
        assertThat(CloudDouble.get(other)).isEqualTo(Secret.of("token"));
        assertThat(loop.armedTimers()).isZero();
    }

    @Test
    void whoAsksAnewHasNoMoreTimeForThatThanWasLeft() throws Exception {
        OidcTokens tokens = tokens();
        CompletableFuture<Secret> late = ask(tokens, Duration.ofMillis(20));
        CompletableFuture<Secret> opening = ask(tokens, Duration.ofSeconds(10));
        loop.advance(Duration.ofMillis(9_999));
        assertThat(late).isCompletedExceptionally();
        assertThat(opening).isNotDone();
        loop.advance(Duration.ofMillis(1));
        assertThat(opening).isCompletedExceptionally();
        assertThat(calls).hasSize(2);
        assertThat(tokens.token()).isNull();
        assertThat(loop.armedTimers()).isZero();
    }

    @Test
    void whoJoinsSomebodyWithMuchTimeGivesUpAloneWhenItsOwnTimeIsOver() throws Exception {
        OidcTokens tokens = tokens();
        CompletableFuture<Secret> opening = ask(tokens, MINUTE);
        CompletableFuture<Secret> operation = ask(tokens, Duration.ofMillis(100));
        loop.advance(Duration.ofMillis(100));
        assertThat(operation).isCompletedExceptionally();
        assertThat(CloudDouble.failure(operation)).hasMessage("the OIDC callback gave nothing within PT0.1S");
        assertThat(opening).isNotDone();
        answers.get(0).complete(OidcCallbackResult.of("token"));
        assertThat(CloudDouble.get(opening)).isEqualTo(Secret.of("token"));
        assertThat(calls).hasSize(1);
        assertThat(loop.armedTimers()).isZero();
    }

    @Test
    void whoHadAsMuchTimeSharesTheFailure() throws Exception {
        OidcTokens tokens = tokens();
        CompletableFuture<Secret> first = ask(tokens, MINUTE);
        loop.advance(Duration.ofSeconds(1));
        CompletableFuture<Secret> second = ask(tokens, MINUTE);
        loop.advance(Duration.ofSeconds(59));
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        assertThat(calls).hasSize(1);
    }

    // ---- what cannot even begin

    private final Queue<Error> troubles =
            new ArrayDeque<>(List.of(new InternalError("unable to create native thread")));

    private void trouble() {
        Error trouble = troubles.poll();
        if (trouble != null) {
            throw trouble;
        }
    }

    @Test
    void aThreadThatCannotBeStartedFailsThatQuestionAloneAndTheNextOneIsAsked() throws Exception {
        OidcTokens tokens = tokens(context -> result("token"), task -> {
            trouble();
            task.run();
        });
        CompletableFuture<Secret> first = ask(tokens, MINUTE);
        assertThat(first).isCompletedExceptionally();
        assertThat(CloudDouble.failure(first))
                .hasMessage("the OIDC callback could not be called: java.lang.InternalError: unable to create"
                        + " native thread")
                .hasCauseInstanceOf(InternalError.class);
        assertThat(loop.armedTimers()).isZero();
        CompletableFuture<Secret> next = ask(tokens, MINUTE);
        loop.advance(SPACING);
        assertThat(next).isDone();
        assertThat(CloudDouble.get(next)).isEqualTo(Secret.of("token"));
        assertThat(loop.armedTimers()).isZero();
    }

    @Test
    void aCallThatAnExecutorKeepsThoughItHasThrownIsNotMade() throws Exception {
        Queue<Runnable> kept = new ArrayDeque<>();
        OidcTokens tokens = tokens(
                context -> {
                    calls.add(context);
                    return result("token");
                },
                task -> {
                    kept.add(task);
                    trouble();
                });
        assertThat(ask(tokens, MINUTE)).isCompletedExceptionally();
        CompletableFuture<Secret> next = ask(tokens, MINUTE);
        loop.advance(SPACING);
        kept.remove().run();
        assertThat(calls).isEmpty();
        kept.remove().run();
        assertThat(calls).hasSize(1);
        assertThat(CloudDouble.get(next)).isEqualTo(Secret.of("token"));
        assertThat(kept).isEmpty();
    }

    @Test
    void aTimerThatCannotBeSetFailsThatQuestionAloneAndTheNextOneIsAsked() throws Exception {
        OidcTokens tokens = tokens(context -> result("token"), Runnable::run);
        EventLoop troubled = new EventLoop() {
            @Override
            public boolean inLoop() {
                return loop.inLoop();
            }

            @Override
            public void execute(Runnable task) {
                loop.execute(task);
            }

            @Override
            public Cancellable schedule(Runnable task, long delay, TimeUnit unit) {
                trouble();
                return loop.schedule(task, delay, unit);
            }
        };
        CompletableFuture<Secret> first =
                tokens.get(troubled, MINUTE, null, null).toCompletableFuture();
        assertThat(first).isCompletedExceptionally();
        assertThat(CloudDouble.failure(first)).hasRootCauseInstanceOf(InternalError.class);
        CompletableFuture<Secret> next = ask(tokens, MINUTE);
        assertThat(next).isDone();
        assertThat(CloudDouble.get(next)).isEqualTo(Secret.of("token"));
    }
}
