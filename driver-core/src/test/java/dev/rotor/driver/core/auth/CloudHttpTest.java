package dev.rotor.driver.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asking clouds: nothing of it outlives the client. */
class CloudHttpTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final CloudDouble cloud;
    private final CountDownLatch asked = new CountDownLatch(1);

    CloudHttpTest() throws Exception {
        cloud = new CloudDouble();
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private CompletableFuture<CloudHttp.Answer> ask(Duration timeout) {
        URI uri = cloud.resources().endpoints().machine().resolve("/x");
        return cloud.http.send(CloudHttp.Request.get(uri), timeout, cloud.transport.loop());
    }

    private void assertNoThreadIsLeft() throws Exception {
        cloud.helpers.shutdown();
        assertThat(cloud.helpers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            assertThat(thread.getName()).doesNotContain("HttpClient");
            if (thread.getName().equals("Keep-Alive-Timer")) {
                // The JDK's own, which ends some seconds after the last connection of that kind, whoever had it.
                thread.join(TimeUnit.MINUTES.toMillis(1));
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void anAnswerLeavesNoThreadBehind() throws Exception {
        cloud.service = request -> "answer";
        assertThat(CloudDouble.get(ask(LONG)).text()).isEqualTo("answer");
        assertNoThreadIsLeft();
    }

    @Test
    void theClientsEndGivesUpWhatIsAsked() throws Exception {
        cloud.service = request -> {
            asked.countDown();
            return CloudDouble.SILENCE;
        };
        CompletableFuture<CloudHttp.Answer> answer = ask(LONG);
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(answer).isNotDone();
        cloud.http.close();
        assertThat(CloudDouble.failure(answer)).hasMessage("the client is being closed");
        assertNoThreadIsLeft();
        assertThat(cloud.transport.loop().armedTimers()).isZero();
    }

    @Test
    void aTimeoutFreesTheThread() throws Exception {
        cloud.service = request -> {
            asked.countDown();
            return CloudDouble.SILENCE;
        };
        CompletableFuture<CloudHttp.Answer> answer = ask(LONG);
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
        cloud.transport.loop().advance(LONG);
        assertThat(CloudDouble.failure(answer)).isInstanceOf(TimeoutException.class);
        assertNoThreadIsLeft();
    }

    @Test
    void whatIsAskedAfterTheEndFails() throws Exception {
        cloud.http.close();
        assertThat(CloudDouble.failure(ask(LONG))).hasMessage("the client is being closed");
        cloud.helpers.shutdown();
        assertThat(CloudDouble.failure(ask(LONG))).hasMessage("the client is being closed");
        assertThat(cloud.requests).isEmpty();
    }

    // ---- an answer that comes byte by byte

    private OutputStream dripping() throws Exception {
        return Objects.requireNonNull(cloud.dripping.poll(1, TimeUnit.MINUTES), "no question came");
    }

    private static void dripToWhoeverReads(OutputStream body) {
        try {
            CloudDouble.drip(body);
        } catch (IOException e) {
            // Nobody read when the question was given up, so that its connection could be cut at once.
            assertThat(e).hasMessageMatching("(?i).*(broken pipe|reset|closed).*");
        }
    }

    /** Fails instead of hanging if it waits for the service. */
    private static void withoutWaiting(Runnable action) throws Exception {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            action.run();
            done.complete(null);
        });
        thread.setDaemon(true);
        thread.start();
        done.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aLoopDoesNotWaitForAServiceThatDripsAndTheThreadIsFreeAtTheNextByte() throws Exception {
        cloud.service = request -> CloudDouble.DRIP;
        CompletableFuture<CloudHttp.Answer> answer = ask(LONG);
        OutputStream body = dripping();
        withoutWaiting(() -> cloud.transport.loop().advance(LONG));
        assertThat(CloudDouble.failure(answer)).isInstanceOf(TimeoutException.class);
        dripToWhoeverReads(body);
        assertNoThreadIsLeft();
    }

    @Test
    void theClientsEndDoesNotWaitForAServiceThatDrips() throws Exception {
        cloud.service = request -> CloudDouble.DRIP;
        CompletableFuture<CloudHttp.Answer> answer = ask(LONG);
        OutputStream body = dripping();
        withoutWaiting(cloud.http::close);
        assertThat(CloudDouble.failure(answer)).hasMessage("the client is being closed");
        dripToWhoeverReads(body);
        assertNoThreadIsLeft();
    }

    @Test
    void whoGivesUpAQuestionFreesTheThread() throws Exception {
        cloud.service = request -> {
            asked.countDown();
            return CloudDouble.SILENCE;
        };
        CompletableFuture<CloudHttp.Answer> answer = ask(LONG);
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
        answer.cancel(true);
        assertNoThreadIsLeft();
        assertThat(cloud.transport.loop().armedTimers()).isZero();
    }

    // ---- errors

    @Test
    void aThreadThatCannotBeStartedIsAnAnswer() throws Exception {
        CloudHttp http = new CloudHttp(task -> {
            throw new InternalError("unable to create native thread");
        });
        URI uri = cloud.resources().endpoints().machine();
        CompletableFuture<CloudHttp.Answer> answer =
                http.send(CloudHttp.Request.get(uri), LONG, cloud.transport.loop());
        assertThat(answer).isCompletedExceptionally();
        assertThat(CloudDouble.failure(answer))
                .hasMessage(uri.getScheme() + "://" + uri.getAuthority()
                        + " could not be asked: java.lang.InternalError: unable to create native thread");
        assertThat(cloud.transport.loop().armedTimers()).isZero();
    }

    @Test
    void anErrorWhileItIsAskedIsAnAnswer() throws Exception {
        CloudHttp http = new CloudHttp(Runnable::run);
        URI uri = cloud.resources().endpoints().machine();
        Map<String, String> broken = new AbstractMap<>() {
            @Override
            public Set<Entry<String, String>> entrySet() {
                throw new NoClassDefFoundError("acme/Headers");
            }
        };
        CompletableFuture<CloudHttp.Answer> answer =
                http.send(new CloudHttp.Request("GET", uri, broken, null, true), LONG, cloud.transport.loop());
        assertThat(answer).isCompletedExceptionally();
        assertThat(CloudDouble.failure(answer)).hasRootCauseInstanceOf(NoClassDefFoundError.class);
        assertThat(cloud.transport.loop().armedTimers()).isZero();
    }
}
