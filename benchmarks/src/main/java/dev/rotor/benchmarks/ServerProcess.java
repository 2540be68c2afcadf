package dev.rotor.benchmarks;

import dev.rotor.benchmarks.server.CannedServer;
import java.io.IOException;
import java.util.List;

/** The canned server in a process of its own. */
public final class ServerProcess implements AutoCloseable {

    private final ChildJvm jvm;
    private final String uri;

    private ServerProcess(ChildJvm jvm, String uri) {
        this.jvm = jvm;
        this.uri = uri;
    }

    /**
     * Starts the server.
     *
     * @param arguments as the server's command line has them
     * @return the running server
     * @throws IOException if it does not start
     */
    public static ServerProcess start(String... arguments) throws IOException {
        ChildJvm jvm = ChildJvm.start(List.of(), List.of(), "", CannedServer.class, arguments);
        try {
            return new ServerProcess(jvm, "mongodb://127.0.0.1:" + jvm.readLine(CannedServer.LISTENING));
        } catch (IOException e) {
            jvm.close();
            throw e;
        }
    }

    /** The connection string that leads to it. */
    public String uri() {
        return uri;
    }

    @Override
    public void close() {
        jvm.close();
    }
}
