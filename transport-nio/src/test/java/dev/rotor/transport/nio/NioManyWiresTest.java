package dev.rotor.transport.nio;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.tck.ManyWiresContract;

class NioManyWiresTest extends ManyWiresContract {
    @Override
    protected TransportProvider provider() {
        return new NioTransportProvider();
    }
}
