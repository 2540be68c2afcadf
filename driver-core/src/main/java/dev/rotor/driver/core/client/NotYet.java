package dev.rotor.driver.core.client;

import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoConfigurationException;

/**
 * Settings that can be said but not yet done. Passing over one of them would send data in the clear, to the wrong place
 * or without a password, so a client with one is refused.
 */
final class NotYet {

    private NotYet() {}

    static void check(MongoClientSettings settings) {
        if (settings.topologySettings().srvHost() != null) {
            refuse("mongodb+srv connection strings: list the hosts in a mongodb:// string");
        }
        if (settings.tlsSettings().enabled()) {
            refuse("TLS (tls=true)");
        }
        if (settings.credential() != null) {
            refuse("authentication (user name, password or authMechanism)");
        }
        if (settings.proxySettings() != null) {
            refuse("SOCKS5 proxies (proxyHost)");
        }
    }

    private static void refuse(String what) {
        throw new MongoConfigurationException("This version of Rotor does not support " + what);
    }
}
