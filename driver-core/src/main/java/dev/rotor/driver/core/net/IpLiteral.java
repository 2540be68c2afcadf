package dev.rotor.driver.core.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** IP addresses written as such, which nobody has to be asked for. Pure functions. */
public final class IpLiteral {

    private IpLiteral() {}

    /**
     * Reads an address.
     *
     * @param host four numbers with dots, or an IPv6 address without brackets; or a name
     * @return the address, or {@code null} for a name
     */
    public static @Nullable InetAddress parse(String host) {
        try {
            if (host.indexOf(':') >= 0) {
                // The JDK takes nothing with a colon for a name.
                return InetAddress.getByName(host);
            }
            byte[] bytes = four(host);
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Not by the JDK, which looks up as a name what it cannot read. */
    private static byte @Nullable [] four(String host) {
        byte[] bytes = new byte[4];
        int part = 0;
        int value = -1;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c >= '0' && c <= '9') {
                value = Math.max(value, 0) * 10 + (c - '0');
                if (value > 255) {
                    return null;
                }
            } else if (c == '.' && value >= 0 && part < 3) {
                bytes[part++] = (byte) value;
                value = -1;
            } else {
                return null;
            }
        }
        if (part != 3 || value < 0) {
            return null;
        }
        bytes[3] = (byte) value;
        return bytes;
    }
}
