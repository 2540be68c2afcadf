package dev.rotor.transport.nio;

import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.TlsSpec;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * Between a specification of TLS and the transport that encrypts by it, with one fault.
 *
 * @param loop of the wire to be
 * @param listener hears of the wire to be
 */
record FaultySpec(Fault fault, TlsSpec target, EventLoop loop, FaultyListener listener) implements TlsSpec {

    @Override
    public SSLEngine newEngine(String host, int port) {
        return switch (fault) {
            case CONNECTED_BEFORE_THE_HANDSHAKE -> {
                loop.execute(() -> listener.connectedTooEarly(loop));
                yield target.newEngine(host, port);
            }
            case HOST_OF_THE_CERTIFICATE_UNCHECKED -> {
                SSLEngine engine = target.newEngine(host, port);
                SSLParameters parameters = engine.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("");
                engine.setSSLParameters(parameters);
                yield engine;
            }
            case ENGINES_MADE_ON_THE_LOOP -> {
                CompletableFuture<SSLEngine> made = new CompletableFuture<>();
                loop.execute(() -> made.complete(target.newEngine(host, port)));
                yield made.join();
            }
            default -> target.newEngine(host, port);
        };
    }
}
