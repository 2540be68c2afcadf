package dev.rotor.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rotor.driver.transport.TlsParts;
import dev.rotor.driver.transport.TlsSpec;
import dev.rotor.driver.transport.support.TlsEngines;
import io.netty.handler.ssl.OpenSsl;
import io.netty.util.ReferenceCounted;
import java.io.IOException;
import java.io.InputStream;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

/** Which engines encrypt. */
class NettyEnginesTest {

    /** Says what its engines are made of. */
    private static final class Told implements TlsSpec {

        @Override
        public SSLEngine newEngine(String host, int port) {
            try {
                return SSLContext.getDefault().createSSLEngine(host, port);
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public TlsParts parts(String host) {
            SSLParameters parameters = new SSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.2"});
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            return new TlsParts(null, trust(), host, parameters);
        }

        private static X509ExtendedTrustManager trust() {
            try {
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init((KeyStore) null);
                return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Has engines, and says nothing of them. */
    private static TlsSpec untold() {
        Told told = new Told();
        return (host, port) -> told.newEngine(host, port);
    }

    @Test
    void openSslIsUsedWhereItIsThereAndReleasedWithItsContext() throws Exception {
        assumeTrue(OpenSsl.isAvailable(), () -> "OpenSSL is not there: " + OpenSsl.unavailabilityCause());
        TlsEngines engines = new NettyEngines("netty");

        SSLEngine engine = engines.newEngine(new Told(), "db.example", 27017);

        assertThat(engine).isInstanceOf(ReferenceCounted.class);
        assertThat(engine.getUseClientMode()).isTrue();
        assertThat(engine.getEnabledProtocols()).contains("TLSv1.2").doesNotContain("TLSv1.3");
        assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
        assertThat(engine.getPeerHost()).isEqualTo("db.example");
        engines.release(engine);
        assertThat(((ReferenceCounted) engine).refCnt()).isZero();
        engines.close();
    }

    @Test
    void aContextOfTheApplicationsKeepsThePlatformsEngines() throws Exception {
        TlsEngines engines = new NettyEngines("netty");
        SSLEngine engine = engines.newEngine(untold(), "db.example", 27017);

        assertThat(engine).isNotInstanceOf(ReferenceCounted.class);
        engines.release(engine);
        engines.close();
    }

    /** Sees the module's classes again, and none of Netty's handlers. */
    private static final class WithoutHandlers extends ClassLoader {

        WithoutHandlers() {
            super(NettyEnginesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.netty.handler.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.rotor.transport.netty.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known != null ? known : defined(name);
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void withoutNettysHandlersThePlatformEncrypts() throws Exception {
        Class<?> type = new WithoutHandlers().loadClass(NettyEngines.class.getName());
        assertThat(type).isNotSameAs(NettyEngines.class);
        var constructor = type.getDeclaredConstructor(String.class);
        constructor.setAccessible(true);
        TlsEngines engines = (TlsEngines) constructor.newInstance("netty");

        for (TlsSpec each : List.of(new Told(), untold())) {
            SSLEngine engine = engines.newEngine(each, "db.example", 27017);
            assertThat(engine).isNotInstanceOf(ReferenceCounted.class);
            engines.release(engine);
        }
        engines.close();
    }
}
