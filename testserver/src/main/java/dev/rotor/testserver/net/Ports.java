package dev.rotor.testserver.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds free ports below the range from which the system takes the ports of outgoing connections: a port of that range
 * could be taken by a client while its member is down, and a client could even connect to itself.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int ATTEMPTS = 200;
    /** In turn, so that two members of one process never draw the same while it is free. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(LAST - FIRST));

    private Ports() {}

    /** A port that nobody listened at a moment ago. */
    public static int free() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), LAST - FIRST);
            try (ServerSocket probe = Listener.bind(port)) {
                return probe.getLocalPort();
            } catch (UncheckedIOException | IOException e) {
                // Somebody else has it: the next one.
            }
        }
        throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
    }
}
