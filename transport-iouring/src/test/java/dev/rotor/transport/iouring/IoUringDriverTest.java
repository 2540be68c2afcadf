package dev.rotor.transport.iouring;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.DriverOverTransport;

class IoUringDriverTest extends DriverOverTransport {
    @Override
    protected TransportProvider provider() {
        return new IoUringProvider();
    }
}
