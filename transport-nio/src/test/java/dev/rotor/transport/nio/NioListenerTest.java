package dev.rotor.transport.nio;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.tck.ListenerContract;

class NioListenerTest extends ListenerContract {
    @Override
    protected TransportProvider provider() {
        return new NioTransportProvider();
    }
}
