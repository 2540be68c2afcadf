package dev.rotor.transport.tck;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** How a transport is found, and that two of one kind know nothing of each other. */
public abstract class ProviderContract extends TransportContract {

    /** For the class that says what is tested. */
    protected ProviderContract() {}

    @Test
    void theServiceLoaderFindsItAndNoOtherOfItsName() {
        String name = provider().name();

        assertThat(ServiceLoader.load(TransportProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(found -> found.name().equals(name)))
                .as("one provider named \"" + name + "\" in META-INF/services, or in a module's descriptor")
                .singleElement()
                .satisfies(found ->
                        assertThat(found.getClass()).isSameAs(provider().getClass()));
    }

    @Test
    void whatAProviderSaysOfItselfDoesNotChange() {
        TransportProvider first = provider();
        TransportProvider second = provider();

        assertThat(second.name()).isEqualTo(first.name());
        assertThat(second.preference()).isEqualTo(first.preference());
        assertThat(second.availability()).isEqualTo(first.availability());
        assertThat(first.availability().reason()).isEmpty();
    }

    @Test
    void closingATransportLeavesAnotherOfItsKindAlone() throws Exception {
        RecordingListener listener = new RecordingListener();
        Peer peer = connect(listener);

        open(2).close(Duration.ZERO).toCompletableFuture().get(millis(), MILLISECONDS);

        listener.wire().send(ByteBuffer.wrap(Frames.frame(100, 1)));
        assertThat(peer.readFrame()).isEqualTo(Frames.frame(100, 1));
        peer.write(Frames.frame(200, 2));
        assertThat(listener.frame()).isEqualTo(Frames.frame(200, 2));
    }

    @Test
    void aTransportIsOpenedFromALoopOfAnother() throws Exception {
        var opened = new java.util.concurrent.CompletableFuture<Transport>();
        transport.nextLoop().execute(() -> opened.complete(open(1)));

        settle(opened.get(millis(), MILLISECONDS).nextLoop());
        assertThat(opened.join().currentLoop()).isNull();
    }
}
