package dev.rotor.driver.transport.support;

import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.ProxyHandshake;
import dev.rotor.driver.transport.ProxySpec;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One attempt's handshake with its proxy, and the words for how it can end. Confined to one thread. */
public final class ProxyDialog {

    private final ConnectRequest request;
    private final ProxySpec proxy;
    private final ProxyHandshake handshake;

    private ProxyDialog(ConnectRequest request, ProxySpec proxy) {
        this.request = request;
        this.proxy = proxy;
        this.handshake = proxy.newHandshake(request.host(), request.port());
    }

    /**
     * Begins a handshake, where there is a proxy.
     *
     * @param request the request
     * @return a new handshake, or {@code null} when the request has no proxy
     */
    public static @Nullable ProxyDialog of(ConnectRequest request) {
        ProxySpec proxy = request.proxy();
        return proxy == null ? null : new ProxyDialog(request, proxy);
    }

    /**
     * Goes on.
     *
     * @param received what the proxy has sent; nothing at first
     * @return what to send to it
     * @throws ConnectFailedException if the proxy refuses: its other addresses need not be tried
     */
    public ByteBuffer advance(ByteBuffer received) throws ConnectFailedException {
        try {
            return handshake.advance(received);
        } catch (IOException e) {
            throw ConnectFailures.refused(request, proxy, e);
        }
    }

    /**
     * Whether the server is connected.
     *
     * @return {@code true} when the proxy is to be forgotten
     */
    public boolean isDone() {
        return handshake.isDone();
    }

    /**
     * The proxy has ended the stream.
     *
     * @return says what it should have said
     */
    public EOFException ended() {
        return new EOFException("the proxy closed the connection instead of sending " + handshake.awaited());
    }

    /**
     * The proxy is silent.
     *
     * @param millis for how long
     * @return says what it should have said
     */
    public String late(long millis) {
        return "the proxy did not send " + handshake.awaited() + " within " + millis + " ms";
    }
}
