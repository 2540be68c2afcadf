package dev.rotor.driver.core.client;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.TransportInfo;
import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.TransportProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Which transport a client uses: the one that is named by its settings, else by a system property, else the available
 * one of highest preference.
 *
 * @param provider the provider
 * @param info its name and why it was chosen
 */
record TransportChoice(TransportProvider provider, TransportInfo info) {

    /** Names the transport where the settings do not. */
    static final String SYSTEM_PROPERTY = "dev.rotor.transport";

    /** The artifacts that bring transports, by the transports' names. */
    private static final Map<String, String> ARTIFACTS = Map.of(
            "nio", "dev.rotor:rotor-transport-nio",
            "netty", "dev.rotor:rotor-transport-netty",
            "kqueue", "dev.rotor:rotor-transport-netty",
            "epoll", "dev.rotor:rotor-transport-netty-epoll",
            "io_uring", "dev.rotor:rotor-transport-iouring");

    /** Finds the providers that the caller's class loader and the driver's own see. */
    static List<TransportProvider> providers() {
        Map<String, TransportProvider> found = new LinkedHashMap<>();
        ClassLoader own = TransportProvider.class.getClassLoader();
        ClassLoader callers = Thread.currentThread().getContextClassLoader();
        ServiceConfigurationError broken = callers == null ? null : collect(callers, found);
        if (!own.equals(callers)) {
            ServiceConfigurationError ownBroken = collect(own, found);
            broken = broken == null ? ownBroken : broken;
        }
        // A container's loader may see another copy of the driver, whose transports are none of ours; that matters only
        // where nothing else was found.
        if (broken != null && found.isEmpty()) {
            throw new MongoConfigurationException(
                    "A transport on the class path cannot be loaded: " + broken.getMessage(), broken);
        }
        return List.copyOf(found.values());
    }

    private static @Nullable ServiceConfigurationError collect(
            ClassLoader loader, Map<String, TransportProvider> found) {
        try {
            ServiceLoader.load(TransportProvider.class, loader)
                    .forEach(provider -> found.putIfAbsent(provider.name(), provider));
            return null;
        } catch (ServiceConfigurationError e) {
            return e;
        }
    }

    /**
     * Chooses.
     *
     * @param providers what there is
     * @param fromSettings the name in the settings, or {@code null}
     * @param fromSystemProperty the name in the system property, or {@code null}
     * @throws MongoConfigurationException if there is none, or the named one is not there or cannot run; the message
     *     says what to do
     */
    static TransportChoice choose(
            List<TransportProvider> providers, @Nullable String fromSettings, @Nullable String fromSystemProperty) {
        if (fromSettings != null) {
            return named(providers, fromSettings, "named by the transport option");
        }
        if (fromSystemProperty != null && !fromSystemProperty.isBlank()) {
            return named(providers, fromSystemProperty, "named by the system property " + SYSTEM_PROPERTY);
        }
        return preferred(providers);
    }

    private static TransportChoice named(List<TransportProvider> providers, String name, String reason) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        for (TransportProvider provider : providers) {
            if (provider.name().equals(wanted)) {
                Availability availability = provider.availability();
                if (!availability.available()) {
                    throw new MongoConfigurationException(
                            "Transport \"" + wanted + "\" (" + reason + ") cannot run here: " + availability.reason(),
                            availability.cause());
                }
                return new TransportChoice(provider, new TransportInfo(wanted, reason));
            }
        }
        String artifact = ARTIFACTS.get(wanted);
        throw new MongoConfigurationException("Transport \"" + wanted + "\" (" + reason + ") is not on the class path; "
                + (artifact == null ? "no transport of that name is known." : "add the artifact " + artifact + ".")
                + " There are: " + names(providers));
    }

    private static TransportChoice preferred(List<TransportProvider> providers) {
        List<TransportProvider> candidates = new ArrayList<>(providers);
        candidates.removeIf(provider -> provider.preference() < 0);
        candidates.sort(Comparator.comparingInt(TransportProvider::preference).reversed());
        StringBuilder passedOver = new StringBuilder();
        for (TransportProvider provider : candidates) {
            Availability availability = provider.availability();
            if (availability.available()) {
                String reason = passedOver.isEmpty()
                        ? "the available transport of highest preference"
                        : "preferred transports cannot run here: " + passedOver;
                return new TransportChoice(provider, new TransportInfo(provider.name(), reason));
            }
            passedOver
                    .append(passedOver.isEmpty() ? "" : "; ")
                    .append(provider.name())
                    .append(": ")
                    .append(availability.reason());
        }
        if (!passedOver.isEmpty()) {
            throw new MongoConfigurationException("No transport can run here: " + passedOver);
        }
        throw new MongoConfigurationException(
                "There is no transport on the class path that is used without being named;" + " add the artifact "
                        + ARTIFACTS.get("nio") + ". There are: " + names(providers));
    }

    private static String names(List<TransportProvider> providers) {
        if (providers.isEmpty()) {
            return "none";
        }
        StringBuilder names = new StringBuilder();
        for (TransportProvider provider : providers) {
            names.append(names.isEmpty() ? "" : ", ").append(provider.name());
        }
        return names.toString();
    }
}
