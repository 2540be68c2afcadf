package dev.rotor.transport.netty;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.TlsSpec;
import dev.rotor.driver.transport.WireListener;
import dev.rotor.driver.transport.support.AddressRace;
import dev.rotor.driver.transport.support.ByteLayer;
import dev.rotor.driver.transport.support.ConnectFailures;
import dev.rotor.driver.transport.support.ProxyDialog;
import dev.rotor.driver.transport.support.TlsResources;
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
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: a race of the addresses, then what has to be said on the channel that has won it. Everything
 * but {@link #cancel} happens on the loop.
 */
final class NettyConnector implements Endpoint, Runnable, Cancellable {

    private static final Logger LOG = System.getLogger(NettyConnector.class.getName());

    private final NettyTransportProvider flavour;
    private final NettyLoop loop;
    private final ConnectRequest request;
    private final WireListener listener;
    private final LongSupplier nanoClock;
    private final TlsResources tls;
    private final AddressRace race;
    /** The sockets, by the indexes of their addresses. */
    private final @Nullable NettySocket[] sockets;

    private int winner = AddressRace.NONE;
    private @Nullable ProxyTunnel tunnel;
    private @Nullable Encrypting encrypting;
    private @Nullable Cancellable timer;
    /** Whether the race is looking for what to do now: news that come meanwhile are seen by it. */
    private boolean advancing;

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
            LongSupplier nanoClock,
            TlsResources tls) {
        this.flavour = flavour;
        this.loop = loop;
        this.request = request;
        this.listener = listener;
        this.nanoClock = nanoClock;
        this.tls = tls;
        race = new AddressRace(request, nanoClock.getAsLong());
        sockets = new NettySocket[race.size()];
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
        advance();
    }

    /** Does what the race wants now, and comes back when it wants something else. */
    private void advance() {
        if (over || advancing) {
            return;
        }
        advancing = true;
        stopTimer();
        try {
            giveUpWithLoop();
            for (int late = race.expired(now()); late != AddressRace.NONE; late = race.expired(now())) {
                failed(late, new SocketTimeoutException(late(race.limitMillis(late))));
            }
            for (int next = race.begin(now()); next != AddressRace.NONE && !over; next = race.begin(now())) {
                try {
                    begin(next);
                } catch (Throwable t) {
                    failed(next, t);
                }
            }
        } finally {
            advancing = false;
        }
        if (over) {
            return;
        }
        if (race.isLost()) {
            terminate(race.toException());
            return;
        }
        long wait = race.waitNanos(now());
        if (wait != Long.MAX_VALUE) {
            timer = loop.schedule(this::advance, wait, TimeUnit.NANOSECONDS);
        }
    }

    /** A framework ends the loop: it closes the sockets that it has seen, fires no timers, and must get no more. */
    private void giveUpWithLoop() {
        if (loop.netty().isShuttingDown()) {
            for (int i = 0; i < sockets.length; i++) {
                if (sockets[i] != null) {
                    failed(i, loopEnds());
                }
            }
        }
    }

    private static IOException loopEnds() {
        return new IOException("the event loop was shut down");
    }

    private long now() {
        return nanoClock.getAsLong();
    }

    private String late(long millis) {
        if (encrypting != null) {
            return encrypting.late(millis);
        }
        return tunnel != null ? tunnel.late(millis) : "no answer within " + millis + " ms";
    }

    /** Begins to connect to one address. The answer may come before this returns. */
    private void begin(int index) throws IOException {
        if (loop.netty().isShuttingDown()) {
            throw loopEnds();
        }
        SocketAddress address = race.address(index);
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
        } catch (Throwable t) {
            channel.unsafe().closeForcibly();
            throw t;
        }
        loop.keepUntilClosed(channel);
        sockets[index] = opened;
        var unused = registered.addListener((ChannelFutureListener) ready -> {
            if (!ready.isSuccess()) {
                answered(index, opened, ready.cause());
            } else if (isOpen(index, opened)) {
                channel.connect(opened.remote())
                        .addListener((ChannelFutureListener) done -> answered(index, opened, done.cause()));
            }
        });
    }

    @SuppressWarnings("ReferenceEquality") // the very socket, or one that was given up
    private boolean isOpen(int index, NettySocket asked) {
        return sockets[index] == asked;
    }

    /** An attempt has ended; it may have been given up before. */
    private void answered(int index, NettySocket asked, @Nullable Throwable failure) {
        if (over || !isOpen(index, asked)) {
            return;
        }
        try {
            if (failure != null) {
                throw ConnectReasons.plain(failure);
            }
            reached(index, asked);
        } catch (Throwable t) {
            failed(index, t);
        }
        advance();
    }

    /** A channel is connected, so the others are not needed any more. */
    private void reached(int index, NettySocket connected) throws IOException {
        if (race.address(index) instanceof InetSocketAddress remote
                && remote.equals(connected.channel().localAddress())) {
            // TCP lets a socket connect to itself when the port is free and was just given to it.
            throw new ConnectException("Connection refused (nobody listens)");
        }
        race.connected(index, now());
        winner = index;
        for (int i = 0; i < sockets.length; i++) {
            if (i != index) {
                closeChannel(i);
            }
        }
        ProxyDialog dialog = ProxyDialog.of(request);
        if (dialog == null) {
            throughProxy(connected);
        } else {
            ProxyTunnel begun = new ProxyTunnel(dialog, new Tunnelling(index, connected));
            tunnel = begun;
            connected.channel().pipeline().addLast(begun);
        }
    }

    /** How the handshake with the proxy ends. */
    private final class Tunnelling implements ProxyTunnel.Listener {

        private final int index;
        private final NettySocket connected;

        Tunnelling(int index, NettySocket connected) {
            this.index = index;
            this.connected = connected;
        }

        @Override
        public void open() {
            tunnel = null;
            try {
                throughProxy(connected);
            } catch (Throwable t) {
                failed(t);
            }
        }

        @Override
        public void failed(Throwable cause) {
            if (over || !isOpen(index, connected)) {
                return;
            }
            if (cause instanceof ConnectFailedException refusal) {
                // The proxy has answered: its other addresses are the same proxy.
                terminate(refusal);
                return;
            }
            NettyConnector.this.failed(index, ConnectReasons.plain(cause));
            advance();
        }
    }

    /**
     * Between this channel and the server is nothing that wants to be spoken to: encrypts it where that is asked for.
     */
    private void throughProxy(NettySocket connected) {
        TlsSpec spec = request.tls();
        if (spec == null) {
            ChannelLayer layer = new ChannelLayer(connected, loop);
            established(connected, layer, layer);
            return;
        }
        Encrypting begun = new Encrypting(tls, loop, connected, new Encryption(connected));
        encrypting = begun;
        begun.start(spec, request);
    }

    /** How the TLS handshake ends. */
    private final class Encryption implements Encrypting.Listener {

        private final NettySocket connected;

        Encryption(NettySocket connected) {
            this.connected = connected;
        }

        @Override
        public void encrypted(ChannelLayer below, ByteLayer layer) {
            encrypting = null;
            established(connected, below, layer);
        }

        @Override
        public void failed(Throwable cause) {
            if (over) {
                return;
            }
            if (cause instanceof SSLException || !(cause instanceof IOException)) {
                // The server answered, and is not the one that was meant: the others of its addresses are the same.
                terminate(cause);
                return;
            }
            NettyConnector.this.failed(winner, ConnectReasons.plain(cause));
            advance();
        }
    }

    /** Turns the connected channel into a wire. */
    private void established(NettySocket connected, ChannelLayer below, ByteLayer layer) {
        if (over || cancelled) {
            layer.close();
            terminate(null);
            return;
        }
        SocketAddress remote = race.address(winner);
        Channel channel = connected.channel();
        SocketAddress local = remote instanceof InetSocketAddress ? channel.localAddress() : null;
        NettyWire wire = new NettyWire(
                loop,
                channel,
                below,
                layer,
                listener,
                ConnectFailures.peer(request),
                local,
                remote,
                request.maxFrameBytes());
        over = true;
        told = true;
        stopTimer();
        sockets[winner] = null;
        wire.established();
        loop.remove(this);
    }

    private void failed(int index, Throwable reason) {
        if (over) {
            return;
        }
        race.failed(index, reason, now());
        winner = AddressRace.NONE;
        abandonHandshakes();
        closeChannel(index);
    }

    private void abandonHandshakes() {
        if (tunnel != null) {
            tunnel.abandon();
            tunnel = null;
        }
        if (encrypting != null) {
            encrypting.abandon();
            encrypting = null;
        }
    }

    @Override
    public void shutDown() {
        terminate(null);
    }

    @Override
    public void terminate(@Nullable Throwable cause) {
        if (over) {
            if (loop.isEnding()) {
                // No timer is waited for any more.
                tellClosed();
            }
            return;
        }
        over = true;
        closeCause = cause;
        stopTimer();
        abandonHandshakes();
        boolean completes = false;
        for (int i = 0; i < sockets.length; i++) {
            NettySocket open = sockets[i];
            completes |= open != null && open.completes();
            closeChannel(i);
        }
        if (completes && !loop.isEnding()) {
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

    private void closeChannel(int index) {
        NettySocket open = sockets[index];
        sockets[index] = null;
        if (open != null) {
            var unused = open.channel().close();
        }
    }
}
