package dev.rotor.transport.netty.testing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.event.ServerHeartbeatFailedEvent;
import dev.rotor.driver.event.ServerMonitorListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.AbstractStringAssert;
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

    /**
     * Asserts that a call of the client, which does not reach its server, fails with these words. An attempt that the
     * machine held up may have failed for want of time instead: then the next ones are looked at too.
     *
     * @return what it said, to look at further
     */
    public AbstractStringAssert<?> says(MongoClient client, String words) throws Exception {
        known.get(60, SECONDS);
        long until = System.nanoTime() + SECONDS.toNanos(30);
        String said;
        do {
            said = failure(client);
        } while (!said.contains(words) && System.nanoTime() - until < 0);
        return assertThat(said).contains(words);
    }

    private static String failure(MongoClient client) {
        Throwable failure = catchThrowable(() -> client.getDatabase("admin")
                .runCommand(new Document("ping", 1))
                .toCompletableFuture()
                .get(60, SECONDS));
        assertThat(failure).isInstanceOf(ExecutionException.class);
        return String.valueOf(failure.getMessage());
    }
}
