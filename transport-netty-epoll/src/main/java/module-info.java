/** Rotor's transport on Linux epoll. Found with the service loader; nothing is exported. */
module dev.rotor.transport.epoll {
    requires static org.jspecify;
    requires dev.rotor.driver;
    requires dev.rotor.transport.netty;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;
    // They have nothing but a native library each, which is found only when its module is in the graph.
    requires io.netty.transport.epoll.linux.aarch_64;
    requires io.netty.transport.epoll.linux.x86_64;

    provides dev.rotor.driver.transport.TransportProvider with
            dev.rotor.transport.epoll.EpollProvider;
}
