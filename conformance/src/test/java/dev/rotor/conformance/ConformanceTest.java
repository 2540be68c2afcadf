package dev.rotor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tests of the driver specifications: one test for each case and profile. */
class ConformanceTest {

    @TestFactory
    Stream<DynamicNode> specifications() throws IOException {
        Options options = Options.fromSystem();
        if (!options.specificationsArePresent()) {
            return Stream.of(DynamicTest.dynamicTest(
                    "the driver specifications",
                    () -> Assumptions.abort("the specifications are not there: set -Dspecifications.dir to the source"
                            + " folder of a checkout of mongodb/specifications")));
        }
        Optional<String> unavailable = Transports.reasonAgainst(options.transport());
        if (unavailable.isPresent()) {
            return Stream.of(DynamicTest.dynamicTest(options.transport(), () -> Assumptions.abort(unavailable.get())));
        }
        KnownFailures known = KnownFailures.read(Path.of("known-failures.txt"));
        ConformanceRun run = new ConformanceRun(options, Formats.all());
        run.start();
        return Stream.concat(
                run.groups().stream().map(group -> container(run, known, group)),
                Stream.of(DynamicTest.dynamicTest("report", () -> report(options, known, run))));
    }

    static DynamicNode container(ConformanceRun run, KnownFailures known, CaseGroup group) {
        return DynamicContainer.dynamicContainer(
                group.name(),
                group.cases().stream()
                        .map(each -> DynamicTest.dynamicTest(
                                each.name(), () -> judge(run.outcomeOf(each).get(), known))));
    }

    private static void judge(CaseResult result, KnownFailures known) {
        Optional<String> contradiction = known.contradictionBy(result);
        if (contradiction.isPresent()) {
            Assertions.fail(contradiction.get());
        }
        if (result.status() == Status.SKIPPED) {
            Assumptions.abort(Objects.requireNonNull(result.reason()));
        }
        if (result.status() == Status.FAILED) {
            Assumptions.abort("known failure: " + known.reasonFor(result).orElseThrow());
        }
    }

    private static void report(Options options, KnownFailures known, ConformanceRun run) throws IOException {
        run.report().writeTo(options.output());
        List<CaseResult> results = run.report().results();
        if (options.only() == null) {
            assertThat(results).as("cases found").isNotEmpty();
        }
        if (options.isOfEverything()) {
            assertThat(known.withoutCase(results))
                    .as("known failures that no case answers to")
                    .isEmpty();
        }
    }
}
