package dev.rotor.driver.core.topology;

import static dev.rotor.driver.core.topology.TopologyFixture.A;
import static dev.rotor.driver.core.topology.TopologyFixture.B;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.TagSet;
import dev.rotor.driver.core.time.Deadline;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopologySnapshotTest {

    private static final Duration LOCAL_THRESHOLD = Duration.ofMillis(15);

    @Test
    void selectingAKnownServerAllocatesNothing() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a,b/?replicaSet=rs").start();
        fixture.answer(A, TopologyFixture.primary("a", "a", "b"));
        fixture.answer(B, TopologyFixture.secondary("b", "a", "b"));
        ServerSelector[] selectors = {
            ServerSelector.WRITABLE,
            ServerSelector.PRIMARY,
            ServerSelector.forReads(ReadPreference.NEAREST),
            ServerSelector.forReads(ReadPreference.SECONDARY.withTagSets(List.of(TagSet.EMPTY))),
            new ServerSelector(true, ReadPreference.PRIMARY, B)
        };
        TopologyFixture.Selection never = new TopologyFixture.Selection();
        Runnable selections = () -> {
            for (ServerSelector selector : selectors) {
                Server server = fixture.manager.select(selector, Set.of(), "find", Deadline.NONE, never);
                requireNonNull(server).operationFinished();
            }
        };
        for (int i = 0; i < 20_000; i++) {
            selections.run();
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long measuring = threads.getCurrentThreadAllocatedBytes();
        measuring = threads.getCurrentThreadAllocatedBytes() - measuring;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            selections.run();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before - measuring;
        // 50,000 selections; less than a byte each leaves room for what the JVM does on the side.
        assertThat(allocated).isLessThan(10_000);
    }

    @Test
    void aSelectorThatEqualsARememberedOneGetsItsCandidates() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a/?replicaSet=rs").start();
        TopologySnapshot snapshot = new TopologySnapshot(
                fixture.manager.description(), Map.of(), false, LOCAL_THRESHOLD, Duration.ofSeconds(10));
        ReadPreference tagged = ReadPreference.NEAREST.withTagSets(List.of(new TagSet(Map.of("dc", "ny"))));
        Candidates first = snapshot.candidates(ServerSelector.forReads(tagged));
        ReadPreference equal = ReadPreference.NEAREST.withTagSets(List.of(new TagSet(Map.of("dc", "ny"))));
        assertThat(snapshot.candidates(ServerSelector.forReads(equal))).isSameAs(first);
    }

    @Test
    void whoMakesANewSelectorForEachOperationIsServedToo() {
        TopologyFixture fixture =
                TopologyFixture.of("mongodb://a,b/?replicaSet=rs").start();
        fixture.answer(A, TopologyFixture.primary("a", "a", "b"));
        for (int i = 0; i < 1_000; i++) {
            ReadPreference preference = ReadPreference.PRIMARY_PREFERRED.withTagSets(
                    List.of(new TagSet(Map.of("number", Integer.toString(i)))));
            assertThat(fixture.select(ServerSelector.forReads(preference))
                            .server()
                            .address())
                    .isEqualTo(A);
        }
    }
}
