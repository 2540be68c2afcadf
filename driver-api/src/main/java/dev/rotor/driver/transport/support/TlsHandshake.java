package dev.rotor.driver.transport.support;

import dev.rotor.driver.transport.TlsSpec;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The handshake on a connected socket. Keys and certificates are other threads' work; everything else happens on the
 * loop, which waits for none of them.
 */
public final class TlsHandshake {

    /** The attempt to connect that a handshake belongs to. Called on the loop. */
    public interface Owner {

        /**
         * Runs a task on the loop; after the loop has ended, forgets it. Called from any thread.
         *
         * @param task what to run
         */
        void onLoop(Runnable task);

        /**
         * What is waited for. {@link #ready} is to be called when it is there, and may be called when it is not.
         *
         * @param reading whether for bytes to read
         * @param writing whether for a socket that takes more
         */
        void await(boolean reading, boolean writing);

        /**
         * The handshake is done.
         *
         * @param layer the encrypted stream, to be closed by whoever hears this
         * @throws IOException if it comes to nothing nevertheless; the layer is closed then
         */
        void encrypted(ByteLayer layer) throws IOException;

        /**
         * The handshake has failed. The layer below is left open.
         *
         * @param cause why; an {@link SSLException} when the server answered and encryption failed, another
         *     {@link IOException} when the connection did
         */
        void failed(Throwable cause);
    }

    private static final Logger LOG = System.getLogger(TlsHandshake.class.getName());

    private final TlsPumps pumps;
    private final ByteLayer below;
    private final Owner owner;

    // All below: the loop's.
    /** Whether another thread works on it. */
    private boolean offLoop;

    private boolean anyInput;
    /** Whether the engine may see only when it is called again, be it with nothing, what it was given last. */
    private boolean unsettled;

    private boolean over;

    /**
     * Makes a handshake that has not begun.
     *
     * @param resources the transport's
     * @param below the connected socket
     * @param owner hears how it ends
     */
    public TlsHandshake(TlsResources resources, ByteLayer below, Owner owner) {
        pumps = new TlsPumps(resources);
        this.below = below;
        this.owner = owner;
    }

    /**
     * Begins. On the loop, as all that follows.
     *
     * @param spec how to encrypt
     * @param host the host as the user wrote it
     * @param port the port
     */
    public void start(TlsSpec spec, String host, int port) {
        // Making the first message takes time too: it makes keys.
        offLoop(() -> {
            SSLEngine engine = pumps.resources().newEngine(spec, host, port);
            pumps.assemble(engine, below);
            engine.beginHandshake();
        });
    }

    @FunctionalInterface
    private interface Work {
        void run() throws SSLException;
    }

    private void offLoop(Work work) {
        owner.await(false, false);
        if (!pumps.enter()) {
            throw new IllegalStateException("a handshake that is over goes on");
        }
        offLoop = true;
        try {
            pumps.resources().workers().execute(new TlsWorkers.Job() {
                @Override
                public void run() {
                    Throwable failure = null;
                    try {
                        work.run();
                    } catch (Throwable t) {
                        failure = t;
                    }
                    Throwable cause = failure;
                    owner.onLoop(() -> resume(cause));
                    pumps.leave();
                }

                @Override
                public void dropped() {
                    pumps.leave();
                }
            });
        } catch (Throwable t) {
            // Also a thread that could not be started.
            pumps.leave();
            owner.onLoop(() -> resume(t));
        }
    }

    private void resume(@Nullable Throwable failure) {
        offLoop = false;
        if (over) {
            return;
        }
        if (failure != null) {
            fail(failure);
        } else {
            advance();
        }
    }

    /** Something that was waited for may be there. */
    public void ready() {
        if (!over && !offLoop) {
            advance();
        }
    }

    /**
     * Words for a handshake that took too long.
     *
     * @param millis how long
     * @return a sentence without its end
     */
    public String late(long millis) {
        return "the TLS handshake was not done within " + millis + " ms"
                + (anyInput ? "" : ", the server said nothing: does it speak plain text (tls=false)?");
    }

    /** Forgets the handshake; the owner hears nothing more. Harmless once it is over. */
    public void abandon() {
        if (!over) {
            over = true;
            pumps.leave();
        }
    }

    private void advance() {
        TlsPumps.Parts now = pumps.parts();
        if (now == null) {
            return;
        }
        boolean done;
        try {
            done = step(now);
        } catch (Throwable t) {
            if (t instanceof SSLException) {
                sayWhy(now);
            }
            fail(t);
            return;
        }
        if (done) {
            over = true;
            finish(now);
        }
    }

    private void finish(TlsPumps.Parts now) {
        TlsLayer layer = null;
        try {
            layer = new TlsLayer(below, pumps, now);
            owner.await(false, false);
            owner.encrypted(layer);
        } catch (Throwable t) {
            if (layer == null) {
                pumps.leave();
            } else {
                layer.close();
            }
            owner.failed(t);
        }
    }

    /**
     * Goes on until something has to be waited for.
     *
     * @return whether the handshake is done
     */
    private boolean step(TlsPumps.Parts now) throws IOException {
        SSLEngine engine = now.engine();
        while (true) {
            if (!now.output().drain()) {
                owner.await(false, true);
                return false;
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    offLoop(() -> runTasks(engine));
                    return false;
                }
                case NEED_WRAP -> {
                    boolean unused = now.output().wrapOwn();
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrap(now)) {
                        owner.await(true, false);
                        return false;
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return true;
                }
            }
        }
    }

    static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Whether there was something to decrypt. */
    private boolean unwrap(TlsPumps.Parts now) throws IOException {
        if (!unsettled && !now.input().mayHaveRecord()) {
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
        TlsBuffers buffers = pumps.resources().buffers();
        ByteBuffer nothing = buffers.take();
        try {
            // OpenSSL would take the record behind its last one for a part of the handshake.
            SSLEngineResult result =
                    unsettled ? now.input().unwrapNothing(nothing) : now.input().unwrap(nothing);
            unsettled = result.bytesConsumed() > 0;
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
    private static void sayWhy(TlsPumps.Parts now) {
        try {
            boolean said = now.output().drain();
            if (said && now.engine().getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                boolean unused = now.output().wrapOwn();
                said = now.output().drain();
            }
            LOG.log(Level.TRACE, "TLS alert sent: {0}", said);
        } catch (Throwable t) {
            // What is wrong with the handshake is what counts.
            LOG.log(Level.DEBUG, "a TLS alert could not be sent", t);
        }
    }

    private void fail(Throwable cause) {
        abandon();
        owner.failed(explained(cause));
    }

    /** What the check of the server's certificate had to say comes first, which OpenSSL leaves to a cause. */
    private static Throwable explained(Throwable failure) {
        if (!(failure instanceof SSLException) || failure.getMessage() == null) {
            return failure;
        }
        for (Throwable at = failure.getCause(); at != null; at = at.getCause()) {
            if (at instanceof CertificateException && at.getMessage() != null) {
                if (failure.getMessage().contains(at.getMessage())) {
                    return failure;
                }
                SSLHandshakeException explained = new SSLHandshakeException(at.getMessage());
                explained.initCause(failure);
                return explained;
            }
        }
        return failure;
    }
}
