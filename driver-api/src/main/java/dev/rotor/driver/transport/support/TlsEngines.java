package dev.rotor.driver.transport.support;

import dev.rotor.driver.transport.TlsSpec;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** Where a transport's engines come from, and where they go. Safe to call from any thread. */
public interface TlsEngines {

    /** The platform's engines, which nobody has to give back. */
    TlsEngines PLATFORM = new TlsEngines() {
        @Override
        public SSLEngine newEngine(TlsSpec spec, String host, int port) {
            return spec.newEngine(host, port);
        }

        @Override
        public void release(SSLEngine engine) {
            // The garbage collector's.
        }

        @Override
        public void close() {
            // Nothing is kept.
        }
    };

    /**
     * Makes the engine of one wire. May take a while.
     *
     * @param spec how to encrypt
     * @param host the host as the user wrote it
     * @param port the port
     * @return a new engine in client mode, to be {@linkplain #release released}
     * @throws SSLException if what the specification asks for cannot be had
     */
    SSLEngine newEngine(TlsSpec spec, String host, int port) throws SSLException;

    /**
     * Takes an engine back, once, when nobody uses it any more.
     *
     * @param engine an engine that was made here
     */
    void release(SSLEngine engine);

    /**
     * Whether an engine is OpenSSL's kind: it makes a record of each buffer that it is given, so that small ones had
     * better be put together first; once the handshake is done, its status does not tell that it has something to say;
     * and it keeps what is wrong with a record to itself until its alert has been fetched.
     *
     * @param engine an engine that was made here
     * @return {@code false} by default, as it is with the platform's
     */
    default boolean splitsAtBuffers(SSLEngine engine) {
        return false;
    }

    /** Lets go of what engines are made of. No engine is asked for afterwards, and all have been released. */
    void close();
}
