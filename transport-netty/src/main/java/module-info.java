/** Rotor's transports on Netty. Found with the service loader; exported to the flavours in modules of their own. */
@SuppressWarnings("module") // the flavours are built after this module
module dev.rotor.transport.netty {
    requires static org.jspecify;
    requires dev.rotor.driver;
    requires io.netty.buffer;
    requires io.netty.common;
    // OpenSSL's engines; without it the platform's.
    requires static io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.kqueue;
    requires io.netty.transport.unix.common;
    // For the keep-alive times, which the JDK offers only when this module is in the graph; nothing of it is linked.
    requires jdk.net;

    exports dev.rotor.transport.netty to
            dev.rotor.transport.epoll,
            dev.rotor.transport.iouring;

    provides dev.rotor.driver.transport.TransportProvider with
            dev.rotor.transport.netty.NettyNioProvider,
            dev.rotor.transport.netty.KQueueProvider;
}
