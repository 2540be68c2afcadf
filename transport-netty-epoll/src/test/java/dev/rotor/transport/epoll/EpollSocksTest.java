package dev.rotor.transport.epoll;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.SocksOverTransport;

class EpollSocksTest extends SocksOverTransport {
    @Override
    protected TransportProvider provider() {
        return new EpollProvider();
    }
}
