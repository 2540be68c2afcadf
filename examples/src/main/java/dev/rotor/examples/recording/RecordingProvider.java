package dev.rotor.examples.recording;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Chosen by {@code transport=recording}: the transport that would have been the default, with its answers written to
 * the file that the system property {@value #RECORD} names. With {@value #REPLAY} there is no server at all: the
 * answers are those of the file.
 */
public final class RecordingProvider implements TransportProvider {

    /** The system property with the file to write; {@code recording.txt} without it. */
    public static final String RECORD = "dev.rotor.examples.record";

    /** The system property with the file to answer from. */
    public static final String REPLAY = "dev.rotor.examples.replay";

    /** For the service loader. */
    public RecordingProvider() {}

    // snippet: behind
    /** The best of the others. Looked up when it is asked for, since providers are made just to hear their names. */
    private static Optional<TransportProvider> behind() {
        return ServiceLoader.load(TransportProvider.class, RecordingProvider.class.getClassLoader()).stream()
                .filter(found -> found.type() != RecordingProvider.class)
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.preference() >= 0 && found.availability().available())
                .max(Comparator.comparingInt(TransportProvider::preference));
    }
    // end

    @Override
    public String name() {
        return "recording";
    }

    /** Only when named: nobody wants a record without having asked for it. */
    @Override
    public int preference() {
        return -1;
    }

    // snippet: availability
    @Override
    public Availability availability() {
        try {
            return behind().isPresent()
                    ? Availability.yes()
                    : Availability.no("there is no other transport to record; add rotor-transport-nio", null);
        } catch (ServiceConfigurationError e) {
            return Availability.no("a transport on the class path cannot be loaded: " + e.getMessage(), e);
        }
    }
    // end

    // snippet: open
    @Override
    public Transport open(TransportSettings settings) {
        TransportProvider provider = behind().orElseThrow(
                        () -> new IllegalStateException(availability().reason()));
        // The transport first: where it refuses the settings, there is no file to close.
        Transport behind = provider.open(settings);
        try {
            String replay = System.getProperty(REPLAY);
            Tape tape = replay == null
                    ? Tape.write(Path.of(System.getProperty(RECORD, "recording.txt")))
                    : Tape.read(Path.of(replay));
            return new RecordingTransport(name(), behind, tape, replay != null);
        } catch (RuntimeException e) {
            behind.close(Duration.ZERO);
            throw e;
        }
    }
    // end
}
