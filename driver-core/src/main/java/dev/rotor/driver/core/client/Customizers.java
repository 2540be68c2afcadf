package dev.rotor.driver.core.client;

import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.core.services.Services;
import dev.rotor.driver.spi.ClientCustomizer;
import java.util.Comparator;
import java.util.List;

/** Who else has a say in a client's settings. */
final class Customizers {

    private static final Comparator<ClientCustomizer> ORDER = Comparator.comparingInt(ClientCustomizer::order)
            .thenComparing(customizer -> customizer.getClass().getName());

    private Customizers() {}

    /**
     * Finds those that the caller's class loader and the driver's own see.
     *
     * @throws MongoConfigurationException if one cannot be loaded: what it would have asked for is not known
     */
    static List<ClientCustomizer> find() {
        Services.Found<ClientCustomizer> found = Services.find(ClientCustomizer.class);
        if (!found.broken().isEmpty()) {
            Services.Broken broken = found.broken().get(0);
            throw new MongoConfigurationException(
                    "A client customizer cannot be loaded: " + broken.why(), broken.cause());
        }
        return found.providers();
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
