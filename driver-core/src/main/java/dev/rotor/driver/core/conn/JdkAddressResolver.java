package dev.rotor.driver.core.conn;

import dev.rotor.driver.ServerAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Asks the JDK. Its name lookup blocks, so it runs on an executor given for that; addresses that need no lookup are
 * answered at once.
 */
public final class JdkAddressResolver implements AddressResolver {

    private final Executor executor;

    /**
     * A resolver.
     *
     * @param executor where lookups run; they may block for many seconds; never a loop
     */
    public JdkAddressResolver(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void resolve(ServerAddress address, Callback callback) {
        if (address.isUnixSocket() || isLiteral(address.host())) {
            lookUp(address, callback);
            return;
        }
        try {
            executor.execute(() -> lookUp(address, callback));
        } catch (RejectedExecutionException e) {
            callback.onResolveFailed(e);
        }
    }

    private static void lookUp(ServerAddress address, Callback callback) {
        List<SocketAddress> addresses = new ArrayList<>(2);
        try {
            if (address.isUnixSocket()) {
                addresses.add(UnixDomainSocketAddress.of(address.host()));
            } else {
                for (InetAddress resolved : InetAddress.getAllByName(address.host())) {
                    addresses.add(new InetSocketAddress(resolved, address.port()));
                }
            }
        } catch (UnknownHostException | RuntimeException e) {
            callback.onResolveFailed(e);
            return;
        }
        callback.onResolved(addresses);
    }

    /** Whether the JDK makes no lookup for a host: an IPv6 address, or four numbers. */
    static boolean isLiteral(String host) {
        if (host.indexOf(':') >= 0) {
            return true;
        }
        int dots = 0;
        int digits = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c >= '0' && c <= '9') {
                if (++digits > 3) {
                    return false;
                }
            } else if (c == '.' && digits > 0) {
                dots++;
                digits = 0;
            } else {
                return false;
            }
        }
        return dots == 3 && digits > 0;
    }
}
