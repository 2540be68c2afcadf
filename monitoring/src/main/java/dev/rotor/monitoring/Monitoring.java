package dev.rotor.monitoring;

import dev.rotor.driver.MongoClientSettings;
import dev.rotor.monitoring.slf4j.CommandLogger;
import dev.rotor.monitoring.slf4j.ConnectionPoolLogger;
import dev.rotor.monitoring.slf4j.HeartbeatLogger;
import dev.rotor.monitoring.slf4j.LogOptions;
import dev.rotor.monitoring.slf4j.MdcContextCarrier;
import dev.rotor.monitoring.slf4j.ServerLogger;
import dev.rotor.monitoring.slf4j.TopologyLogger;

/**
 * Adds ready-made listeners to the settings of a client, all of a kind in one line. Listeners are added to those that
 * are there already: whoever calls this twice for one client has every line twice.
 */
public final class Monitoring {

    private Monitoring() {}

    /**
     * Writes whatever the client does to the log, with {@link LogOptions#DEFAULT}.
     *
     * @param builder collects the settings of a client
     * @return the builder
     */
    public static MongoClientSettings.Builder logAll(MongoClientSettings.Builder builder) {
        return logAll(builder, LogOptions.DEFAULT);
    }

    /**
     * Writes whatever the client does to the log.
     *
     * <p>With {@code carryMdc} the lines, and the completions of operations, have the logging context of whoever called
     * the operation, unless another context carrier is set; that one may be
     * {@linkplain dev.rotor.driver.ContextCarrier#and joined} with a {@link MdcContextCarrier}.
     *
     * @param builder collects the settings of a client
     * @param options where and how the listeners write
     * @return the builder
     */
    public static MongoClientSettings.Builder logAll(MongoClientSettings.Builder builder, LogOptions options) {
        builder.addCommandListener(new CommandLogger(options.commands()))
                .addServerListener(new ServerLogger(options.servers()))
                .addTopologyListener(new TopologyLogger(options.topologies()))
                .addServerMonitorListener(new HeartbeatLogger(options.heartbeats()))
                .addConnectionPoolListener(new ConnectionPoolLogger(options.connectionPools()));
        return options.carryMdc() && builder.contextCarrier() == null
                ? builder.contextCarrier(new MdcContextCarrier())
                : builder;
    }
}
