package dev.rotor.transport.netty;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.WireListener;
import dev.rotor.driver.transport.support.ConnectFailures;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: address after address until one answers. Each gets an equal share of the time that is left,
 * so that an address which never answers cannot use up the time of those behind it. Everything but {@link #cancel}
 * happens on the loop.
 */
final class NettyConnector implements Endpoint, Runnable, Cancellable {

    private static final Logger LOG = System.getLogger(NettyConnector.class.getName());

    /** More would not fit a nano clock. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final NettyTransportProvider flavour;
    private final NettyLoop loop;
    private final ConnectRequest request;
    private final WireListener listener;
    private final LongSupplier nanoClock;
    private final ConnectFailures failures;

    private boolean limited;
    private long deadline;
    private @Nullable NettySocket socket;
    private @Nullable Cancellable timer;
    private boolean over;
    /** Whether the listener has heard, or hears from a wire. */
    private boolean told;

    private @Nullable Throwable closeCause;

    private volatile boolean cancelled;

    NettyConnector(
            NettyTransportProvider flavour,
            NettyLoop loop,
            ConnectRequest request,
            WireListener listener,
            LongSupplier nanoClock) {
        this.flavour = flavour;
        this.loop = loop;
        this.request = request;
        this.listener = listener;
        this.nanoClock = nanoClock;
        failures = new ConnectFailures(request);
    }

    /** From any thread. */
    @Override
    public void cancel() {
        cancelled = true;
        loop.executeOrForget(() -> terminate(null));
    }

    /** Begins, as a task of the loop. */
    @Override
    public void run() {
        if (over) {
            return;
        }
        if (loop.isClosing() || cancelled) {
            terminate(null);
            return;
        }
        loop.add(this);
        if (request.tls() != null) {
            terminate(noTls());
            return;
        }
        limited = !request.timeout().isZero() && request.timeout().compareTo(FOR_EVER) < 0;
        deadline = limited ? nanoClock.getAsLong() + request.timeout().toNanos() : 0;
        tryNext();
    }

    private ConnectFailedException noTls() {
        String text = "the transport " + flavour.name() + " cannot encrypt yet, TLS comes with a later release of it:"
                + " connect to " + ConnectFailures.peer(request) + " without TLS, or choose another transport";
        return new ConnectFailedException(text, new UnsupportedOperationException(text), false);
    }

    /** Tries the next address, and the one after that while they fail at once. */
    private void tryNext() {
        while (!over && socket == null && failures.left() > 0) {
            try {
                begin(failures.current());
            } catch (IOException | RuntimeException e) {
                failed(e);
            }
        }
        if (!over && socket == null) {
            terminate(failures.toException());
        }
    }

    /** Begins to connect to one address. The answer may come before this returns. */
    private void begin(SocketAddress address) throws IOException {
        long share = share();
        if (share <= 0) {
            throw new SocketTimeoutException("not tried, the time was up");
        }
        if (address instanceof InetSocketAddress inet) {
            if (inet.isUnresolved()) {
                throw new UnresolvedAddressException();
            }
        } else if (!(address instanceof UnixDomainSocketAddress)) {
            throw new IllegalArgumentException("neither an internet nor a Unix domain socket address");
        }
        NettySocket opened = flavour.newSocket(address);
        Channel channel = opened.channel();
        ChannelFuture registered;
        try {
            ChannelTuning.apply(opened, loop, request.tcp(), address instanceof UnixDomainSocketAddress);
            // As an event loop: the way that an IoEventLoop has of its own is for handles, not for channels.
            EventLoop netty = loop.netty();
            registered = netty.register(channel);
        } catch (RuntimeException e) {
            channel.unsafe().closeForcibly();
            throw e;
        }
        loop.keepUntilClosed(channel);
        socket = opened;
        if (share != Long.MAX_VALUE) {
            timer = loop.schedule(() -> timedOut(opened, share), share, TimeUnit.NANOSECONDS);
        }
        var unused = registered.addListener((ChannelFutureListener) ready -> {
            if (!ready.isSuccess()) {
                answered(opened, ready.cause());
            } else if (isCurrent(opened)) {
                channel.connect(opened.remote())
                        .addListener((ChannelFutureListener) done -> answered(opened, done.cause()));
            }
        });
    }

    /** The next address's time; {@link Long#MAX_VALUE} when there is no limit. */
    private long share() {
        return limited ? (deadline - nanoClock.getAsLong()) / failures.left() : Long.MAX_VALUE;
    }

    private void timedOut(NettySocket silent, long share) {
        if (isCurrent(silent)) {
            failed(new SocketTimeoutException("no answer within " + TimeUnit.NANOSECONDS.toMillis(share) + " ms"));
            tryNext();
        }
    }

    /** An attempt has ended; it may have been given up before. */
    private void answered(NettySocket asked, @Nullable Throwable failure) {
        if (over || !isCurrent(asked)) {
            return;
        }
        try {
            if (failure != null) {
                throw ConnectReasons.plain(failure);
            }
            established(asked);
        } catch (IOException | RuntimeException e) {
            failed(e);
            tryNext();
        }
    }

    /** Turns the connected channel into a wire. */
    private void established(NettySocket connected) throws IOException {
        if (cancelled) {
            terminate(null);
            return;
        }
        boolean internet = failures.current() instanceof InetSocketAddress;
        SocketAddress local = internet ? connected.channel().localAddress() : null;
        SocketAddress remote = failures.current();
        if (local != null && local.equals(remote)) {
            // TCP lets a socket connect to itself when the port is free and was just given to it.
            throw new ConnectException("Connection refused (nobody listens)");
        }
        NettyWire wire = new NettyWire(
                loop, connected, listener, ConnectFailures.peer(request), local, remote, request.maxFrameBytes());
        over = true;
        told = true;
        stopTimer();
        socket = null;
        wire.established();
        loop.remove(this);
    }

    @SuppressWarnings("ReferenceEquality") // the very socket, or one that was given up
    private boolean isCurrent(NettySocket asked) {
        return socket == asked;
    }

    private void failed(Exception reason) {
        stopTimer();
        failures.add(reason);
        closeChannel();
    }

    @Override
    public void shutDown() {
        terminate(null);
    }

    @Override
    public void terminate(@Nullable Throwable cause) {
        if (over) {
            if (loop.isClosing()) {
                // No timer is waited for any more.
                tellClosed();
            }
            return;
        }
        over = true;
        closeCause = cause;
        stopTimer();
        boolean completes = socket != null && socket.completes();
        closeChannel();
        if (completes && !loop.isClosing()) {
            // The ring is handed the closing behind the connecting: the peer may see a connection come and go until the
            // loop has been through its next turn, and a timer is what comes after that.
            var unused = loop.schedule(this::tellClosed, 1, TimeUnit.MILLISECONDS);
        } else {
            tellClosed();
        }
    }

    private void tellClosed() {
        if (told) {
            return;
        }
        told = true;
        try {
            listener.onClosed(closeCause);
        } catch (Throwable t) {
            LOG.log(
                    Level.WARNING,
                    "a listener failed when it was told that " + ConnectFailures.peer(request) + " was not reached",
                    t);
        }
        loop.remove(this);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void closeChannel() {
        NettySocket open = socket;
        socket = null;
        if (open != null) {
            var unused = open.channel().close();
        }
    }
}
