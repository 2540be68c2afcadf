package dev.rotor.transport.nio;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.tck.LoopContract;

class NioLoopTest extends LoopContract {
    @Override
    protected TransportProvider provider() {
        return new NioTransportProvider();
    }
}
