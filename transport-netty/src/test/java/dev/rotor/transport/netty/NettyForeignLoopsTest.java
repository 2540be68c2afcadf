package dev.rotor.transport.netty;

import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.transport.netty.testing.ForeignLoopsContract;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;

class NettyForeignLoopsTest extends ForeignLoopsContract {
    @Override
    protected TransportProvider provider() {
        return new NettyNioProvider();
    }

    @Override
    protected IoHandlerFactory handlers() {
        return NioIoHandler.newFactory();
    }
}
