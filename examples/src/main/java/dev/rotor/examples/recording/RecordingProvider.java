package dev.rotor.examples.recording;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Chosen by {@code transport=recording}: what would have been the default, with a record of its servers' answers. */
public final class RecordingProvider implements TransportProvider {

    /** The system property that names the file of the record; {@code recording.txt} without it. */
    public static final String FILE = "dev.rotor.examples.recording";

    @Override
    public String name() {
        return "recording";
    }

    /** Only when named: nobody wants a record without having asked for it. */
    @Override
    public int preference() {
        return -1;
    }

    // snippet: open
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

    @Override
    public Transport open(TransportSettings settings) {
        Availability here = availability();
        if (!here.available()) {
            throw new IllegalStateException(here.reason(), here.cause());
        }
        // The transport first: where it refuses the settings, there is no file to close.
        Transport behind = behind().orElseThrow().open(settings);
        try {
            return new RecordingTransport(behind, Tape.write());
        } catch (RuntimeException e) {
            behind.close(Duration.ZERO);
            throw e;
        }
    }

    /** The best of the others. Looked up when it is asked for, since providers are made just to hear their names. */
    static Optional<TransportProvider> behind() {
        return ServiceLoader.load(TransportProvider.class, RecordingProvider.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.preference() >= 0 && found.availability().available())
                .max(Comparator.comparingInt(TransportProvider::preference));
    }
    // end
}
