package dev.rotor.examples.recording;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import java.util.Comparator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Chosen by {@code transport=recording}: the transport that would have been the default, with a record of its traffic.
 * The system property {@value Recording#FILE} says where the record goes.
 */
public final class RecordingProvider implements TransportProvider {

    static final String NAME = "recording";

    /** For the service loader. */
    public RecordingProvider() {}

    /** The best of the others. Looked up when it is asked for, since providers are made just to hear their names. */
    private static Optional<TransportProvider> recorded() {
        return ServiceLoader.load(TransportProvider.class, RecordingProvider.class.getClassLoader()).stream()
                .filter(found -> found.type() != RecordingProvider.class)
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.preference() >= 0 && found.availability().available())
                .max(Comparator.comparingInt(TransportProvider::preference));
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Only when named: nobody wants a record without having asked for it. */
    @Override
    public int preference() {
        return -1;
    }

    @Override
    public Availability availability() {
        try {
            return recorded().isPresent()
                    ? Availability.yes()
                    : Availability.no("there is no other transport to record; add rotor-transport-nio", null);
        } catch (ServiceConfigurationError e) {
            return Availability.no("a transport on the class path cannot be loaded: " + e.getMessage(), e);
        }
    }

    @Override
    public Transport open(TransportSettings settings) {
        TransportProvider recorded = recorded()
                .orElseThrow(() -> new IllegalStateException(availability().reason()));
        // The transport first: where it refuses the settings, there is no file to close.
        Transport transport = recorded.open(settings);
        try {
            return new RecordingTransport(transport, Recording.open());
        } catch (RuntimeException e) {
            transport.close(java.time.Duration.ZERO);
            throw e;
        }
    }
}
