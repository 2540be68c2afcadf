package dev.rotor.driver.core.tls;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate is for a host, by RFC 6125: names and addresses of its subject alternative names alone. The
 * common name does not count, and a star is one whole label, the first. Stricter than the platform, which checks as
 * well. Pure functions.
 */
final class HostNames {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");

    private HostNames() {}

    /**
     * A host as certificates and DNS have it: in ASCII and lower case, without the final dot of a fully qualified name,
     * without the zone of an address.
     */
    static String canonical(String host) {
        int zone = host.indexOf('%');
        if (zone > 0 && host.indexOf(':') >= 0) {
            return host.substring(0, zone);
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        try {
            return IDN.toASCII(name).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            // Not a name of the DNS; no certificate will have it.
            return name.toLowerCase(Locale.ROOT);
        }
    }

    /** Whether this is an address rather than a name. */
    static boolean isAddress(String host) {
        return IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
    }

    /**
     * Whether the certificate is for the host.
     *
     * @param certificate of a server
     * @param host as the user wrote it; {@code null} is no host
     */
    static boolean covers(X509Certificate certificate, @Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = canonical(host);
        InetAddress address = isAddress(name) ? address(name) : null;
        Collection<List<?>> alternatives;
        try {
            alternatives = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return false;
        }
        if (alternatives == null) {
            return false;
        }
        for (List<?> each : alternatives) {
            if (each.get(0) instanceof Integer kind && each.get(1) instanceof String text) {
                boolean found = address == null
                        ? kind == DNS_NAME && matches(text, name)
                        : kind == IP_ADDRESS && address.equals(address(text));
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matches(String pattern, String name) {
        if (!pattern.startsWith("*.")) {
            return pattern.indexOf('*') < 0 && canonical(pattern).equals(name);
        }
        String domain = canonical(pattern.substring(2));
        int dot = name.indexOf('.');
        return !domain.isEmpty()
                && domain.indexOf('*') < 0
                && dot > 0
                && name.length() == dot + 1 + domain.length()
                && name.endsWith(domain);
    }

    /** An address from its text, which is not looked up. */
    private static @Nullable InetAddress address(String text) {
        try {
            return isAddress(text) ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
