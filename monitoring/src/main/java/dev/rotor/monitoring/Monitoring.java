package dev.rotor.monitoring;

import dev.rotor.driver.MongoClientSettings;
import dev.rotor.monitoring.slf4j.MdcContextCarrier;

/** Adds ready-made listeners to the settings of a client. */
public final class Monitoring {

    private Monitoring() {}

    /**
     * Carries the caller's logging context to completions and listeners.
     *
     * @param builder collects the settings of a client
     * @return the builder
     */
    public static MongoClientSettings.Builder carryMdc(MongoClientSettings.Builder builder) {
        return builder.contextCarrier(new MdcContextCarrier());
    }
}
