package dev.rotor.transport.netty.testing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.event.ServerHeartbeatFailedEvent;
import dev.rotor.driver.event.ServerMonitorListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.bson.Document;

/**
 * Waits until a client that cannot reach its server has found that out: its server selection may then be as short as
 * {@link #SHORT}, however busy the machine is.
 */
public final class FirstFailure implements ServerMonitorListener {

    /** Of a URI. */
    public static final String SHORT = "serverSelectionTimeoutMS=200";

    private final CompletableFuture<ServerHeartbeatFailedEvent> known = new CompletableFuture<>();

    /** One per client. */
    public FirstFailure() {}

    @Override
    public void serverHeartbeatFailed(ServerHeartbeatFailedEvent event) {
        known.complete(event);
    }

    /** What a call of the client says that does not reach its server, with the words about the selection. */
    public String of(MongoClient client) throws Exception {
        known.get(60, SECONDS);
        Throwable failure = catchThrowable(() -> client.getDatabase("admin")
                .runCommand(new Document("ping", 1))
                .toCompletableFuture()
                .get(60, SECONDS));
        assertThat(failure).isInstanceOf(ExecutionException.class);
        return String.valueOf(failure.getMessage());
    }
}
