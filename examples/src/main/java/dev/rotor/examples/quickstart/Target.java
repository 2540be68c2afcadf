package dev.rotor.examples.quickstart;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.ServerAddress;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The server that the quickstart runs on.
 *
 * @param connectionString how to reach it
 * @param embedded the server in this process, or {@code null} if it is somebody else's
 */
record Target(ConnectionString connectionString, @Nullable EmbeddedServer embedded) implements AutoCloseable {

    /**
     * The user's server, or else one in this process.
     *
     * @param uri the user's, or {@code null}
     * @return a target, to be closed
     */
    static Target of(@Nullable ConnectionString uri) {
        if (uri != null) {
            return new Target(uri, null);
        }
        EmbeddedServer server = EmbeddedServer.start();
        return new Target(server.connectionString(), server);
    }

    String database() {
        String named = connectionString.database();
        return named == null ? Workspace.DEFAULT_DATABASE : named;
    }

    /** What and where it is, without credentials. */
    String serverName() {
        String srvHost = connectionString.srvHost();
        String where = srvHost != null
                ? srvHost
                : connectionString.hosts().stream().map(ServerAddress::toString).collect(Collectors.joining(", "));
        return embedded == null ? where : "mongo-java-server in this process, " + where;
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
