package dev.rotor.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge of the fault test finds every kind of wrong. */
class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void anAcknowledgedWriteThatIsThereOnceIsRight() {
        ledger.begun("a");
        ledger.acknowledged("a");

        assertThat(ledger.discrepancies(List.of("a"))).isEmpty();
    }

    @Test
    void aFailedWriteMayBeThereOrNot() {
        ledger.begun("a");
        ledger.failed("a", new IllegalStateException());

        assertThat(ledger.discrepancies(List.of("a"))).isEmpty();
        assertThat(ledger.discrepancies(List.of())).isEmpty();
        assertThat(ledger.failures()).containsEntry("IllegalStateException", 1L);
    }

    @Test
    void anAcknowledgedWriteThatIsMissingIsFound() {
        ledger.begun("a");
        ledger.acknowledged("a");

        assertThat(ledger.discrepancies(List.of())).containsExactly("a was acknowledged and is not there");
    }

    @Test
    void aWriteThatWasAppliedTwiceIsFoundEvenIfItFailed() {
        ledger.begun("a");
        ledger.failed("a", new IllegalStateException());

        assertThat(ledger.discrepancies(List.of("a", "a"))).containsExactly("a was applied more than once");
    }

    @Test
    void aWriteThatNobodyAnsweredIsFound() {
        ledger.begun("a");

        assertThat(ledger.discrepancies(List.of())).containsExactly("a was never answered");
    }

    @Test
    void aDocumentThatNobodyWroteIsFound() {
        assertThat(ledger.discrepancies(List.of("x"))).containsExactly("x was never written");
    }

    @Test
    void twoAnswersToOneWriteAreRefused() {
        ledger.begun("a");
        ledger.acknowledged("a");

        assertThatThrownBy(() -> ledger.failed("a", new IllegalStateException()))
                .isInstanceOf(IllegalStateException.class);
    }
}
