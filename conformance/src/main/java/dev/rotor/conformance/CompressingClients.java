package dev.rotor.conformance;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCompressor;
import dev.rotor.driver.spi.ClientCustomizer;
import java.util.List;

/**
 * Lets every client compress where the property {@code conformance.compressors} says with what, as the Wire Compression
 * specification asks of a driver's tests. Found as a service.
 */
public final class CompressingClients implements ClientCustomizer {

    /** For the service loader. */
    public CompressingClients() {}

    @Override
    public void customize(MongoClientSettings.Builder settings) {
        String names = System.getProperty("conformance.compressors");
        if (names == null || !settings.build().compressors().isEmpty()) {
            return;
        }
        List<MongoCompressor> compressors = new ConnectionString("mongodb://h/?compressors=" + names).compressors();
        if (compressors != null) {
            settings.compressors(compressors);
        }
    }
}
