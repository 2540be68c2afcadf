package dev.rotor.transport.nio;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.tck.SendingContract;

class NioSendingTest extends SendingContract {
    @Override
    protected TransportProvider provider() {
        return new NioTransportProvider();
    }
}
