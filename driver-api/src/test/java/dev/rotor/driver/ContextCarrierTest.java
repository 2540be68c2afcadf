package dev.rotor.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two carriers as one. */
class ContextCarrierTest {

    private final List<String> done = new ArrayList<>();

    private ContextCarrier named(String name) {
        return () -> () -> {
            done.add("+" + name);
            return () -> done.add("-" + name);
        };
    }

    @Test
    void bothAreBoundAndTakenOffInReverse() {
        named("a").and(named("b")).capture().run(() -> done.add("task"));

        assertThat(done).containsExactly("+a", "+b", "task", "-b", "-a");
    }

    @Test
    void nothingToCarryStaysNothing() {
        ContextCarrier nothing = () -> ContextCarrier.Snapshot.NONE;

        assertThat(nothing.and(nothing).capture()).isSameAs(ContextCarrier.Snapshot.NONE);
        nothing.and(named("b")).capture().run(() -> done.add("task"));
        named("a").and(nothing).capture().run(() -> done.add("task"));
        assertThat(done).containsExactly("+b", "task", "-b", "+a", "task", "-a");
    }

    @Test
    void theFirstIsTakenOffWhenTheSecondCannotBeBound() {
        ContextCarrier broken = () -> () -> {
            throw new IllegalStateException("broken");
        };

        ContextCarrier.Snapshot both = named("a").and(broken).capture();

        assertThatThrownBy(both::restore).hasMessage("broken");
        assertThat(done).containsExactly("+a", "-a");
    }
}
