package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What follows when an operation meets a network error while the monitor is checking. */
class CancelledCheckTest {

    /** The check is cancelled on the monitor's loop, and the retry may ask for one before that has happened. */
    @Test
    void aRetryDoesNotWaitForTheNextHeartbeat() {
        ClusterRig rig = ClusterRig.replicaSet(1, "&heartbeatFrequencyMS=10000&serverSelectionTimeoutMS=5000");
        rig.done(rig.collection().insertOne(new Document("_id", 1)));
        // A check is under way when the insert breaks.
        rig.member(0).helloDelay = Duration.ofMillis(300);
        rig.pass(Duration.ofMillis(10_050));
        rig.member(0).helloDelay = Duration.ZERO;
        rig.member(0).fail(1, "insert", FakeMember.BREAK);

        CompletionStage<?> inserted = rig.collection().insertOne(new Document("_id", 2));
        rig.pass(Duration.ofSeconds(1));

        assertThat(inserted.toCompletableFuture()).isCompleted();
        assertThat(rig.events).containsOnlyOnce("pool cleared");
    }
}
