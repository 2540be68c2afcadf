package dev.rotor.driver.spi;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;

/**
 * Makes clients: what {@code MongoClient.create} looks for with {@link java.util.ServiceLoader}. The artifact
 * {@code rotor-driver-core} provides it.
 */
public interface MongoClientFactory {

    /**
     * Makes a client. Never blocks: the servers are looked for in the background from then on.
     *
     * @param settings what it is like
     * @return a new client, to be closed by its user
     * @throws dev.rotor.driver.MongoConfigurationException if it cannot be as the settings ask, for example because the
     *     transport that they name is not there
     */
    MongoClient create(MongoClientSettings settings);
}
