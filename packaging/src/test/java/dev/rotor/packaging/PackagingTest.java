package dev.rotor.packaging;

import dev.rotor.testserver.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server for the application, and its jars. */
abstract class PackagingTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @SuppressWarnings("NullAway.Init")
    Jars jars;

    @SuppressWarnings("NullAway.Init")
    Application application;

    @BeforeEach
    void startTheServer() throws Exception {
        server = TestServer.standalone().start();
        jars = new Jars(folder);
        application = new Application(folder, server.connectionString());
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    @SafeVarargs
    static List<Path> together(List<Path>... parts) {
        List<Path> all = new ArrayList<>();
        for (List<Path> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
