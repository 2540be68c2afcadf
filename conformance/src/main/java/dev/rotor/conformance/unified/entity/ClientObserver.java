package dev.rotor.conformance.unified.entity;

import dev.rotor.conformance.unified.match.ObservedEvent;
import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.event.TopologyOpeningEvent;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sorts what a client tells: keeps what the case asked for, counts connections, and passes the rest over. */
final class ClientObserver {

    private final Set<String> observed;
    private final Set<String> ignoredCommands;
    private final boolean observeSensitive;
    private final Map<String, StoredEvents> stored;
    private final @Nullable LogCollector logs;
    private final EventLog events = new EventLog();
    private final PoolCounts counts = new PoolCounts();
    private final Set<Long> ignoredRequests = ConcurrentHashMap.newKeySet();
    private volatile boolean observing = true;

    ClientObserver(
            Set<String> observed,
            Set<String> ignoredCommands,
            boolean observeSensitive,
            Map<String, StoredEvents> stored,
            @Nullable LogCollector logs) {
        this.observed = observed;
        this.ignoredCommands = ignoredCommands;
        this.observeSensitive = observeSensitive;
        this.stored = stored;
        this.logs = logs;
    }

    EventLog events() {
        return events;
    }

    PoolCounts counts() {
        return counts;
    }

    /** The lists of events that the case keeps as entities, by name. */
    Map<String, StoredEvents> stored() {
        return stored;
    }

    @Nullable
    LogCollector logs() {
        return logs;
    }

    void stop() {
        observing = false;
        if (logs != null) {
            logs.stop();
        }
    }

    void hear(ObservedEvent event) {
        counts.hear(event);
        if (logs != null && event.event() instanceof TopologyOpeningEvent opening) {
            logs.topologyId(opening.topologyId().toHexString());
        }
        if (observing) {
            stored.values().forEach(each -> each.hear(event));
            if (!isIgnored(event) && observed.contains(event.name())) {
                events.add(event);
            }
        }
        events.wake();
    }

    /** Also of commands that are not observed: a reply is ignored when its command was. */
    private boolean isIgnored(ObservedEvent event) {
        if (event.event() instanceof CommandStartedEvent started) {
            boolean ignored = isIgnored(started.commandName())
                    || (!observeSensitive && SensitiveCommands.isSensitive(started.commandName(), started.command()));
            if (ignored) {
                ignoredRequests.add(started.requestId());
            }
            return ignored;
        }
        if (event.event() instanceof CommandSucceededEvent succeeded) {
            return ignoredRequests.remove(succeeded.requestId());
        }
        if (event.event() instanceof CommandFailedEvent failed) {
            return ignoredRequests.remove(failed.requestId());
        }
        return false;
    }

    private boolean isIgnored(String commandName) {
        return commandName.equals("configureFailPoint") || ignoredCommands.contains(commandName);
    }
}
