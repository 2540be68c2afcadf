package dev.rotor.driver.spi;

import dev.rotor.driver.MongoClientSettings;

/**
 * Has a say in the settings of every client that is made in this application: the way to register listeners once for
 * all clients, those of libraries included.
 *
 * <p>Customizers are found with {@link java.util.ServiceLoader}, on the class path by a file
 * {@code META-INF/services/dev.rotor.driver.spi.ClientCustomizer}, on the module path by {@code provides}, whenever a
 * client is created; those that the calling thread's context class loader sees and those that the driver's own sees.
 * Each client has an instance of its own of each of them. For example:
 *
 * <pre>{@code
 * public final class LogEveryClient implements ClientCustomizer {
 *     public void customize(MongoClientSettings.Builder settings) {
 *         Monitoring.logAll(settings);
 *     }
 * }
 * }</pre>
 *
 * <p>A customizer that throws, that cannot be made, or that leaves settings which cannot be, fails the creation of the
 * client with a {@link dev.rotor.driver.MongoConfigurationException} that names its class.
 */
@FunctionalInterface
public interface ClientCustomizer {

    /**
     * When it has its turn. It sees what those before it have set, and may be overruled by those after it.
     *
     * @return lower is earlier; those of equal order come by the names of their classes; 0 by default
     */
    default int order() {
        return 0;
    }

    /**
     * Changes the settings of a client that is about to be made. Called on the thread that makes it.
     *
     * @param settings holds what the application has set, the connection string included; must not be kept
     */
    void customize(MongoClientSettings.Builder settings);
}
