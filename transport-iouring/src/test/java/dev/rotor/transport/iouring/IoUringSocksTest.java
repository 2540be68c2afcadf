package dev.rotor.transport.iouring;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.SocksOverTransport;

class IoUringSocksTest extends SocksOverTransport {
    @Override
    protected TransportProvider provider() {
        return new IoUringProvider();
    }
}
