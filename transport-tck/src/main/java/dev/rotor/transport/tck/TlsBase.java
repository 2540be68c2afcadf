package dev.rotor.transport.tck;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.TlsSpec;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts about encryption share. Skipped for a transport that is said to have none. */
abstract class TlsBase extends TransportContract {

    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    @BeforeEach
    final void needsTls() {
        needs(TransportFeature.TLS);
    }

    /** Begins to connect to the server. */
    final Cancellable start(RecordingListener listener, TlsSpec tls) throws IOException {
        return transport.connect(
                transport.nextLoop(),
                request(tls, underTest().patience(), server.getLocalAddress()),
                watched(listener));
    }

    /** Connects a listener to the server; returns the accepted end once its handshake is done. */
    final TlsPeer connectTls(RecordingListener listener, String... protocols) throws Exception {
        start(listener, KitTls.client(protocols));
        return TlsPeer.on(accept(), KitTls.server(protocols).serverEngine()).handshake();
    }

    /** Ends by itself before the test does: whatever it works on is closed then. */
    final CompletableFuture<Boolean> onItsOwnThread(Action action) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                action.run();
                done.complete(true);
            } catch (Throwable t) {
                done.completeExceptionally(t);
            }
        });
        thread.start();
        closeLater(() -> thread.join(millis()));
        return done;
    }
}
