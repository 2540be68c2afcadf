package dev.rotor.driver;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The host information of a connection string. No message quotes a port: who forgets the host writes the password
 * there.
 */
final class UriHosts {

    /** The longest name that the Domain Name System knows. */
    private static final int MAX_NAME_LENGTH = 255;

    /** ASCII characters that no host name has; most of them tell of a forgotten percent-encoding. */
    private static final String NOT_IN_NAMES = " \\/?#[]@<>\"^`{|}%";

    private UriHosts() {}

    /** The seeds of a {@code mongodb://} string, without repetitions. */
    static List<ServerAddress> seeds(String hosts, boolean suspicious) {
        Set<ServerAddress> seeds = new LinkedHashSet<>();
        List<String> identifiers = split(hosts);
        for (int i = 0; i < identifiers.size(); i++) {
            seeds.add(seed(identifiers.get(i), "host " + (i + 1), suspicious));
        }
        return List.copyOf(seeds);
    }

    /** The host of a {@code mongodb+srv://} string. */
    static String srvHost(String hosts, boolean suspicious) {
        if (hosts.indexOf(',') >= 0) {
            throw UriError.of(
                    "mongodb+srv:// needs exactly one host, not " + split(hosts).size());
        }
        if (hosts.indexOf('[') >= 0) {
            throw UriError.of("mongodb+srv:// needs a host name, not an IP address");
        }
        if (hosts.indexOf(':') >= 0) {
            throw UriError.of("mongodb+srv:// takes no port; the SRV records name the ports");
        }
        ServerAddress address = seed(hosts, "the SRV host", suspicious);
        if (address.isUnixSocket()) {
            throw UriError.of("mongodb+srv:// needs a host name, not the path of a Unix domain socket");
        }
        if (isIpv4(address.host())) {
            throw UriError.of("mongodb+srv:// needs a host name, not an IP address");
        }
        return address.host();
    }

    private static List<String> split(String hosts) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int comma = hosts.indexOf(','); comma >= 0; comma = hosts.indexOf(',', from)) {
            parts.add(hosts.substring(from, comma));
            from = comma + 1;
        }
        parts.add(hosts.substring(from));
        return parts;
    }

    private static ServerAddress seed(String identifier, String part, boolean suspicious) {
        if (identifier.isEmpty()) {
            throw UriError.at(part, "is empty");
        }
        if (identifier.startsWith("[")) {
            return ipLiteral(identifier, part);
        }
        int colon = identifier.indexOf(':');
        if (colon >= 0 && identifier.indexOf(':', colon + 1) >= 0) {
            throw UriError.at(
                    part, "contains more than one ':'; an IPv6 address must be in brackets, like [::1]:27017");
        }
        String host = PercentDecoder.decode(colon < 0 ? identifier : identifier.substring(0, colon), part);
        if (host.isEmpty()) {
            throw UriError.at(part, "has no name before its ':'");
        }
        if (host.indexOf('/') >= 0) {
            if (!host.endsWith(".sock")) {
                throw UriError.at(part, "is a path, but the path of a Unix domain socket must end in \".sock\"");
            }
            if (colon >= 0) {
                throw UriError.at(part, "is the path of a Unix domain socket, which has no port");
            }
            return new ServerAddress(host, 0);
        }
        checkName(host, part, suspicious);
        return new ServerAddress(host, port(colon < 0 ? null : identifier.substring(colon + 1), part));
    }

    private static ServerAddress ipLiteral(String identifier, String part) {
        int close = identifier.indexOf(']');
        if (close < 0) {
            throw UriError.at(part, "is an IPv6 address without its closing bracket");
        }
        String host = PercentDecoder.decode(identifier.substring(1, close), part);
        if (!isIpv6(host)) {
            throw UriError.at(part, "has something else than an IPv6 address in its brackets");
        }
        String rest = identifier.substring(close + 1);
        if (!rest.isEmpty() && rest.charAt(0) != ':') {
            throw UriError.at(part, "has text after its closing bracket that is not a port");
        }
        return new ServerAddress(host, port(rest.isEmpty() ? null : rest.substring(1), part));
    }

    private static int port(@Nullable String port, String part) {
        if (port == null) {
            return ServerAddress.DEFAULT_PORT;
        }
        if (port.isEmpty()) {
            throw UriError.at("the port of " + part, "is empty");
        }
        int value = 0;
        for (int i = 0; i < port.length(); i++) {
            char c = port.charAt(i);
            if (c < '0' || c > '9') {
                throw UriError.at("the port of " + part, "is not a number from 1 to 65535");
            }
            value = Math.min(value * 10 + (c - '0'), 65536);
        }
        if (value < 1 || value > 65535) {
            throw UriError.at("the port of " + part, "must be from 1 to 65535");
        }
        return value;
    }

    private static void checkName(String host, String part, boolean suspicious) {
        if (host.length() > MAX_NAME_LENGTH) {
            throw UriError.at(part, "is longer than " + MAX_NAME_LENGTH + " characters");
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (Character.isISOControl(c) || Character.isWhitespace(c) || NOT_IN_NAMES.indexOf(c) >= 0) {
                throw UriError.at(
                        suspicious ? part : part + " (" + UriError.quote(host) + ")",
                        "contains a character that no host name has");
            }
        }
    }

    private static boolean isIpv4(String host) {
        int dots = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return dots == 3;
    }

    /** Whether it looks like one: the characters are right, and there are enough colons. A zone may follow a '%'. */
    private static boolean isIpv6(String host) {
        int zone = host.indexOf('%');
        String address = zone < 0 ? host : host.substring(0, zone);
        int colons = 0;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == ':') {
                colons++;
            } else if (c != '.' && (c >= 128 || Character.digit(c, 16) < 0)) {
                return false;
            }
        }
        if (zone >= 0 && zone == host.length() - 1) {
            return false;
        }
        for (int i = zone + 1; zone >= 0 && i < host.length(); i++) {
            if (!UriParts.isAsciiLetterOrDigit(host.charAt(i)) && "-._~".indexOf(host.charAt(i)) < 0) {
                return false;
            }
        }
        return colons >= 2 && colons <= 8;
    }
}
