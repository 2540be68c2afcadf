package dev.rotor.driver.core.topology;

import dev.rotor.driver.TopologySettings;
import dev.rotor.driver.core.conn.MonitorConnection;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.event.ServerListener;
import dev.rotor.driver.event.ServerMonitorListener;
import dev.rotor.driver.event.TopologyListener;
import dev.rotor.driver.transport.EventLoop;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a topology is made with.
 *
 * @param settings where the servers are and how they are watched
 * @param connectTimeoutNanos how long monitors wait for connections and replies; 0 for ever
 * @param clock tells the time
 * @param loops gives each monitor a loop to live on
 * @param monitorConnections makes monitors' connections
 * @param pools makes servers' pools
 * @param random chooses between suitable servers
 * @param topologyListeners hear of the topology
 * @param serverListeners hear of its servers
 * @param monitorListeners hear of heartbeats
 * @param log the client's log, which also knows its identity
 */
public record TopologyParts(
        TopologySettings settings,
        long connectTimeoutNanos,
        Clock clock,
        Supplier<EventLoop> loops,
        MonitorConnection.Factory monitorConnections,
        PoolControl.Factory pools,
        Randomness random,
        List<TopologyListener> topologyListeners,
        List<ServerListener> serverListeners,
        List<ServerMonitorListener> monitorListeners,
        ClientLog log) {}
