package dev.rotor.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import dev.rotor.transport.tck.AllContracts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The kit can fail: a transport that breaks a promise is found by the claim that is about it. */
class KitFindsFaultsTest {

    private final Queue<AutoCloseable> leftBehind = new ConcurrentLinkedQueue<>();

    @AfterEach
    void tidyUp() throws Exception {
        for (AutoCloseable left : leftBehind) {
            left.close();
        }
    }

    private static TestExecutionSummary run(Fault... about) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (Fault fault : about) {
            request.selectors(selectNestedMethod(
                    List.of(FaultyContracts.class.getName()),
                    AllContracts.class.getName() + "$" + fault.contract,
                    fault.claim,
                    fault.parameters()));
        }
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request.build(), summary);
        return summary.getSummary();
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenPromiseFailsTheClaimAboutIt(Fault fault) {
        assumeTrue(
                (!fault.name().startsWith("SOCKETS_LEFT") && fault != Fault.LOSERS_LEFT)
                        || Files.isDirectory(Path.of("/proc/self/fd")),
                "open files are counted where the system shows them in /proc, as Linux does");
        FaultyContracts.provider = new FaultyProvider(fault, leftBehind);

        TestExecutionSummary summary = run(fault);

        assertThat(summary.getTestsStartedCount()).isPositive();
        assertThat(summary.getTestsFailedCount()).as(fault + " is found").isEqualTo(summary.getTestsStartedCount());
    }

    @Test
    void theSameTransportWithoutAFaultPassesThoseClaims() {
        FaultyContracts.provider = new FaultyProvider(null, leftBehind);

        TestExecutionSummary summary = run(Fault.values());

        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSucceededCount())
                .isEqualTo(summary.getTestsFoundCount())
                .isGreaterThanOrEqualTo(Arrays.stream(Fault.values())
                        .map(fault -> fault.contract + fault.claim)
                        .distinct()
                        .count());
    }
}
