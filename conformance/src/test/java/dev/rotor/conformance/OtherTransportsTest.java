package dev.rotor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A part of the specifications' cases on each of the other transports: what a transport has most to do with, without
 * what spends its time waiting. All cases on one of them: {@code conformance/run -Dconformance.transport=epoll}.
 */
class OtherTransportsTest {

    private static final List<String> TRANSPORTS = List.of("epoll", "io_uring", "netty", "kqueue");

    private static final String SDAM = "server-discovery-and-monitoring/tests/unified/";
    private static final String TIMEOUTS = "client-side-operations-timeout/tests/";
    private static final String TRANSACTIONS = "transactions/tests/unified/";

    private static final List<String> FILES = List.of(
            // Streaming monitors, connections that break or hang, pools that are cleared and filled.
            SDAM + "cancel-server-check.json",
            SDAM + "connectTimeoutMS.json",
            SDAM + "find-network-error.json",
            SDAM + "find-network-timeout-error.json",
            SDAM + "insert-network-error.json",
            SDAM + "minPoolSize-error.json",
            SDAM + "pool-clear",
            SDAM + "rediscover-quickly-after-step-down.json",
            SDAM + "serverMonitoringMode.json",
            SDAM + "auth-",
            "load-balancers/tests/",
            // Connections that break under an operation, which is tried again.
            "retryable-reads/tests/unified/find.json",
            "retryable-reads/tests/unified/gridfs-downloadByName.json",
            "retryable-writes/tests/unified/bulkWrite.json",
            "retryable-writes/tests/unified/insertMany.json",
            TRANSACTIONS + "abort.json",
            TRANSACTIONS + "commit.json",
            TRANSACTIONS + "mongos-pin-auto.json",
            TRANSACTIONS + "retryable-commit.json",
            "transactions-convenient-api/tests/unified/callback-retry.json",
            "transactions-convenient-api/tests/unified/commit-retry.json",
            // Replies that are waited for, and that come too late.
            "change-streams/tests/unified/change-streams.json",
            "retryable-reads/tests/unified/changeStreams-db.coll.watch.json",
            TIMEOUTS + "command-execution.json",
            TIMEOUTS + "gridfs-upload.json",
            TIMEOUTS + "waitQueueTimeout.json",
            // Many messages, ones in pieces, ones without a reply.
            "crud/tests/unified/client-bulkWrite-errors.json",
            "crud/tests/unified/client-bulkWrite-mixed-namespaces.json",
            "crud/tests/unified/find.json",
            "crud/tests/unified/updateMany-hint-unacknowledged.json",
            "retryable-writes/tests/unified/unacknowledged-write-concern.json",
            "gridfs/tests/");

    @TestFactory
    Stream<DynamicNode> transports() {
        Options options = Options.fromSystem();
        return TRANSPORTS.stream().map(transport -> {
            Optional<String> unavailable = options.specificationsArePresent()
                    ? Transports.reasonAgainst(transport)
                    : Optional.of("the driver specifications are not there: set -Dspecifications.dir to the source"
                            + " folder of a checkout of mongodb/specifications");
            return unavailable.isPresent()
                    ? DynamicTest.dynamicTest(transport, () -> Assumptions.abort(unavailable.get()))
                    : DynamicContainer.dynamicContainer(transport, part(options.on(transport)));
        });
    }

    /** The cases of one transport; begun when its container is asked for them, so one transport after the other. */
    private static Stream<DynamicNode> part(Options options) {
        return Stream.of(options).flatMap(wanted -> {
            KnownFailures known = knownFailures();
            ConformanceRun run = new ConformanceRun(wanted, Formats.all(), OtherTransportsTest::isOfPart);
            run.start();
            return Stream.concat(
                    run.groups().stream().map(group -> ConformanceTest.container(run, known, group)),
                    Stream.of(
                            DynamicTest.dynamicTest("has cases of each file", () -> hasCasesOfEachFile(wanted, run))));
        });
    }

    /** A file that was renamed must not drop out unseen. */
    private static void hasCasesOfEachFile(Options options, ConformanceRun run) {
        if (options.only() == null && options.uri() == null) {
            assertThat(FILES).allSatisfy(file -> assertThat(run.groups()).anyMatch(group -> group.cases().stream()
                    .anyMatch(each -> each.file().startsWith(file))));
        }
    }

    private static KnownFailures knownFailures() {
        try {
            return KnownFailures.read(Path.of("known-failures.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfPart(ConformanceCase each) {
        return !each.profile().equals(CaseResult.NO_SERVER) && FILES.stream().anyMatch(each.file()::startsWith);
    }
}
