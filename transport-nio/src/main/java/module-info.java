/** Rotor's JDK-only transport. Found with the service loader; nothing is exported. */
module dev.rotor.transport.nio {
    requires static org.jspecify;
    requires dev.rotor.driver;
    // For the keep-alive times, which the JDK offers only when this module is in the graph; nothing of it is linked.
    requires jdk.net;

    provides dev.rotor.driver.transport.TransportProvider with
            dev.rotor.transport.nio.NioTransportProvider;
}
