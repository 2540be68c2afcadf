package dev.rotor.transport.nio;

import dev.rotor.driver.transport.TlsSpec;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The handshake on a connected socket. Keys and certificates are other threads' work; everything else happens on the
 * loop, which waits for none of them.
 */
final class TlsHandshake {

    /** Hears how it ends. On the loop. */
    interface Listener {
        void encrypted(TlsLayer layer) throws IOException;

        void failed(Throwable cause);
    }

    private static final Logger LOG = System.getLogger(TlsHandshake.class.getName());

    private final NioLoop loop;
    private final SelectionKey key;
    private final SocketChannel channel;
    private final TlsBuffers buffers;
    private final Executor workers;
    private final Listener listener;

    // All below: the loop's.
    private @Nullable Pumps pumps;
    private boolean anyInput;
    private boolean over;

    /** What there is once there is an engine. */
    private record Pumps(SSLEngine engine, TlsInput input, TlsOutput output) {}

    TlsHandshake(
            NioLoop loop,
            SelectionKey key,
            SocketChannel channel,
            TlsBuffers buffers,
            Executor workers,
            Listener listener) {
        this.loop = loop;
        this.key = key;
        this.channel = channel;
        this.buffers = buffers;
        this.workers = workers;
        this.listener = listener;
    }

    /** Begins. Making the first message takes time too: it makes keys. */
    void start(TlsSpec spec, String host, int port) {
        offLoop(() -> {
            SSLEngine engine = spec.newEngine(host, port);
            engine.beginHandshake();
            return engine;
        });
    }

    @FunctionalInterface
    private interface Work {
        SSLEngine run() throws SSLException;
    }

    private void offLoop(Work work) {
        key.interestOps(0);
        try {
            workers.execute(() -> {
                SSLEngine engine;
                try {
                    engine = work.run();
                } catch (Throwable t) {
                    loop.executeOrForget(() -> fail(t));
                    return;
                }
                loop.executeOrForget(() -> resume(engine));
            });
        } catch (RejectedExecutionException e) {
            loop.executeOrForget(() -> fail(e));
        }
    }

    private void resume(SSLEngine engine) {
        if (over) {
            return;
        }
        if (pumps == null) {
            pumps = new Pumps(engine, new TlsInput(channel, engine, buffers), new TlsOutput(channel, engine, buffers));
        }
        advance();
    }

    /** The socket is ready for something that was asked for. */
    void ready() {
        if (!over && pumps != null) {
            advance();
        }
    }

    /** Words for a handshake that took too long. */
    String late(long millis) {
        return "the TLS handshake was not done within " + millis + " ms"
                + (anyInput ? "" : ", the server said nothing: does it speak plain text (tls=false)?");
    }

    /** Forgets the handshake; the listener hears nothing more. */
    void abandon() {
        over = true;
        if (pumps != null) {
            pumps.input().release();
        }
    }

    private void advance() {
        Pumps now = pumps;
        if (now == null) {
            return;
        }
        try {
            if (step(now)) {
                key.interestOps(0);
                listener.encrypted(new TlsLayer(channel, now.engine(), now.input(), now.output(), buffers));
                over = true;
            }
        } catch (Throwable t) {
            if (t instanceof SSLException) {
                sayWhy(now);
            }
            fail(t);
        }
    }

    /**
     * Goes on until something has to be waited for.
     *
     * @return whether the handshake is done
     */
    private boolean step(Pumps now) throws IOException {
        SSLEngine engine = now.engine();
        while (true) {
            if (!now.output().drain()) {
                key.interestOps(SelectionKey.OP_WRITE);
                return false;
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    offLoop(() -> {
                        for (Runnable task = engine.getDelegatedTask();
                                task != null;
                                task = engine.getDelegatedTask()) {
                            task.run();
                        }
                        return engine;
                    });
                    return false;
                }
                case NEED_WRAP -> now.output().wrapOwn();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrap(now)) {
                        key.interestOps(SelectionKey.OP_READ);
                        return false;
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return true;
                }
            }
        }
    }

    /** Whether there was something to decrypt. */
    private boolean unwrap(Pumps now) throws IOException {
        if (!now.input().mayHaveRecord()) {
            int count = now.input().fill();
            if (count < 0) {
                throw new EOFException(
                        anyInput
                                ? "the server closed the connection during the TLS handshake"
                                : "the server closed the connection instead of answering the TLS handshake: does it"
                                        + " speak plain text (tls=false)?");
            }
            if (count == 0) {
                return false;
            }
            anyInput = true;
        }
        ByteBuffer nothing = buffers.take();
        try {
            SSLEngineResult result = now.input().unwrap(nothing);
            if (result.getStatus() == Status.CLOSED && now.engine().getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
                throw new EOFException("the server ended the TLS handshake");
            }
            if (result.getStatus() == Status.BUFFER_OVERFLOW || nothing.position() > 0) {
                throw new SSLException("data came in the middle of the TLS handshake");
            }
        } finally {
            buffers.give(nothing);
        }
        return true;
    }

    /** The alert that tells the server what is wrong, as far as the socket takes it. */
    private static void sayWhy(Pumps now) {
        try {
            if (now.engine().getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                    && now.output().drain()) {
                now.output().wrapOwn();
                boolean said = now.output().drain();
                LOG.log(Level.TRACE, "TLS alert sent: {0}", said);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "a TLS alert could not be sent", e);
        }
    }

    private void fail(Throwable cause) {
        if (over) {
            return;
        }
        abandon();
        listener.failed(cause);
    }
}
