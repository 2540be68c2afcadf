package dev.rotor.driver.core.conn;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.future.StageFailures;
import dev.rotor.driver.core.net.IpLiteral;
import dev.rotor.driver.spi.InetAddressResolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks for names alone: what needs no look-up is answered at once. A resolver that misbehaves has failed. */
public final class HostResolver implements AddressResolver {

    private final InetAddressResolver names;

    /**
     * A resolver.
     *
     * @param names asked for the addresses of names
     */
    public HostResolver(InetAddressResolver names) {
        this.names = names;
    }

    @Override
    public void resolve(ServerAddress address, Callback callback) {
        if (address.isUnixSocket()) {
            UnixDomainSocketAddress path;
            try {
                path = UnixDomainSocketAddress.of(address.host());
            } catch (InvalidPathException | UnsupportedOperationException e) {
                callback.onResolveFailed(e);
                return;
            }
            callback.onResolved(List.of(path));
            return;
        }
        InetAddress literal = IpLiteral.parse(address.host());
        if (literal != null) {
            callback.onResolved(List.of(new InetSocketAddress(literal, address.port())));
            return;
        }
        CompletionStage<List<InetAddress>> answer;
        try {
            answer = names.lookupByName(address.host());
        } catch (Throwable t) {
            callback.onResolveFailed(exception(t));
            return;
        }
        if (answer == null) {
            callback.onResolveFailed(new IllegalStateException("the resolver returned null"));
            return;
        }
        answer.whenComplete((found, failure) -> {
            if (failure != null) {
                callback.onResolveFailed(exception(StageFailures.unwrapped(failure)));
            } else {
                tell(found, address.port(), callback);
            }
        });
    }

    private static void tell(@Nullable List<InetAddress> found, int port, Callback callback) {
        if (found == null) {
            callback.onResolveFailed(new IllegalStateException("the resolver answered null"));
            return;
        }
        List<SocketAddress> addresses = new ArrayList<>(found.size());
        for (InetAddress each : found) {
            if (each == null) {
                callback.onResolveFailed(
                        new IllegalStateException("the resolver answered with a null among addresses"));
                return;
            }
            addresses.add(new InetSocketAddress(each, port));
        }
        if (addresses.isEmpty()) {
            callback.onResolveFailed(new UnknownHostException("the resolver found no address"));
        } else {
            callback.onResolved(addresses);
        }
    }

    private static Exception exception(Throwable failure) {
        return failure instanceof Exception exception
                ? exception
                : new IllegalStateException("the resolver failed: " + failure, failure);
    }
}
