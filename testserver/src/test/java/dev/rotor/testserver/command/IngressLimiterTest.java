package dev.rotor.testserver.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.testserver.engine.ServerVersion;
import dev.rotor.testserver.net.Admission;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** New connections under the rate limiter of 8.2, on a clock of the test's own. */
class IngressLimiterTest {

    private final AtomicLong now = new AtomicLong();

    private IngressLimiter limiter(boolean enabled) {
        Parameters parameters = new Parameters(
                ServerVersion.parse("8.2"),
                false,
                Map.of(
                        "ingressConnectionEstablishmentRateLimiterEnabled",
                        enabled,
                        "ingressConnectionEstablishmentRatePerSec",
                        10,
                        "ingressConnectionEstablishmentBurstCapacitySecs",
                        0.2,
                        "ingressConnectionEstablishmentMaxQueueDepth",
                        1));
        return new IngressLimiter(parameters, now::get);
    }

    @Test
    void withoutTheParameterEveryoneIsServedAtOnce() {
        IngressLimiter limiter = limiter(false);
        for (int i = 0; i < 100; i++) {
            assertThat(limiter.admit()).isZero();
        }
    }

    @Test
    void afterTheBurstOneWaitsAndTheOthersAreRefused() {
        IngressLimiter limiter = limiter(true);
        assertThat(limiter.admit()).isZero();
        assertThat(limiter.admit()).isZero();
        assertThat(limiter.admit()).isEqualTo(100_000_000L);
        assertThat(limiter.admit()).isEqualTo(Admission.REFUSED);
        limiter.waited();
        assertThat(limiter.admit()).isEqualTo(200_000_000L);
    }

    @Test
    void timeGivesTurnsBack() {
        IngressLimiter limiter = limiter(true);
        limiter.admit();
        limiter.admit();
        now.addAndGet(100_000_000L);
        assertThat(limiter.admit()).isZero();
        now.addAndGet(10_000_000_000L);
        assertThat(limiter.admit()).isZero();
        assertThat(limiter.admit()).isZero();
        assertThat(limiter.admit()).isNotZero();
    }
}
