package dev.rotor.driver;

import dev.rotor.driver.spi.MongoClientFactory;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the implementation of the driver. */
final class ClientFactories {

    /** What {@code rotor-driver-core} provides; known by name alone. */
    private static final String IMPLEMENTATION = "dev.rotor.driver.core.client.ClientFactory";

    private ClientFactories() {}

    /** The first factory that the caller's class loader sees, or else the one of this class. */
    static MongoClientFactory find() {
        return find(Thread.currentThread().getContextClassLoader(), ClientFactories.class.getClassLoader());
    }

    static MongoClientFactory find(@Nullable ClassLoader... loaders) {
        ServiceConfigurationError broken = null;
        for (ClassLoader loader : loaders) {
            try {
                MongoClientFactory factory = loader == null ? null : first(loader);
                if (factory != null) {
                    return factory;
                }
            } catch (ServiceConfigurationError e) {
                // A container's loader may see another copy of the driver, whose factory is none of ours: the next may
                // do.
                broken = e;
            }
        }
        if (broken != null) {
            throw new MongoConfigurationException(
                    "The implementation of the driver was found but could not be loaded; do rotor-driver-core and"
                            + " rotor-driver-api have the same version? " + broken.getMessage(),
                    broken);
        }
        if (isUnlisted(loaders)) {
            throw new MongoConfigurationException("No implementation of the driver was found: " + IMPLEMENTATION
                    + " is on the class path or module path, but no META-INF/services/"
                    + MongoClientFactory.class.getName()
                    + " names it: where jars are merged into one, merge their service files too");
        }
        throw new MongoConfigurationException(
                "No implementation of the driver was found: add the artifact dev.rotor:rotor-driver-core to the class"
                        + " path or module path, in the version of rotor-driver-api");
    }

    private static boolean isUnlisted(@Nullable ClassLoader... loaders) {
        String resource = IMPLEMENTATION.replace('.', '/') + ".class";
        for (ClassLoader loader : loaders) {
            if (loader != null && loader.getResource(resource) != null) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable MongoClientFactory first(ClassLoader loader) {
        Iterator<MongoClientFactory> found =
                ServiceLoader.load(MongoClientFactory.class, loader).iterator();
        return found.hasNext() ? found.next() : null;
    }
}
