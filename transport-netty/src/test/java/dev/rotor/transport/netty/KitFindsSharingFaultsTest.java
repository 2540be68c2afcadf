package dev.rotor.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The kit's claims about the loops of a framework can fail. */
class KitFindsSharingFaultsTest {

    private static TestExecutionSummary run(FaultySharing.Fault... about) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (FaultySharing.Fault fault : about) {
            request.selectors(selectMethod(FaultyForeignLoops.class.getName(), fault.claim));
        }
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request.build(), summary);
        return summary.getSummary();
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenPromiseFailsTheClaimAboutIt(FaultySharing.Fault fault) {
        FaultyForeignLoops.fault = fault;

        TestExecutionSummary summary = run(fault);

        assertThat(summary.getTestsStartedCount()).isEqualTo(1);
        assertThat(summary.getTestsFailedCount()).as(fault + " is found").isEqualTo(1);
    }

    @Test
    void theSameTransportWithoutAFaultPassesThoseClaims() {
        FaultyForeignLoops.fault = null;

        TestExecutionSummary summary = run(FaultySharing.Fault.values());

        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(FaultySharing.Fault.values().length);
    }
}
