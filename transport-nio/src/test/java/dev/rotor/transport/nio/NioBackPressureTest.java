package dev.rotor.transport.nio;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.tck.BackPressureContract;

class NioBackPressureTest extends BackPressureContract {
    @Override
    protected TransportProvider provider() {
        return new NioTransportProvider();
    }
}
