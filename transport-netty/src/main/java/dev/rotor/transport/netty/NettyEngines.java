package dev.rotor.transport.netty;

import dev.rotor.driver.transport.TlsSpec;
import dev.rotor.driver.transport.support.TlsEngines;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * OpenSSL's engines where Netty's handlers and its native library are there, else the platform's. Looked for when the
 * first wire is encrypted, not before: to load the library takes its time.
 */
final class NettyEngines implements TlsEngines {

    private static final Logger LOG = System.getLogger(NettyEngines.class.getName());

    private final String transport;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable TlsEngines chosen;

    NettyEngines(String transport) {
        this.transport = transport;
    }

    @Override
    public SSLEngine newEngine(TlsSpec spec, String host, int port) throws SSLException {
        return chosen().newEngine(spec, host, port);
    }

    private TlsEngines chosen() {
        TlsEngines known = chosen;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            known = chosen;
            if (known == null) {
                known = choose();
                chosen = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private TlsEngines choose() {
        try {
            if (OpenSslEngines.isAvailable()) {
                OpenSslEngines found = new OpenSslEngines();
                LOG.log(Level.DEBUG, "the transport {0} encrypts with {1}", transport, OpenSslEngines.version());
                return found;
            }
            LOG.log(
                    Level.DEBUG,
                    "the transport {0} encrypts with the platform''s TLS: {1}",
                    transport,
                    NettyPresence.root(OpenSslEngines.unavailabilityCause()));
        } catch (LinkageError e) {
            LOG.log(Level.DEBUG, "the transport {0} encrypts with the platform''s TLS, there is no {1}", transport, e);
        }
        return TlsEngines.PLATFORM;
    }

    @Override
    public boolean splitsAtBuffers(SSLEngine engine) {
        return chosen().splitsAtBuffers(engine);
    }

    @Override
    public void release(SSLEngine engine) {
        chosen().release(engine);
    }

    @Override
    public void close() {
        TlsEngines known = chosen;
        if (known != null) {
            known.close();
        }
    }
}
