package dev.rotor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownFailuresTest {

    private static final String FILE = "crud/tests/unified/find.json";

    @Test
    void aFailureThatIsNotListedIsAContradiction() {
        assertThat(list().contradictionBy(result("one", "single", Status.FAILED)))
                .hasValueSatisfying(text -> assertThat(text).contains("not a known failure", "went wrong"));
    }

    @Test
    void aListedFailureIsNone() {
        KnownFailures known = list(FILE + " | one | single | because");
        CaseResult failed = result("one", "single", Status.FAILED);

        assertThat(known.contradictionBy(failed)).isEmpty();
        assertThat(known.reasonFor(failed)).hasValue("because");
    }

    @Test
    void aListedCaseThatPassesIsAContradiction() {
        assertThat(list(FILE + " | one | single | because").contradictionBy(result("one", "single", Status.PASSED)))
                .hasValueSatisfying(text -> assertThat(text).contains("take it off the list"));
    }

    @Test
    void aListedCaseThatIsSkippedIsNone() {
        assertThat(list(FILE + " | one | single | because").contradictionBy(result("one", "single", Status.SKIPPED)))
                .isEmpty();
    }

    @Test
    void anEntryIsForItsFileItsDescriptionAndItsProfileOnly() {
        KnownFailures known = list(FILE + " | one | single | because");

        assertThat(known.contradictionBy(result("two", "single", Status.FAILED)))
                .isPresent();
        assertThat(known.contradictionBy(result("one", "sharded", Status.FAILED)))
                .isPresent();
        assertThat(known.contradictionBy(
                        new CaseResult("crud", "crud/tests/other.json", "one", "single", Status.FAILED, "x")))
                .isPresent();
    }

    @Test
    void aStarIsForEveryProfile() {
        KnownFailures known = list(FILE + " | one | * | because");

        assertThat(known.contradictionBy(result("one", "single", Status.FAILED)))
                .isEmpty();
        assertThat(known.contradictionBy(result("one", "sharded", Status.FAILED)))
                .isEmpty();
        assertThat(known.contradictionBy(result("one", "sharded", Status.PASSED)))
                .isPresent();
    }

    @Test
    void anEntryThatNoCaseAnswersToIsFound() {
        KnownFailures known = list(FILE + " | one | * | because", FILE + " | gone | * | because");

        assertThat(known.withoutCase(List.of(result("one", "single", Status.FAILED))))
                .containsExactly(FILE + ": gone [*]");
    }

    @Test
    void commentsAndEmptyLinesSayNothing() {
        assertThat(list("# about " + FILE, "", "   ").withoutCase(List.of())).isEmpty();
    }

    @Test
    void anEntryWithoutAReasonIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> list("# first", FILE + " | one | *"))
                .withMessageContaining("line 2");
        assertThatIllegalArgumentException().isThrownBy(() -> list(FILE + " | one | * |  "));
    }

    private static KnownFailures list(String... lines) {
        return KnownFailures.parse(List.of(lines));
    }

    private static CaseResult result(String description, String profile, Status status) {
        @Nullable String reason = status == Status.PASSED ? null : "it went wrong";
        return new CaseResult("crud", FILE, description, profile, status, reason);
    }
}
