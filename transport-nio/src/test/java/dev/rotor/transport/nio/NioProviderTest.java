package dev.rotor.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class NioProviderTest {

    @Test
    void theServiceLoaderFindsItOnTheClassPath() {
        assertThat(ServiceLoader.load(TransportProvider.class)).hasAtLeastOneElementOfType(NioTransportProvider.class);
    }

    @Test
    void itIsTheDefaultOfLastResort() {
        assertThat(new NioTransportProvider().preference()).isZero();
    }

    @Test
    void aThreadFactoryThatGivesNothingIsSaid() {
        TransportSettings settings = new TransportSettings(1, "x", task -> noThread(), null);

        assertThatThrownBy(() -> new NioTransportProvider().open(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("thread factory");
    }

    @Test
    void aThreadThatCannotBeStartedIsSaidAndThoseBeforeItEnd() throws Exception {
        List<Thread> made = new ArrayList<>();
        Error limit = new OutOfMemoryError("unable to create native thread");
        TransportSettings settings = new TransportSettings(
                3,
                "x",
                task -> {
                    Thread thread = made.size() < 2
                            ? new Thread(task)
                            : new Thread(task) {
                                @Override
                                @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it only throws
                                public void start() {
                                    throw limit;
                                }
                            };
                    made.add(thread);
                    return thread;
                },
                null);

        assertThatThrownBy(() -> new NioTransportProvider().open(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the transport nio could not open event loop 3 of 3: unable to create native thread")
                .hasCause(limit);
        for (Thread thread : made) {
            thread.join(60_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @SuppressWarnings("NullAway") // the mistake under test
    private static Thread noThread() {
        return null;
    }
}
