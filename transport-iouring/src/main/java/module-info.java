/** Rotor's transport on Linux io_uring. Found with the service loader; nothing is exported. */
module dev.rotor.transport.iouring {
    requires static org.jspecify;
    requires dev.rotor.driver;
    requires dev.rotor.transport.netty;
    requires io.netty.transport;
    requires io.netty.transport.classes.io_uring;
    requires io.netty.transport.unix.common;
    // It has nothing but the native library, which is found only when its module is in the graph. Netty gives the one
    // for aarch64 this name too.
    requires io.netty.transport.io_uring.linux.x86_64;

    provides dev.rotor.driver.transport.TransportProvider with
            dev.rotor.transport.iouring.IoUringProvider;
}
