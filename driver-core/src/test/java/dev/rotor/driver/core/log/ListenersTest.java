package dev.rotor.driver.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ListenersTest {

    private final LogCapture capture = new LogCapture();
    private final List<Object> heard = new ArrayList<>();

    private static final class Throwing {
        void hear(Object event) {
            if (event instanceof String) {
                throw new AssertionError("broken");
            }
            throw new IllegalStateException("broken");
        }
    }

    @Test
    void whatAListenerThrowsHarmsNobodyAndIsLoggedOnceForEachKindOfEvent() {
        capture.level = Level.WARN;
        Throwing broken = new Throwing();
        List<Object> all = List.of(broken, heard);
        Listeners<Object> listeners = new Listeners<>(all, capture.logger("dev.rotor.driver.command"));
        BiConsumer<Object, Object> method = (listener, event) -> {
            if (listener instanceof Throwing throwing) {
                throwing.hear(event);
            } else {
                heard.add(event);
            }
        };

        for (int i = 0; i < 3; i++) {
            listeners.tell(method, i);
            listeners.tell(method, "s" + i);
        }

        assertThat(heard).containsExactly(0, "s0", 1, "s1", 2, "s2");
        assertThat(capture.entries()).hasSize(2);
        assertThat(capture.entries().get(0).level()).isEqualTo(Level.WARN);
        assertThat(capture.entries().get(0).text()).contains("Throwing", "Integer");
        assertThat(capture.entries().get(1).thrown()).isInstanceOf(AssertionError.class);
    }
}
