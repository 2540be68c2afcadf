package dev.rotor.monitoring.slf4j;

import java.util.Objects;

/**
 * Where and how all the listeners write.
 *
 * @param commands of {@link CommandLogger}
 * @param servers of {@link ServerLogger}
 * @param topologies of {@link TopologyLogger}
 * @param heartbeats of {@link HeartbeatLogger}
 * @param connectionPools of {@link ConnectionPoolLogger}
 * @param carryMdc whether lines show the logging context of whoever called the operation
 */
public record LogOptions(
        CommandLogOptions commands,
        EventLogOptions servers,
        EventLogOptions topologies,
        EventLogOptions heartbeats,
        EventLogOptions connectionPools,
        boolean carryMdc) {

    /** Each listener's default, and the caller's logging context. */
    public static final LogOptions DEFAULT = new LogOptions(
            CommandLogOptions.DEFAULT,
            ServerLogger.DEFAULT,
            TopologyLogger.DEFAULT,
            HeartbeatLogger.DEFAULT,
            ConnectionPoolLogger.DEFAULT,
            true);

    /** Checks the components. */
    public LogOptions {
        Objects.requireNonNull(commands, "commands");
        Objects.requireNonNull(servers, "servers");
        Objects.requireNonNull(topologies, "topologies");
        Objects.requireNonNull(heartbeats, "heartbeats");
        Objects.requireNonNull(connectionPools, "connectionPools");
    }

    /**
     * The same with other options for commands.
     *
     * @param commands of {@link CommandLogger}
     * @return a copy
     */
    public LogOptions commands(CommandLogOptions commands) {
        return new LogOptions(commands, servers, topologies, heartbeats, connectionPools, carryMdc);
    }

    /**
     * The same with other options for servers.
     *
     * @param servers of {@link ServerLogger}
     * @return a copy
     */
    public LogOptions servers(EventLogOptions servers) {
        return new LogOptions(commands, servers, topologies, heartbeats, connectionPools, carryMdc);
    }

    /**
     * The same with other options for topologies.
     *
     * @param topologies of {@link TopologyLogger}
     * @return a copy
     */
    public LogOptions topologies(EventLogOptions topologies) {
        return new LogOptions(commands, servers, topologies, heartbeats, connectionPools, carryMdc);
    }

    /**
     * The same with other options for heartbeats.
     *
     * @param heartbeats of {@link HeartbeatLogger}
     * @return a copy
     */
    public LogOptions heartbeats(EventLogOptions heartbeats) {
        return new LogOptions(commands, servers, topologies, heartbeats, connectionPools, carryMdc);
    }

    /**
     * The same with other options for connection pools.
     *
     * @param connectionPools of {@link ConnectionPoolLogger}
     * @return a copy
     */
    public LogOptions connectionPools(EventLogOptions connectionPools) {
        return new LogOptions(commands, servers, topologies, heartbeats, connectionPools, carryMdc);
    }

    /**
     * The same with or without the caller's logging context.
     *
     * @param carryMdc whether {@link MdcContextCarrier} is set where no carrier is
     * @return a copy
     */
    public LogOptions carryMdc(boolean carryMdc) {
        return new LogOptions(commands, servers, topologies, heartbeats, connectionPools, carryMdc);
    }
}
