package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.util.Objects;

/**
 * Which connection something happened on.
 *
 * @param server the server at its other end
 * @param localId the driver's number for it, unique within the pool of the server, from 1
 * @param serverId the server's number for it, as its logs show it; -1 while it is not known
 */
public record ConnectionId(ServerAddress server, long localId, long serverId) {

    public ConnectionId {
        Objects.requireNonNull(server, "server");
    }

    /** For example {@code db1:27017#3/8812}: server, the driver's number, the server's number if known. */
    @Override
    public String toString() {
        return server + "#" + localId + (serverId < 0 ? "" : "/" + serverId);
    }
}
