package dev.rotor.transport.netty;

import dev.rotor.driver.transport.TlsParts;
import dev.rotor.driver.transport.TlsSpec;
import dev.rotor.driver.transport.support.TlsEngines;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.ReferenceCounted;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * OpenSSL's engines. A specification that does not say what its engines are made of, because it has a context of the
 * application's own, gets the platform's. Linked only where Netty's handlers are there.
 */
final class OpenSslEngines implements TlsEngines {

    private final ReentrantLock lock = new ReentrantLock();
    // Under the lock: a context per way to encrypt, of which a client has one.
    private final Map<TlsSpec, SslContext> contexts = new HashMap<>();

    static boolean isAvailable() {
        return OpenSsl.isAvailable();
    }

    static Throwable unavailabilityCause() {
        Throwable cause = OpenSsl.unavailabilityCause();
        return cause == null ? new IllegalStateException("OpenSSL is there") : cause;
    }

    static String version() {
        return OpenSsl.versionString();
    }

    @Override
    public SSLEngine newEngine(TlsSpec spec, String host, int port) throws SSLException {
        TlsParts parts = spec.parts(host);
        if (parts == null) {
            return spec.newEngine(host, port);
        }
        SSLEngine engine = context(spec, parts).newEngine(ByteBufAllocator.DEFAULT, parts.peerHost(), port);
        try {
            engine.setSSLParameters(parts.parameters());
        } catch (RuntimeException e) {
            release(engine);
            throw e;
        }
        return engine;
    }

    private SslContext context(TlsSpec spec, TlsParts parts) throws SSLException {
        lock.lock();
        try {
            SslContext known = contexts.get(spec);
            if (known == null) {
                known = newContext(parts);
                contexts.put(spec, known);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private static SslContext newContext(TlsParts parts) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                // Its engines are released by hand; those of the other kind wait for the garbage collector.
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .trustManager(parts.trustManager())
                // The engine's parameters say whether names are looked at.
                .endpointIdentificationAlgorithm(null)
                .enableOcsp(OpenSsl.isOcspSupported());
        if (parts.keyManager() != null) {
            builder.keyManager(parts.keyManager());
        }
        return builder.build();
    }

    @Override
    public boolean splitsAtBuffers(SSLEngine engine) {
        return engine instanceof ReferenceCounted;
    }

    @Override
    public void release(SSLEngine engine) {
        // The platform's are not counted, and left alone by this.
        ReferenceCountUtil.release(engine);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            contexts.values().forEach(ReferenceCountUtil::release);
            contexts.clear();
        } finally {
            lock.unlock();
        }
    }
}
