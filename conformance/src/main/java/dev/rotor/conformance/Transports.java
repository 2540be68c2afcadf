package dev.rotor.conformance;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.TransportProvider;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** The transports on the class path. */
public final class Transports {

    private Transports() {}

    /**
     * Why a transport cannot run here.
     *
     * @param name its name
     * @return a sentence for a person; nothing if it can
     */
    public static Optional<String> reasonAgainst(String name) {
        TreeSet<String> names = new TreeSet<>();
        for (TransportProvider provider : ServiceLoader.load(TransportProvider.class)) {
            names.add(provider.name());
            if (provider.name().equals(name)) {
                Availability availability = provider.availability();
                return availability.available() ? Optional.empty() : Optional.of(availability.reason());
            }
        }
        return Optional.of("there is no transport " + name + " on the class path; there are " + names);
    }
}
