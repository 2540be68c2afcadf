package dev.rotor.transport.nio;

import static java.util.Objects.requireNonNull;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.TlsSpec;
import dev.rotor.driver.transport.WireListener;
import dev.rotor.driver.transport.support.ByteLayer;
import dev.rotor.driver.transport.support.ConnectFailures;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: address after address until one answers. Each gets an equal share of the time that is left,
 * so that an address which never answers cannot use up the time of those behind it. Everything but {@link #cancel}
 * happens on the loop.
 */
final class NioConnector implements Endpoint, Runnable, Cancellable {

    private static final Logger LOG = System.getLogger(NioConnector.class.getName());

    /** More would not fit a nano clock. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final NioLoop loop;
    private final ConnectRequest request;
    private final WireListener listener;
    private final LongSupplier nanoClock;
    private final TlsBuffers tlsBuffers;
    private final Executor tlsWorkers;

    private final ConnectFailures failures;

    private boolean limited;
    private long deadline;
    private @Nullable SocketChannel channel;
    private @Nullable Cancellable timer;
    private @Nullable TlsHandshake handshake;
    private boolean over;

    private volatile boolean cancelled;

    NioConnector(
            NioLoop loop,
            ConnectRequest request,
            WireListener listener,
            LongSupplier nanoClock,
            TlsBuffers tlsBuffers,
            Executor tlsWorkers) {
        this.loop = loop;
        this.request = request;
        this.listener = listener;
        this.nanoClock = nanoClock;
        this.tlsBuffers = tlsBuffers;
        this.tlsWorkers = tlsWorkers;
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
        loop.add(this);
        if (loop.isClosing() || cancelled) {
            terminate(null);
            return;
        }
        limited = !request.timeout().isZero() && request.timeout().compareTo(FOR_EVER) < 0;
        deadline = limited ? nanoClock.getAsLong() + request.timeout().toNanos() : 0;
        tryAddresses();
    }

    /** Tries the next address, and the one after that while they fail at once. */
    private void tryAddresses() {
        while (!over && failures.left() > 0) {
            try {
                if (begin(failures.current())) {
                    reached();
                    return;
                }
                if (channel != null) {
                    return;
                }
            } catch (IOException | RuntimeException e) {
                failed(e);
            }
        }
        if (!over) {
            terminate(failures.toException());
        }
    }

    /**
     * Begins to connect to one address.
     *
     * @return whether it is connected already
     */
    private boolean begin(SocketAddress address) throws IOException {
        long share = share();
        if (share <= 0) {
            throw new SocketTimeoutException("not tried, the time was up");
        }
        SocketChannel opened = SocketChannel.open(family(address));
        channel = opened;
        opened.configureBlocking(false);
        if (!(address instanceof UnixDomainSocketAddress)) {
            TcpTuning.apply(opened, request.tcp());
        }
        boolean connected = opened.connect(address);
        opened.register(loop.selector(), connected ? 0 : SelectionKey.OP_CONNECT, this);
        if (share != Long.MAX_VALUE && !(connected && request.tls() == null)) {
            timer = loop.schedule(() -> timedOut(share), share, TimeUnit.NANOSECONDS);
        }
        return connected;
    }

    private static ProtocolFamily family(SocketAddress address) {
        if (address instanceof UnixDomainSocketAddress) {
            return StandardProtocolFamily.UNIX;
        }
        if (address instanceof InetSocketAddress inet) {
            if (inet.isUnresolved()) {
                throw new UnresolvedAddressException();
            }
            return inet.getAddress() instanceof java.net.Inet4Address
                    ? StandardProtocolFamily.INET
                    : StandardProtocolFamily.INET6;
        }
        throw new IllegalArgumentException("neither an internet nor a Unix domain socket address");
    }

    /** The next address's time; {@link Long#MAX_VALUE} when there is no limit. */
    private long share() {
        if (!limited) {
            return Long.MAX_VALUE;
        }
        return (deadline - nanoClock.getAsLong()) / failures.left();
    }

    private void timedOut(long share) {
        long millis = TimeUnit.NANOSECONDS.toMillis(share);
        failed(new SocketTimeoutException(
                handshake == null ? "no answer within " + millis + " ms" : handshake.late(millis)));
        tryAddresses();
    }

    @Override
    public void ready(SelectionKey key) {
        if (handshake != null) {
            handshake.ready();
            return;
        }
        SocketChannel connecting = channel;
        if (connecting == null || !key.isConnectable()) {
            return;
        }
        try {
            if (!connecting.finishConnect()) {
                return;
            }
            reached();
        } catch (IOException | RuntimeException e) {
            failed(e);
            tryAddresses();
        }
    }

    /** The socket is connected: encrypts it where that is asked for. */
    private void reached() throws IOException {
        TlsSpec tls = request.tls();
        SocketChannel connected = requireNonNull(channel);
        if (tls == null) {
            established(new PlainLayer(connected));
            return;
        }
        refuseSelf(connected);
        handshake = new TlsHandshake(
                loop, connected.keyFor(loop.selector()), connected, tlsBuffers, tlsWorkers, new Encryption());
        handshake.start(tls, request.host(), request.port());
    }

    /** How the handshake ends. */
    private final class Encryption implements TlsHandshake.Listener {

        @Override
        public void encrypted(TlsLayer layer) throws IOException {
            established(layer);
        }

        @Override
        public void failed(Throwable cause) {
            if (over) {
                return;
            }
            if (cause instanceof SSLException || !(cause instanceof IOException reason)) {
                // The server answered, and is not the one that was meant: the others of its addresses are the same.
                terminate(cause);
                return;
            }
            NioConnector.this.failed(reason);
            tryAddresses();
        }
    }

    /** Turns the connected socket into a wire. */
    private void established(ByteLayer layer) throws IOException {
        SocketChannel connected = channel;
        if (connected == null) {
            return;
        }
        if (cancelled) {
            terminate(null);
            return;
        }
        SocketAddress local = refuseSelf(connected);
        SelectionKey key = connected.keyFor(loop.selector());
        key.interestOps(0);
        end();
        channel = null;
        new NioWire(
                        loop,
                        key,
                        layer,
                        listener,
                        ConnectFailures.peer(request),
                        local instanceof UnixDomainSocketAddress ? null : local,
                        failures.current(),
                        request.maxFrameBytes())
                .established();
    }

    /** TCP lets a socket connect to itself when the port is free and was just given to it. */
    private @Nullable SocketAddress refuseSelf(SocketChannel connected) throws IOException {
        SocketAddress local = connected.getLocalAddress();
        if (local != null && local.equals(failures.current())) {
            throw new ConnectException("Connection refused (nobody listens)");
        }
        return local;
    }

    private void failed(Exception reason) {
        stopTimer();
        failures.add(reason);
        abandonHandshake();
        closeChannel();
    }

    @Override
    public void shutDown() {
        terminate(null);
    }

    @Override
    public void terminate(@Nullable Throwable cause) {
        if (over) {
            return;
        }
        end();
        abandonHandshake();
        closeChannel();
        try {
            listener.onClosed(cause);
        } catch (Throwable t) {
            LOG.log(
                    Level.WARNING,
                    "a listener failed when it was told that " + ConnectFailures.peer(request) + " was not reached",
                    t);
        }
    }

    private void end() {
        over = true;
        stopTimer();
        loop.remove(this);
    }

    private void abandonHandshake() {
        if (handshake != null) {
            handshake.abandon();
            handshake = null;
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void closeChannel() {
        if (channel != null) {
            PlainLayer.closeQuietly(channel);
            channel = null;
        }
    }
}
