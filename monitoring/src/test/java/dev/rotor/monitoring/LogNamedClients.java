package dev.rotor.monitoring;

import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.spi.ClientCustomizer;

/** Found as a service: logs what clients of a certain name do, so that other tests are not concerned. */
public final class LogNamedClients implements ClientCustomizer {

    static final String NAME = "logged without being told";

    /** For whoever looks for services. */
    public LogNamedClients() {}

    @Override
    public void customize(MongoClientSettings.Builder settings) {
        if (NAME.equals(settings.build().applicationName())) {
            Monitoring.logAll(settings);
        }
    }
}
