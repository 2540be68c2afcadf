package dev.rotor.driver.core.conn;

import dev.rotor.driver.ServerAddress;
import java.net.SocketAddress;
import java.util.List;

/** Turns a server's address into socket addresses without blocking the caller. */
@FunctionalInterface
public interface AddressResolver {

    /**
     * Resolves an address.
     *
     * @param address what to resolve
     * @param callback hears the outcome exactly once, on any thread, possibly before this method returns
     */
    void resolve(ServerAddress address, Callback callback);

    /** Hears how it ended. */
    interface Callback {
        /** At least one address, in the order in which they are to be tried. */
        void onResolved(List<SocketAddress> addresses);

        /** There is none, or it could not be found out. */
        void onResolveFailed(Exception cause);
    }
}
