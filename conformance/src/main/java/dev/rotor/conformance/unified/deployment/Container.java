package dev.rotor.conformance.unified.deployment;

import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mongodb.MongoDBContainer;

/** A replica set of one member, of a real MongoDB, in a container. Never tried where there is no Docker. */
final class Container {

    private static final String IMAGE = "mongo:8.2";

    private Container() {}

    /** Why there can be no container here, in a sentence that says what to do; nothing when there can. */
    static Optional<String> unavailable() {
        boolean available;
        try {
            available = DockerClientFactory.instance().isDockerAvailable();
        } catch (RuntimeException | LinkageError notThere) {
            available = false;
        }
        return available
                ? Optional.empty()
                : Optional.of("Docker is not there: install and start it, or name a deployment with"
                        + " -Dconformance.uri or MONGODB_URI");
    }

    /** Starts one. The container ends with this JVM; its address is told as that of one server. */
    static String start() {
        @SuppressWarnings("resource") // Lives as long as the run does; the library's reaper ends it.
        MongoDBContainer container = new MongoDBContainer(IMAGE).withReplicaSet();
        container.setCommand("--replSet", "docker-rs", "--setParameter", "enableTestCommands=1");
        container.start();
        return container.getConnectionString() + "/?directConnection=true";
    }
}
