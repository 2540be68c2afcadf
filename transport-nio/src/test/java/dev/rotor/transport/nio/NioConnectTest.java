package dev.rotor.transport.nio;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.tck.ConnectContract;

class NioConnectTest extends ConnectContract {
    @Override
    protected TransportProvider provider() {
        return new NioTransportProvider();
    }
}
