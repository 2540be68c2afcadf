package dev.rotor.driver.transport.support;

import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.ProxySpec;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;

/**
 * Why the addresses of one request did not answer, in the order in which they were given up. Confined to one thread.
 */
public final class ConnectFailures {

    private record Failure(SocketAddress address, Throwable reason) {}

    private final ConnectRequest request;
    private final List<Failure> failures = new ArrayList<>(1);

    /**
     * Makes a record without failures.
     *
     * @param request whose addresses are tried
     */
    public ConnectFailures(ConnectRequest request) {
        this.request = request;
    }

    /**
     * An address did not answer.
     *
     * @param address one of the request's
     * @param reason why: an error too, as when there is no memory outside of the heap
     */
    public void add(SocketAddress address, Throwable reason) {
        failures.add(new Failure(address, reason));
    }

    /**
     * How many addresses have not been given up.
     *
     * @return 0 when all have failed
     */
    public int left() {
        return request.addresses().size() - failures.size();
    }

    /**
     * Whom the user wanted to reach.
     *
     * @param request the request
     * @return the host as the user wrote it, with the port where there is one
     */
    public static String peer(ConnectRequest request) {
        return request.port() == 0 ? request.host() : request.host() + ":" + request.port();
    }

    /**
     * Says that no address answered; only once all have failed.
     *
     * @return names every address with its reason, an address that the user wrote only once; the cause is the last
     *     failure, the earlier ones are suppressed
     */
    public ConnectFailedException toException() {
        ProxySpec proxy = request.proxy();
        StringBuilder text = new StringBuilder("could not connect to ");
        if (proxy != null) {
            text.append("the proxy ").append(proxy.name()).append(", which is to connect to ");
        }
        text.append(peer(request));
        for (int i = 0; i < failures.size(); i++) {
            Failure failure = failures.get(i);
            text.append(i == 0 ? ": " : "; ");
            if (proxy != null || !isPeer(failure.address())) {
                text.append(failure.address()).append(": ");
            }
            text.append(reason(failure.reason()));
        }
        Throwable last = failures.get(failures.size() - 1).reason();
        ConnectFailedException result =
                new ConnectFailedException(text.toString(), last, last instanceof SocketTimeoutException);
        for (Failure earlier : failures.subList(0, failures.size() - 1)) {
            result.addSuppressed(earlier.reason());
        }
        return result;
    }

    /** Whether the user wrote the address itself, and no name: it is said once. */
    private boolean isPeer(SocketAddress address) {
        String written = peer(request);
        String text = address.toString();
        return text.equals(written)
                || (text.startsWith("/") && text.substring(1).equals(written));
    }

    /**
     * Says that the proxy has answered, and does not connect: its other addresses are the same proxy.
     *
     * @param request the request
     * @param proxy its proxy
     * @param refusal what the proxy said
     * @return names the server, the proxy and the reason
     */
    static ConnectFailedException refused(ConnectRequest request, ProxySpec proxy, IOException refusal) {
        return new ConnectFailedException(
                "could not connect to " + peer(request) + " through the proxy " + proxy.name() + ": " + reason(refusal),
                refusal,
                false);
    }

    private static String reason(Throwable failure) {
        if (failure instanceof UnresolvedAddressException) {
            return "not resolved";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
