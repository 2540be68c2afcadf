package dev.rotor.transport.nio;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.tck.ClosingContract;

class NioClosingTest extends ClosingContract {
    @Override
    protected TransportProvider provider() {
        return new NioTransportProvider();
    }
}
