package dev.rotor.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HierarchiesTest {

    @Test
    void theDeepestClassIsTheOneWithTheMostSuperclasses() {
        Hierarchies hierarchies = new Hierarchies(Map.of("B", "A", "C", "B", "D", "C", "X", "A", "D2", "C"));

        assertThat(hierarchies.deepest()).isEqualTo("D");
        assertThat(hierarchies.chain("D")).containsExactly("D", "C", "B", "A");
        assertThat(hierarchies.depth("A")).isZero();
        assertThat(hierarchies.depth("X")).isEqualTo(1);
        assertThat(hierarchies.histogram()).containsExactly(Map.entry(1, 2), Map.entry(2, 1), Map.entry(3, 2));
    }

    @Test
    void aCatalogueWithoutClassesHasNoDeepest() {
        assertThat(new Hierarchies(Map.of()).deepest()).isEmpty();
    }

    @Test
    void aCircleIsRefusedRatherThanFollowed() {
        assertThatThrownBy(() -> new Hierarchies(Map.of("A", "B", "B", "C", "C", "A")).depth("A"))
                .isInstanceOf(QuickstartException.class)
                .hasMessageContaining("its own superclass");
    }

    @Test
    void aVeryLongChainIsNoProblem() {
        Map<String, String> superclassOf = new HashMap<>();
        for (int i = 1; i <= 100_000; i++) {
            superclassOf.put("c" + i, "c" + (i - 1));
        }

        assertThat(new Hierarchies(superclassOf).depth("c100000")).isEqualTo(100_000);
    }
}
