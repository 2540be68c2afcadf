package dev.rotor.transport.epoll;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.DriverOverTransport;

class EpollDriverTest extends DriverOverTransport {
    @Override
    protected TransportProvider provider() {
        return new EpollProvider();
    }
}
