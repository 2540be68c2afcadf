package dev.rotor.driver.core.client;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The transports that the project publishes, so that one that is missing can be told how to come by. */
final class KnownTransports {

    private static final String NETTY = "dev.rotor:rotor-transport-netty";

    /**
     * One of them.
     *
     * @param name its name
     * @param artifact what to add
     * @param providerClass its provider, which the core knows by name alone
     */
    record Known(String name, String artifact, String providerClass) {}

    static final Known NIO =
            new Known("nio", "dev.rotor:rotor-transport-nio", "dev.rotor.transport.nio.NioTransportProvider");

    static final List<Known> ALL = List.of(
            NIO,
            new Known("netty", NETTY, "dev.rotor.transport.netty.NettyNioProvider"),
            new Known("kqueue", NETTY, "dev.rotor.transport.netty.KQueueProvider"),
            new Known("epoll", "dev.rotor:rotor-transport-netty-epoll", "dev.rotor.transport.epoll.EpollProvider"),
            new Known("io_uring", "dev.rotor:rotor-transport-iouring", "dev.rotor.transport.iouring.IoUringProvider"));

    /** Their names with what to add for each. */
    static final String WITH_ARTIFACTS = "nio (" + NIO.artifact() + "), netty and kqueue (" + NETTY + "), epoll ("
            + NETTY + "-epoll) and io_uring (dev.rotor:rotor-transport-iouring)";

    private static final int SHORTEST_GUESS = 3;

    private KnownTransports() {}

    static @Nullable Known named(String name) {
        for (Known known : ALL) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        return null;
    }

    /**
     * What somebody may have meant: a name written with other separators, or a part of one.
     *
     * @param wanted what was written, in lower case
     * @param found names of transports that are there, which need not be among the known ones
     * @return a name, or {@code null}
     */
    static @Nullable String guess(String wanted, Collection<String> found) {
        String letters = letters(wanted);
        if (letters.length() < SHORTEST_GUESS) {
            return null;
        }
        for (String name : found) {
            if (alike(letters, letters(name))) {
                return name;
            }
        }
        for (Known known : ALL) {
            if (alike(letters, letters(known.name()))) {
                return known.name();
            }
        }
        return null;
    }

    private static boolean alike(String one, String other) {
        return other.length() >= SHORTEST_GUESS && (one.contains(other) || other.contains(one));
    }

    private static String letters(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            if (Character.isLetterOrDigit(name.charAt(i))) {
                letters.append(name.charAt(i));
            }
        }
        return letters.toString().toLowerCase(Locale.ROOT);
    }
}
