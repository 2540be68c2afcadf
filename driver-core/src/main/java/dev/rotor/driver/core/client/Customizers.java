package dev.rotor.driver.core.client;

import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.spi.ClientCustomizer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Who else has a say in a client's settings. */
final class Customizers {

    private static final Comparator<ClientCustomizer> ORDER = Comparator.comparingInt(ClientCustomizer::order)
            .thenComparing(customizer -> customizer.getClass().getName());

    private Customizers() {}

    /** Finds those that the caller's class loader and the driver's own see. */
    static List<ClientCustomizer> find() {
        Map<Class<?>, ClientCustomizer> found = new LinkedHashMap<>();
        ClassLoader own = ClientCustomizer.class.getClassLoader();
        ClassLoader callers = Thread.currentThread().getContextClassLoader();
        if (callers != null && !callers.equals(own) && seesThisDriver(callers)) {
            collect(callers, found);
        }
        collect(own, found);
        return List.copyOf(found.values());
    }

    /** A container's loader may see another copy of the driver, whose customizers are none of ours. */
    private static boolean seesThisDriver(ClassLoader loader) {
        try {
            return loader.loadClass(ClientCustomizer.class.getName()) == ClientCustomizer.class;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static void collect(@Nullable ClassLoader loader, Map<Class<?>, ClientCustomizer> found) {
        try {
            for (ClientCustomizer customizer : ServiceLoader.load(ClientCustomizer.class, loader)) {
                found.putIfAbsent(customizer.getClass(), customizer);
            }
        } catch (ServiceConfigurationError e) {
            throw new MongoConfigurationException("A client customizer cannot be loaded: " + e.getMessage(), e);
        }
    }

    /**
     * Gives each of them its turn.
     *
     * @throws MongoConfigurationException naming the one that failed
     */
    static MongoClientSettings apply(List<ClientCustomizer> customizers, MongoClientSettings given) {
        MongoClientSettings settings = given;
        for (ClientCustomizer customizer : inOrder(customizers)) {
            try {
                MongoClientSettings.Builder builder = settings.toBuilder();
                customizer.customize(builder);
                settings = builder.build();
            } catch (RuntimeException | LinkageError e) {
                throw failed(customizer, e);
            }
        }
        return settings;
    }

    private static List<ClientCustomizer> inOrder(List<ClientCustomizer> customizers) {
        return customizers.size() < 2
                ? customizers
                : customizers.stream().sorted(ORDER).toList();
    }

    private static MongoConfigurationException failed(ClientCustomizer customizer, Throwable cause) {
        String message = cause.getMessage();
        return new MongoConfigurationException(
                "The client customizer " + customizer.getClass().getName() + " failed: "
                        + (message == null ? cause.getClass().getName() : message),
                cause);
    }
}
