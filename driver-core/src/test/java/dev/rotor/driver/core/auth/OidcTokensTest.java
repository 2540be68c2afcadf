package dev.rotor.driver.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.OidcCallback;
import dev.rotor.driver.OidcCallbackContext;
import dev.rotor.driver.OidcCallbackResult;
import dev.rotor.driver.Secret;
import dev.rotor.driver.core.fake.ManualLoop;
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

/** What becomes of a callback that does not give a token. */
class OidcTokensTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualLoop loop = new ManualLoop();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private final List<OidcCallbackContext> calls = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        release.countDown();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private OidcTokens tokens(OidcCallback callback, Executor executor) {
        return new OidcTokens(callback, null, executor, loop.clock());
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
        CountDownLatch again = new CountDownLatch(1);
        OidcTokens tokens = tokens(
                context -> {
                    if (entered.getCount() == 0) {
                        log.add("called again");
                        again.countDown();
                        return result("second");
                    }
                    entered.countDown();
                    while (release.getCount() > 0) {
                        try {
                            release.await();
                        } catch (InterruptedException e) {
                            // As a read of a socket would.
                            continue;
                        }
                    }
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
        release.countDown();
        assertThat(CloudDouble.get(third)).isEqualTo(Secret.of("second"));
        assertThat(again.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(log).containsExactly("returned", "called again");
        assertThat(loop.armedTimers()).isZero();
    }
}
