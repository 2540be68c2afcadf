package dev.rotor.transport.netty;

import dev.rotor.driver.transport.Availability;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.TransportProvider;
import dev.rotor.driver.transport.TransportSettings;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A flavour of Netty: what drives its loops, what its sockets are, whether it can run here. */
public abstract class NettyTransportProvider implements TransportProvider {

    /** For flavours. */
    protected NettyTransportProvider() {}

    /**
     * What drives the flavour's loops. Called only when the flavour is available.
     *
     * @return a factory, one handler per loop
     */
    protected abstract IoHandlerFactory ioHandlers();

    /**
     * What foreign loops must be able to drive.
     *
     * @return the type of the flavour's handles
     */
    protected abstract Class<? extends IoHandle> handleType();

    /**
     * Makes a socket that is not connected.
     *
     * @param address where it will connect to: a resolved {@link java.net.InetSocketAddress} or a
     *     {@link java.net.UnixDomainSocketAddress}
     * @return the socket
     * @throws IOException if the system has none left
     */
    protected abstract NettySocket newSocket(SocketAddress address) throws IOException;

    /**
     * Why loops could not be opened although the flavour is available.
     *
     * @param failure what was thrown
     * @return a sentence for a person
     */
    protected String loopsFailed(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    @Override
    public final Transport open(TransportSettings settings) {
        Objects.requireNonNull(settings, "settings");
        Availability availability = availability();
        if (!availability.available()) {
            throw new IllegalStateException(
                    "the transport " + name() + " cannot run here: " + availability.reason(), availability.cause());
        }
        Object foreign = settings.foreignLoops();
        return foreign == null
                ? NettyTransport.open(this, settings, System::nanoTime)
                : NettyTransport.share(this, loops(foreign), settings, System::nanoTime);
    }

    /** Checks foreign loops before anything else is done with them. */
    private List<IoEventLoop> loops(Object foreign) {
        String type = foreign.getClass().getName();
        if (!(foreign instanceof IoEventLoopGroup group)) {
            throw unfit(type + " is not a Netty 4.2 " + IoEventLoopGroup.class.getSimpleName());
        }
        if (group.isShuttingDown()) {
            throw unfit(type + " has been shut down");
        }
        List<IoEventLoop> loops = new ArrayList<>();
        for (EventExecutor executor : group) {
            if (!(executor instanceof IoEventLoop loop)) {
                throw unfit(
                        type + " has a loop of the type " + executor.getClass().getName());
            }
            if (!loop.isCompatible(handleType())) {
                throw unfit(type + " is not driven by what this transport needs" + suggestion(loop));
            }
            loops.add(loop);
        }
        return loops;
    }

    private static String suggestion(IoEventLoop loop) {
        String fitting = fitting(loop);
        return fitting == null ? "" : "; they fit the transport \"" + fitting + "\"";
    }

    /** By name: the other flavours' classes need not be there. */
    private static @Nullable String fitting(IoEventLoop loop) {
        if (loop.isCompatible(io.netty.channel.nio.NioIoHandle.class)) {
            return "netty";
        }
        String[][] known = {
            {"io.netty.channel.epoll.EpollIoHandle", "epoll"},
            {"io.netty.channel.uring.IoUringIoHandle", "io_uring"},
            {"io.netty.channel.kqueue.KQueueIoHandle", "kqueue"}
        };
        for (String[] one : known) {
            try {
                Class<?> type = Class.forName(one[0], false, loop.getClass().getClassLoader());
                if (IoHandle.class.isAssignableFrom(type) && loop.isCompatible(type.asSubclass(IoHandle.class))) {
                    return one[1];
                }
            } catch (ClassNotFoundException | LinkageError e) {
                // Then they are none of that flavour's.
            }
        }
        return null;
    }

    private IllegalArgumentException unfit(String why) {
        return new IllegalArgumentException("the transport " + name() + " cannot share these foreign event loops: "
                + why + ". Leave foreignLoops unset, or choose a transport of the kind that they belong to");
    }
}
