package dev.rotor.driver.spi;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Finds the addresses of a host. A client has one of its own that asks the JDK, on threads kept for that;
 * {@code MongoClientSettings.Builder.inetAddressResolver} replaces it. It is asked for each new connection, those of
 * monitors included, so it decides for how long an answer is kept. It is not asked for IP addresses and Unix domain
 * sockets, nor, behind a SOCKS5 proxy, for servers: only for the proxy.
 */
@FunctionalInterface
public interface InetAddressResolver {

    /**
     * Looks the addresses of a host up. Returns at once and may be called from any thread, event loops included, so it
     * must not block.
     *
     * @param host the host as the user or the deployment wrote it
     * @return completes on any thread, with at least one address; they are tried in their order, those of IPv4 and of
     *     IPv6 in turn. Fails, best with a {@link java.net.UnknownHostException}, when there is none. While it does not
     *     complete, {@code connectTimeoutMS} goes on; what comes later is ignored
     */
    CompletionStage<List<InetAddress>> lookupByName(String host);
}
