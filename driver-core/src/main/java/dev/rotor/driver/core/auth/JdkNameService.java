package dev.rotor.driver.core.auth;

import dev.rotor.driver.core.dns.JndiDnsResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import javax.naming.NamingException;

/** Asks the JDK: its name lookup for addresses, and its DNS provider for aliases. */
final class JdkNameService implements NameService {

    @Override
    public List<InetAddress> addresses(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }

    @Override
    public List<String> canonicalNames(String host) throws NamingException {
        return JndiDnsResolver.ask(host, "CNAME");
    }

    @Override
    public List<String> names(InetAddress address) {
        String name = address.getCanonicalHostName();
        // So says the JDK that there is none.
        return name.equals(address.getHostAddress()) ? List.of() : List.of(name);
    }
}
