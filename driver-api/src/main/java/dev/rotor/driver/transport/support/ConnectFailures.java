package dev.rotor.driver.transport.support;

import dev.rotor.driver.transport.ConnectFailedException;
import dev.rotor.driver.transport.ConnectRequest;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;

/** Why the addresses of one request did not answer, in their order. Confined to one thread. */
public final class ConnectFailures {

    private final ConnectRequest request;
    private final List<Exception> failures = new ArrayList<>(1);

    /**
     * Makes a record without failures.
     *
     * @param request whose addresses are tried
     */
    public ConnectFailures(ConnectRequest request) {
        this.request = request;
    }

    /**
     * The current address did not answer.
     *
     * @param reason why
     */
    public void add(Exception reason) {
        failures.add(reason);
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
     * The first address that has not failed.
     *
     * @return the address to try now; only while some are {@link #left}
     */
    public SocketAddress current() {
        return request.addresses().get(failures.size());
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
     * @return names every address with its reason; the cause is the last failure, the earlier ones are suppressed
     */
    public ConnectFailedException toException() {
        StringBuilder text = new StringBuilder("could not connect to ").append(peer(request));
        for (int i = 0; i < failures.size(); i++) {
            text.append(i == 0 ? ": " : "; ")
                    .append(request.addresses().get(i))
                    .append(": ")
                    .append(reason(failures.get(i)));
        }
        Exception last = failures.get(failures.size() - 1);
        ConnectFailedException result =
                new ConnectFailedException(text.toString(), last, last instanceof SocketTimeoutException);
        for (Exception earlier : failures.subList(0, failures.size() - 1)) {
            result.addSuppressed(earlier);
        }
        return result;
    }

    private static String reason(Exception failure) {
        if (failure instanceof UnresolvedAddressException) {
            return "not resolved";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
