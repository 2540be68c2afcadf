package dev.rotor.transport.nio;

import static java.util.Objects.requireNonNull;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.TlsSpec;
import dev.rotor.driver.transport.WireListener;
import dev.rotor.driver.transport.support.AddressRace;
import dev.rotor.driver.transport.support.ByteLayer;
import dev.rotor.driver.transport.support.ConnectFailures;
import dev.rotor.driver.transport.support.ProxyDialog;
import dev.rotor.driver.transport.support.TlsHandshake;
import dev.rotor.driver.transport.support.TlsResources;
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
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: a race of the addresses, then what has to be said on the socket that has won it, to a proxy
 * and for encryption. Everything but {@link #cancel} happens on the loop.
 */
final class NioConnector implements Endpoint, Runnable, Cancellable {

    private static final Logger LOG = System.getLogger(NioConnector.class.getName());

    private final NioLoop loop;
    private final ConnectRequest request;
    private final WireListener listener;
    private final LongSupplier nanoClock;
    private final TlsResources encryption;
    private final AddressRace race;
    /** The sockets, by the indexes of their addresses. */
    private final @Nullable SocketChannel[] channels;

    private int winner = AddressRace.NONE;
    private @Nullable ProxyTunnel tunnel;
    private @Nullable TlsHandshake handshake;
    private @Nullable Cancellable timer;
    private boolean over;

    private volatile boolean cancelled;

    NioConnector(
            NioLoop loop,
            ConnectRequest request,
            WireListener listener,
            LongSupplier nanoClock,
            TlsResources encryption) {
        this.loop = loop;
        this.request = request;
        this.listener = listener;
        this.nanoClock = nanoClock;
        this.encryption = encryption;
        race = new AddressRace(request, nanoClock.getAsLong());
        channels = new SocketChannel[race.size()];
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
        advance();
    }

    /** Does what the race wants now, and comes back when it wants something else. */
    private void advance() {
        stopTimer();
        for (int late = race.expired(now()); late != AddressRace.NONE; late = race.expired(now())) {
            failed(late, new SocketTimeoutException(late(race.limitMillis(late))));
        }
        for (int next = race.begin(now()); next != AddressRace.NONE && !over; next = race.begin(now())) {
            try {
                if (begin(next)) {
                    reached(next);
                }
            } catch (Throwable t) {
                failed(next, t);
            }
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

    private long now() {
        return nanoClock.getAsLong();
    }

    private String late(long millis) {
        if (handshake != null) {
            return handshake.late(millis);
        }
        return tunnel != null ? tunnel.late(millis) : "no answer within " + millis + " ms";
    }

    /**
     * Begins to connect to one address.
     *
     * @return whether it is connected already
     */
    private boolean begin(int index) throws IOException {
        SocketAddress address = race.address(index);
        SocketChannel opened = SocketChannel.open(family(address));
        channels[index] = opened;
        opened.configureBlocking(false);
        if (!(address instanceof UnixDomainSocketAddress)) {
            TcpTuning.apply(opened, request.tcp());
        }
        boolean connected = opened.connect(address);
        opened.register(loop.selector(), connected ? 0 : SelectionKey.OP_CONNECT, this);
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

    @Override
    public void ready(SelectionKey key) {
        if (winner != AddressRace.NONE && !key.channel().equals(channels[winner])) {
            // Of the same turn of the loop, and given up meanwhile.
            return;
        }
        if (handshake != null) {
            handshake.ready();
            return;
        }
        int index = winner == AddressRace.NONE ? indexOf(key) : winner;
        if (index == AddressRace.NONE) {
            return;
        }
        try {
            if (tunnel != null) {
                speak(index);
            } else if (requireNonNull(channels[index]).finishConnect()) {
                reached(index);
            }
        } catch (Throwable t) {
            failed(index, t);
        }
        if (!over) {
            advance();
        }
    }

    /** Which attempt's socket is connected or has failed to be. */
    private int indexOf(SelectionKey key) {
        for (int i = 0; i < channels.length; i++) {
            SocketChannel each = channels[i];
            if (each != null && key.channel().equals(each) && key.isValid() && key.isConnectable()) {
                return i;
            }
        }
        return AddressRace.NONE;
    }

    /** A socket is connected, so the others are not needed any more. */
    private void reached(int index) throws IOException {
        SocketChannel connected = requireNonNull(channels[index]);
        refuseSelf(connected, index);
        race.connected(index, now());
        winner = index;
        for (int i = 0; i < channels.length; i++) {
            if (i != index) {
                closeChannel(i);
            }
        }
        SelectionKey key = connected.keyFor(loop.selector());
        key.interestOps(0);
        ProxyDialog dialog = ProxyDialog.of(request);
        if (dialog == null) {
            throughProxy(connected, key);
        } else {
            tunnel = new ProxyTunnel(key, connected, dialog);
            speak(index);
        }
    }

    private void speak(int index) throws IOException {
        SocketChannel connected = requireNonNull(channels[index]);
        try {
            if (requireNonNull(tunnel).advance()) {
                throughProxy(connected, connected.keyFor(loop.selector()));
            }
        } catch (ConnectFailedException refusal) {
            terminate(refusal);
        }
    }

    /**
     * Between this socket and the server is nothing that wants to be spoken to: encrypts it where that is asked for.
     */
    private void throughProxy(SocketChannel connected, SelectionKey key) throws IOException {
        TlsSpec tls = request.tls();
        if (tls == null) {
            established(new PlainLayer(connected));
            return;
        }
        handshake = new TlsHandshake(encryption, new PlainLayer(connected), new Encryption(key));
        handshake.start(tls, request.host(), request.port());
    }

    /** What the handshake needs, and how it ends. */
    private final class Encryption implements TlsHandshake.Owner {

        private final SelectionKey key;

        Encryption(SelectionKey key) {
            this.key = key;
        }

        @Override
        public void onLoop(Runnable task) {
            loop.executeOrForget(task);
        }

        @Override
        public void await(boolean reading, boolean writing) {
            key.interestOps((reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0));
        }

        @Override
        public void encrypted(ByteLayer layer) throws IOException {
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
            NioConnector.this.failed(winner, reason);
            advance();
        }
    }

    /** Turns the connected socket into a wire. */
    private void established(ByteLayer layer) throws IOException {
        if (over || cancelled) {
            layer.close();
            terminate(null);
            return;
        }
        SocketChannel connected = requireNonNull(channels[winner]);
        SocketAddress local = connected.getLocalAddress();
        SelectionKey key = connected.keyFor(loop.selector());
        key.interestOps(0);
        NioWire wire = new NioWire(
                loop,
                key,
                layer,
                listener,
                ConnectFailures.peer(request),
                local instanceof UnixDomainSocketAddress ? null : local,
                race.address(winner),
                request.maxFrameBytes());
        end();
        channels[winner] = null;
        wire.established();
    }

    /** TCP lets a socket connect to itself when the port is free and was just given to it. */
    private void refuseSelf(SocketChannel connected, int index) throws IOException {
        SocketAddress local = connected.getLocalAddress();
        if (local != null && local.equals(race.address(index))) {
            throw new ConnectException("Connection refused (nobody listens)");
        }
    }

    private void failed(int index, Throwable reason) {
        if (over) {
            return;
        }
        race.failed(index, reason, now());
        winner = AddressRace.NONE;
        tunnel = null;
        abandonHandshake();
        closeChannel(index);
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
        for (int i = 0; i < channels.length; i++) {
            closeChannel(i);
        }
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

    private void closeChannel(int index) {
        SocketChannel open = channels[index];
        if (open != null) {
            PlainLayer.closeQuietly(open);
            channels[index] = null;
        }
    }
}
