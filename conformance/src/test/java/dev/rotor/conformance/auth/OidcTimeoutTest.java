package dev.rotor.conformance.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.OidcCallback;
import dev.rotor.driver.OidcCallbackResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operation whose connection must be authenticated anew ends in its time, whatever the callback does. */
class OidcTimeoutTest {

    private static final int REAUTHENTICATION_REQUIRED = 391;

    private final OidcDeployment deployment = new OidcDeployment();
    private final CountDownLatch never = new CountDownLatch(1);
    private final CompletableFuture<String> second = new CompletableFuture<>();

    @AfterEach
    void close() {
        never.countDown();
        deployment.close();
    }

    private MongoClient client(OidcCallback callback, String options) {
        return deployment.client(MongoCredential.createOidcCredential(null).withOidcCallback(callback), options);
    }

    /** The second of its calls blocks until it is interrupted. */
    private OidcCallback blocksOnce() {
        AtomicInteger calls = new AtomicInteger();
        return context -> {
            if (calls.incrementAndGet() == 2) {
                try {
                    never.await();
                    second.complete("released");
                } catch (InterruptedException e) {
                    second.complete("interrupted");
                }
            }
            return CompletableFuture.completedStage(OidcCallbackResult.of(OidcDeployment.TOKEN));
        };
    }

    private void assertTimesOutAndTheClientGoesOn(MongoClient client, Duration timeout) throws Exception {
        OidcDeployment.find(client);
        deployment.failWith("find", REAUTHENTICATION_REQUIRED);
        CompletableFuture<?> find = client.getDatabase("test")
                .getCollection("oidc")
                .withTimeout(timeout)
                .find()
                .toList(10)
                .toCompletableFuture();
        // Less than the minute that a callback has where nothing else limits it.
        assertThatThrownBy(() -> find.get(45, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(MongoTimeoutException.class, late -> assertThat(late.waiting())
                        .isEqualTo(MongoTimeoutException.Waiting.OPERATION))
                .hasMessageContaining("the OIDC callback gave nothing within PT");
        assertThat(second.get(45, TimeUnit.SECONDS)).isEqualTo("interrupted");
        OidcDeployment.find(client);
    }

    @Test
    void theTimeoutOfACollectionLimitsACallbackThatBlocks() throws Exception {
        try (MongoClient client = client(blocksOnce(), "")) {
            assertTimesOutAndTheClientGoesOn(client, Duration.ofSeconds(4));
        }
    }

    @Test
    void soItDoesWhereTheClientHasALongerOne() throws Exception {
        try (MongoClient client = client(blocksOnce(), "&timeoutMS=600000")) {
            assertTimesOutAndTheClientGoesOn(client, Duration.ofSeconds(4));
        }
    }
}
