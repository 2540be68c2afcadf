package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.TopologyDescription;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What selection looks at: a description with the servers' handles, and for each selector that has been asked for the
 * servers among which it chooses. Immutable but for that memory, which only ever saves work.
 */
final class TopologySnapshot {

    /** Selectors remembered; who makes a new one for each operation gets no more than this. */
    private static final int MEMORY = 32;

    private static final VarHandle MEMO;

    static {
        try {
            MEMO = MethodHandles.lookup().findVarHandle(TopologySnapshot.class, "memo", Remembered[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private record Remembered(ServerSelector selector, Candidates candidates) {}

    final TopologyDescription description;
    final Map<ServerAddress, ServerHandle> servers;
    /** Whether operations can be served at all: not closed, and compatible with every server. */
    final boolean usable;

    private final boolean closed;
    private final Duration localThreshold;
    private final Duration heartbeatFrequency;
    private final Candidates writable;
    private final Candidates primary;

    private volatile Remembered[] memo = new Remembered[0];

    TopologySnapshot(
            TopologyDescription description,
            Map<ServerAddress, ServerHandle> servers,
            boolean closed,
            Duration localThreshold,
            Duration heartbeatFrequency) {
        this.description = description;
        this.servers = servers;
        this.closed = closed;
        this.usable = !closed && description.compatible();
        this.localThreshold = localThreshold;
        this.heartbeatFrequency = heartbeatFrequency;
        this.writable = compute(ServerSelector.WRITABLE, Set.of());
        this.primary = compute(ServerSelector.PRIMARY, Set.of());
    }

    /** Why no operation with this selector can be served, however long it waits; or null if it could. */
    @Nullable
    MongoException failure(ServerSelector selector, Set<ServerAddress> deprioritized) {
        if (closed) {
            return new MongoClientClosedException("The client has been closed");
        }
        String reason = description.compatibilityError();
        if (reason == null) {
            reason = candidates(selector, deprioritized).impossible;
        }
        return reason == null ? null : new MongoConfigurationException(reason);
    }

    /** The candidates of a selector; without allocation when it has been asked for before. */
    @SuppressWarnings(
            "ReferenceEquality") // Identity first: it is the cheap way to find what is asked for again and again.
    Candidates candidates(ServerSelector selector) {
        if (selector == ServerSelector.WRITABLE) {
            return writable;
        }
        if (selector == ServerSelector.PRIMARY) {
            return primary;
        }
        Remembered[] known = memo;
        for (Remembered remembered : known) {
            if (remembered.selector == selector) {
                return remembered.candidates;
            }
        }
        for (Remembered remembered : known) {
            if (remembered.selector.equals(selector)) {
                return remembered.candidates;
            }
        }
        Candidates candidates = compute(selector, Set.of());
        if (known.length < MEMORY) {
            Remembered[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = new Remembered(selector, candidates);
            // Whoever loses the race computes again another time.
            MEMO.compareAndSet(this, known, more);
        }
        return candidates;
    }

    /** The candidates of a selector when some servers should be avoided. */
    Candidates candidates(ServerSelector selector, Set<ServerAddress> deprioritized) {
        return deprioritized.isEmpty() ? candidates(selector) : compute(selector, deprioritized);
    }

    private Candidates compute(ServerSelector selector, Set<ServerAddress> deprioritized) {
        List<ServerDescription> inWindow;
        try {
            inWindow = ServerSelection.inLatencyWindow(
                    ServerSelection.suitable(description, selector, deprioritized, heartbeatFrequency), localThreshold);
        } catch (MongoConfigurationException e) {
            return Candidates.impossible(String.valueOf(e.getMessage()));
        }
        ServerHandle[] handles = new ServerHandle[inWindow.size()];
        int count = 0;
        for (ServerDescription server : inWindow) {
            ServerHandle handle = servers.get(server.address());
            if (handle != null) {
                handles[count++] = handle;
            }
        }
        return Candidates.of(count == handles.length ? handles : Arrays.copyOf(handles, count));
    }
}
