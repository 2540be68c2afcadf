package dev.rotor.transport.nio;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.tck.FramingContract;

class NioFramingTest extends FramingContract {
    @Override
    protected TransportProvider provider() {
        return new NioTransportProvider();
    }
}
