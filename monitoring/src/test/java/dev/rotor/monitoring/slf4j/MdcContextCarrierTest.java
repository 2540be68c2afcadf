package dev.rotor.monitoring.slf4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ContextCarrier;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class MdcContextCarrierTest {

    private final ContextCarrier carrier = new MdcContextCarrier();

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void theContextOfTheCallIsThereAndThatOfTheThreadComesBack() {
        MDC.put("user", "ada");
        ContextCarrier.Snapshot call = carrier.capture();
        MDC.setContextMap(Map.of("thread", "own"));

        call.run(() -> assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("user", "ada")));

        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("thread", "own"));
    }

    @Test
    void whatIsPutDuringACompletionIsGoneAfterItAndInNoOther() {
        MDC.put("user", "ada");
        ContextCarrier.Snapshot call = carrier.capture();
        MDC.clear();

        call.run(() -> MDC.put("step", "1"));
        call.run(() -> assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("user", "ada")));

        assertThat(MDC.get("step")).isNull();
        assertThat(MDC.get("user")).isNull();
    }

    @Test
    void aCallWithoutContextShowsNoneOfTheThreadThatAnswers() {
        ContextCarrier.Snapshot call = carrier.capture();
        MDC.put("thread", "own");

        call.run(() -> assertThat(MDC.get("thread")).isNull());

        assertThat(MDC.get("thread")).isEqualTo("own");
    }
}
