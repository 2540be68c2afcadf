package dev.rotor.driver.core.auth;

import java.net.InetAddress;
import java.util.List;

/** What DNS says of hosts. Everything here may block for many seconds. */
public interface NameService {

    /**
     * The addresses of a host.
     *
     * @return in the resolver's order, empty when there are none
     * @throws Exception if that could not be found out
     */
    List<InetAddress> addresses(String host) throws Exception;

    /**
     * The names that a host is an alias of.
     *
     * @return the targets of its CNAME records, empty when there are none
     * @throws Exception if that could not be found out
     */
    List<String> canonicalNames(String host) throws Exception;

    /**
     * The names of an address.
     *
     * @return what a reverse lookup gives, empty when that is nothing
     * @throws Exception if that could not be found out
     */
    List<String> names(InetAddress address) throws Exception;
}
