package dev.rotor.driver.core.client;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.core.tls.Encryption;
import dev.rotor.driver.spi.MongoClientFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes clients; found by the API with the service loader. */
public final class ClientFactory implements MongoClientFactory {

    private static final Logger LOG = LoggerFactory.getLogger("dev.rotor.driver.client");

    /** For the service loader. */
    public ClientFactory() {}

    @Override
    public MongoClient create(MongoClientSettings given) {
        MongoClientSettings settings = Customizers.apply(Customizers.find(), given);
        for (String warning : settings.warnings()) {
            LOG.warn("Connection string: {}", warning);
        }
        for (String warning : Encryption.warnings(settings.tlsSettings())) {
            LOG.warn("{}", warning);
        }
        TransportChoice choice = TransportChoice.choose(
                TransportWish.of(settings.transport(), System.getProperty(TransportWish.SYSTEM_PROPERTY)),
                TransportsFound.look());
        for (String warning : choice.warnings()) {
            LOG.warn("{}", warning);
        }
        ClientRuntime runtime = ClientRuntime.start(settings, choice);
        LOG.info("Transport {}: {}", choice.info().name(), choice.info().reason());
        return new RotorClient(settings, runtime);
    }
}
