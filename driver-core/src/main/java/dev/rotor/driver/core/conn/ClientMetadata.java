package dev.rotor.driver.core.conn;

import dev.rotor.driver.MongoDriverInformation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the handshake tells servers of this client. Wrapping libraries may add themselves at any time; connections made
 * after that tell of them.
 *
 * @see <a href="https://github.com/mongodb/specifications/blob/master/source/mongodb-handshake/handshake.md">MongoDB
 *     Handshake</a>
 */
public final class ClientMetadata {

    private final @Nullable String applicationName;
    private final ClientEnvironment environment;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Told told;

    /**
     * The metadata of one client.
     *
     * @param applicationName the application's name, or {@code null}
     * @param library a library that wraps the driver, or {@code null}
     * @param environment what the driver runs in
     */
    public ClientMetadata(
            @Nullable String applicationName, @Nullable MongoDriverInformation library, ClientEnvironment environment) {
        this.applicationName = applicationName;
        this.environment = environment;
        this.told = tell(library == null ? List.of() : List.of(library));
    }

    /** Adds a wrapping library; one that equals another is not added again. */
    public void append(MongoDriverInformation library) {
        lock.lock();
        try {
            Told before = told;
            if (!before.libraries.contains(library)) {
                List<MongoDriverInformation> libraries = new ArrayList<>(before.libraries);
                libraries.add(library);
                told = tell(libraries);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The {@code client} document of the handshake, at most 512 bytes of BSON; not to be changed. */
    byte[] bson() {
        return told.bson;
    }

    private Told tell(List<MongoDriverInformation> libraries) {
        return new Told(List.copyOf(libraries), ClientDocument.encode(applicationName, libraries, environment));
    }

    private static final class Told {
        private final List<MongoDriverInformation> libraries;
        private final byte[] bson;

        Told(List<MongoDriverInformation> libraries, byte[] bson) {
            this.libraries = libraries;
            this.bson = bson;
        }
    }
}
