package dev.rotor.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.TcpOptions;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

    @Test
    void encryptionIsRefusedInWordsUntilItIsThere() throws Exception {
        Transport transport = new NioTransportProvider().open(TransportSettings.DEFAULT);
        CompletableFuture<@Nullable Throwable> closed = new CompletableFuture<>();
        ConnectRequest request = new ConnectRequest(
                "db1",
                27017,
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 27017)),
                Duration.ofSeconds(1),
                TcpOptions.DEFAULT,
                (host, port) -> {
                    throw new AssertionError("no engine is needed");
                },
                16_000);

        transport.connect(transport.nextLoop(), request, new WireListener() {
            @Override
            public void onConnected(Wire wire) {
                closed.completeExceptionally(new AssertionError("connected in plain text"));
            }

            @Override
            public void onFrame(byte[] frame) {}

            @Override
            public void onSent(ByteBuffer[] buffers) {}

            @Override
            public void onClosed(@Nullable Throwable cause) {
                closed.complete(cause);
            }
        });

        assertThat(closed.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining("TLS")
                .hasMessageContaining("db1:27017")
                .hasCauseInstanceOf(UnsupportedOperationException.class);
        transport.close(Duration.ZERO);
    }
}
