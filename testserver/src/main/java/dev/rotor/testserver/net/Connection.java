package dev.rotor.testserver.net;

import dev.rotor.testserver.bson.BsonException;
import dev.rotor.testserver.wire.Message;
import dev.rotor.testserver.wire.MessageReader;
import dev.rotor.testserver.wire.WireException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a client, served by one thread. */
public final class Connection {

    private static final Logger LOGGER = LoggerFactory.getLogger(Connection.class);

    private final Socket socket;
    private final long id;
    private final boolean throughLoadBalancer;
    private final FaultState faults;
    private final Executor helpers;
    private final InputStream in;
    private final OutputStream out;
    private final FaultState.ByteCount sent = new FaultState.ByteCount();
    private volatile boolean open = true;
    private volatile @Nullable Runnable onDisconnect;
    /** Used by the connection's thread only. */
    private @Nullable CompletableFuture<Message> ahead;

    Connection(Socket socket, long id, boolean throughLoadBalancer, FaultState faults, Executor helpers)
            throws IOException {
        this.socket = socket;
        this.id = id;
        this.throughLoadBalancer = throughLoadBalancer;
        this.faults = faults;
        this.helpers = helpers;
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        out = socket.getOutputStream();
    }

    /** Unique in the member. */
    public long id() {
        return id;
    }

    /** Whether it came over the load balancer's address. */
    public boolean throughLoadBalancer() {
        return throughLoadBalancer;
    }

    /** {@code host:port} of the client. */
    public String remoteAddress() {
        return socket.getInetAddress().getHostAddress() + ":" + socket.getPort();
    }

    /** Whether it is encrypted. */
    public boolean isEncrypted() {
        return socket instanceof SSLSocket;
    }

    /** Subject of the certificate that the client showed, as RFC 2253 writes it, or null if it showed none. */
    public @Nullable String clientSubject() {
        if (!(socket instanceof SSLSocket tls)) {
            return null;
        }
        try {
            return tls.getSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    /** Whether neither side is known to have closed it. */
    public boolean isOpen() {
        return open;
    }

    /** Serves the client until one side closes. */
    void serve(MessageHandler handler) {
        try {
            while (open) {
                faults.awaitThaw(this);
                Message message = next();
                faults.awaitThaw(this);
                if (open) {
                    handler.onMessage(message);
                }
            }
        } catch (WireException | BsonException e) {
            LOGGER.debug("connection {} is closed: {}", id, e.getMessage());
        } catch (IOException e) {
            LOGGER.trace("connection {} ends: {}", id, e.getMessage());
        } finally {
            close();
            handler.onEnd();
        }
    }

    private Message next() throws IOException {
        CompletableFuture<Message> pending = ahead;
        if (pending == null) {
            return MessageReader.read(in);
        }
        ahead = null;
        try {
            return pending.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException io) {
                throw new IOException(io.getMessage(), io);
            }
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw e;
        }
    }

    /**
     * While a command waits, the next message is read ahead, so that a client who goes away is noticed. To be called by
     * the connection's thread; a message that comes is kept for later.
     */
    public void watch(Runnable disconnected) {
        onDisconnect = disconnected;
        if (ahead == null) {
            ahead = CompletableFuture.supplyAsync(this::readAhead, helpers);
        } else if (ahead.isCompletedExceptionally()) {
            disconnected.run();
        }
    }

    /** Ends {@link #watch}. */
    public void unwatch() {
        onDisconnect = null;
    }

    private Message readAhead() {
        try {
            return MessageReader.read(in);
        } catch (IOException e) {
            disconnected();
            throw new UncheckedIOException(e);
        } catch (WireException | BsonException e) {
            disconnected();
            throw e;
        }
    }

    private void disconnected() {
        Runnable action = onDisconnect;
        if (action != null) {
            action.run();
        }
    }

    /** Sends a whole message, or what the faults leave of it. */
    public void send(byte[] message) throws IOException {
        faults.awaitDelay(this);
        if (!open || faults.drops()) {
            return;
        }
        int allowed = faults.allowed(sent, message.length);
        if (allowed < 0) {
            out.write(message);
        } else {
            out.write(message, 0, allowed);
            close();
        }
    }

    /** Closes the connection; what was sent still arrives. */
    public void close() {
        open = false;
        try {
            socket.close();
        } catch (IOException e) {
            LOGGER.trace("connection {} does not close: {}", id, e.getMessage());
        }
        faults.connectionClosed();
    }

    /** Closes the connection as a host that dies does: what was sent may be lost. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            LOGGER.trace("connection {} was closed before: {}", id, e.getMessage());
        }
        close();
    }
}
