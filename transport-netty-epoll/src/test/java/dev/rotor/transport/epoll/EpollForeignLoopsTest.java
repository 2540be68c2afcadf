package dev.rotor.transport.epoll;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.ForeignLoopsContract;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.EpollIoHandler;

class EpollForeignLoopsTest extends ForeignLoopsContract {
    @Override
    protected TransportProvider provider() {
        return new EpollProvider();
    }

    @Override
    protected IoHandlerFactory handlers() {
        return EpollIoHandler.newFactory();
    }
}
