package dev.rotor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final OfficialSkips SKIPS = OfficialSkips.parse(List.of(
            "# a comment",
            "crud\tfind\tfinds\topen issue\talways",
            "crud\tupdates\t*\tnot compliant\tconditional",
            "gridfs\t*\t*\topen issue\talways"));

    private static final KnownFailures KNOWN =
            KnownFailures.parse(List.of("crud/a.json | one | * | it contradicts itself"));

    @Test
    void aFailureIsToldWithItsReviewedReasonAndItsServers() {
        String page = page(
                result("crud/a.json", "one", "x", Status.FAILED),
                result("crud/a.json", "one", "y", Status.FAILED),
                result("crud/a.json", "two", "x", Status.FAILED));

        assertThat(page)
                .contains("| crud/a.json | one | it contradicts itself | x, y |")
                .contains("| crud/a.json | two | **not reviewed**: because | x |");
    }

    @Test
    void aCaseThatFailsSomewhereDoesNotCountAsPassed() {
        String page = page(
                result("crud/a.json", "one", "x", Status.PASSED),
                result("crud/a.json", "one", "y", Status.FAILED),
                result("crud/a.json", "two", "x", Status.PASSED),
                result("crud/a.json", "three", "-", Status.SKIPPED));

        assertThat(page).contains("| crud | 3 | 1 | 1 | 1 | 3 |").contains("| crud | because |");
    }

    @Test
    void casesThatTheOfficialDriverLeavesOutAreNamedWhereTheyPass() {
        String page = page(
                result("crud/find.json", "finds", "x", Status.PASSED),
                result("crud/find.json", "finds more", "x", Status.PASSED),
                result("crud/updates.json", "sets", "x", Status.PASSED),
                result("crud/updates.json", "unsets", "x", Status.FAILED));

        assertThat(page)
                .contains("2 cases, by 2 entries")
                .contains("| crud | find | finds | 1 | open issue |")
                .contains("| crud | updates | all cases | 1 | not compliant, on some servers |")
                .doesNotContain("| gridfs |");
    }

    @Test
    void everyRunThatWasDoneAgainIsTold() {
        String page = page(
                result("crud/a.json", "one", "x", Status.PASSED),
                new CaseResult("crud", "crud/a.json", "two", "x", Status.PASSED, null, List.of("held up\nat length")));

        assertThat(page)
                .contains("| crud/a.json | two | x | passed | held up |")
                .doesNotContain("| one | x | passed");
        assertThat(page(result("crud/a.json", "one", "x", Status.PASSED)))
                .containsPattern("What was run again, and why\n\n[^#]*\n\nNothing\\.\n");
    }

    @Test
    void theListThatComesWithTheModuleCanBeRead() throws Exception {
        assertThat(OfficialSkips.read().entries()).hasSizeGreaterThan(100);
    }

    @Test
    void aLineOfTheListThatIsNotFiveColumnsIsRefused() {
        assertThatThrownBy(() -> OfficialSkips.parse(List.of("crud\tfind"))).hasMessageContaining("five columns");
    }

    private static String page(CaseResult... results) {
        return new Page(List.of(results), KNOWN, SKIPS, file -> file.replaceAll(".*/|\\.json", "")).text();
    }

    private static CaseResult result(String file, String description, String profile, Status status) {
        return new CaseResult("crud", file, description, profile, status, status == Status.PASSED ? null : "because");
    }
}
