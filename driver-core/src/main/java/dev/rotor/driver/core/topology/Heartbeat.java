package dev.rotor.driver.core.topology;

import dev.rotor.driver.ServerAddress;

/**
 * A heartbeat of a monitor.
 *
 * @param server the server
 * @param connectionId the driver's number for the monitor's connection
 * @param serverConnectionId the server's number for it; -1 while it is not known
 * @param awaited whether the server was allowed to delay its reply
 */
record Heartbeat(ServerAddress server, long connectionId, long serverConnectionId, boolean awaited) {

    Heartbeat serverConnectionId(long known) {
        return new Heartbeat(server, connectionId, known, awaited);
    }
}
