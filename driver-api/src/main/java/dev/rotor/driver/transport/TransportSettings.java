package dev.rotor.driver.transport;

import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a transport is opened with.
 *
 * @param loops how many event loops; 0 means the default, one per two available processors, at least one
 * @param threadNamePrefix how loop threads' names start; a number follows
 * @param threadFactory makes the loop threads, or {@code null} for daemon threads of the transport's own
 * @param foreignLoops an event loop group of a framework to share, for example a Netty {@code IoEventLoopGroup}, or
 *     {@code null}; a transport that cannot use it refuses it in {@link TransportProvider#open}
 */
public record TransportSettings(
        int loops, String threadNamePrefix, @Nullable ThreadFactory threadFactory, @Nullable Object foreignLoops) {

    /** Default number of loops, threads named {@code rotor-loop-1} and so on, no foreign loops. */
    public static final TransportSettings DEFAULT = new TransportSettings(0, "rotor-loop-", null, null);

    public TransportSettings {
        Objects.requireNonNull(threadNamePrefix, "threadNamePrefix");
        if (loops < 0) {
            throw new IllegalArgumentException("loops must not be negative: " + loops);
        }
    }

    /**
     * The number of loops to start on this machine.
     *
     * @return {@link #loops()} where that is set, else one per two available processors, at least one
     */
    public int effectiveLoops() {
        return loops > 0 ? loops : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
