package dev.rotor.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
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

    @SuppressWarnings("NullAway") // the mistake under test
    private static Thread noThread() {
        return null;
    }
}
