package dev.rotor.transport.iouring;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.ForeignLoopsContract;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.uring.IoUringIoHandler;

class IoUringForeignLoopsTest extends ForeignLoopsContract {
    @Override
    protected TransportProvider provider() {
        return new IoUringProvider();
    }

    @Override
    protected IoHandlerFactory handlers() {
        return IoUringIoHandler.newFactory();
    }
}
