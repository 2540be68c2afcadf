package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.SocketSettings;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.core.op.StableApi;
import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.bson.BsonDocument;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.junit.jupiter.api.Test;

/** One operation: what decorates it, what may go wrong around it, and that everything is given back. */
class ExecutionTest {

    private static final String FOUND = ClientRig.batch("firstBatch", 0, 1, 1);

    private final ClientRig rig = new ClientRig();
    private final List<String> told = new ArrayList<>();

    private record Broken(boolean encoding) {}

    /** Throws where it is told to, after having written or read something. */
    private static final class BrokenCodec implements Codec<Broken> {
        @Override
        public void encode(BsonWriter writer, Broken value, EncoderContext context) {
            writer.writeStartDocument();
            writer.writeInt32("a", 1);
            if (value.encoding()) {
                throw new IllegalStateException("cannot encode");
            }
            writer.writeEndDocument();
        }

        @Override
        public Broken decode(BsonReader reader, DecoderContext context) {
            reader.readStartDocument();
            throw new IllegalStateException("cannot decode");
        }

        @Override
        public Class<Broken> getEncoderClass() {
            return Broken.class;
        }
    }

    private MongoCollection<Broken> broken() {
        return rig.database()
                .withCodecRegistry(CodecRegistries.fromRegistries(
                        CodecRegistries.fromCodecs(new BrokenCodec()), MongoClientSettings.DEFAULT_CODEC_REGISTRY))
                .getCollection("things", Broken.class);
    }

    private void assertUsable() {
        rig.assertBalanced();
        rig.answer(FOUND);
        assertThat(rig.done(rig.collection().find().first())).isEqualTo(new Document("_id", 1));
        rig.assertBalanced();
    }

    @Test
    void aCodecThatThrowsWhileEncodingFailsTheCallAndNothingElse() {
        Throwable failure = rig.failure(broken().insertOne(new Broken(true)));

        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("cannot encode");
        assertThat(rig.sent).isEmpty();
        assertUsable();
        assertThat(rig.transport.attempts()).hasSize(1);
    }

    @Test
    void aCodecThatThrowsWhileDecodingFailsTheCallAndNothingElse() {
        rig.answer(FOUND);

        Throwable failure = rig.failure(broken().find().first());

        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("cannot decode");
        assertUsable();
        assertThat(rig.transport.attempts()).hasSize(1);
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void aRegistryThatKnowsTheUsersClassAloneIsEnough() {
        rig.answer("{ok: 1, cursor: {id: 0, ns: 'app.things', firstBatch: []}}");
        MongoCollection<Broken> alone = rig.database()
                .withCodecRegistry(CodecRegistries.fromCodecs(new BrokenCodec()))
                .getCollection("things", Broken.class);

        assertThat(rig.done(alone.find().first())).isNull();
    }

    @Test
    void aCommandLongerThanAMessageFailsTheCallAndNothingElse() {
        rig.limits = "maxBsonObjectSize: 16777216, maxMessageSizeBytes: 2000, maxWriteBatchSize: 100000";

        Throwable failure = rig.failure(
                rig.collection().find(new Document("a", "x".repeat(3000))).first());

        assertThat(failure)
                .isInstanceOf(BsonMaximumSizeExceededException.class)
                .hasMessageContaining("2000")
                .hasMessageContaining("db1:27017");
        assertThat(rig.sent).isEmpty();
        assertUsable();
    }

    @Test
    void aReplyWithoutACursorIsAClearErrorAndTheConnectionStaysUsable() {
        rig.answer("{ok: 1}");

        Throwable failure = rig.failure(rig.collection().find().first());

        assertThat(failure)
                .isInstanceOf(MongoProtocolException.class)
                .hasMessageContaining("db1:27017")
                .hasMessageContaining("find");
        assertUsable();
    }

    @Test
    void aSelectionThatThrowsFailsTheCall() {
        rig.database();
        rig.server.brokenSelection = new IllegalStateException("no selector");

        assertThat(rig.failure(rig.collection().find().first())).hasMessage("no selector");

        rig.server.brokenSelection = null;
        assertUsable();
    }

    @Test
    void aSelectionThatThrowsOnTheRetryFailsTheCall() {
        rig.script = message -> {
            rig.server.brokenSelection = new IllegalStateException("no selector");
            return ClientRig.BREAK;
        };

        assertThat(rig.failure(rig.collection().find().first())).hasMessage("no selector");
        rig.assertBalanced();
    }

    @Test
    void cancellingDuringTheSelectionLeavesTheQueue() {
        rig.database();
        rig.server.known = false;
        CompletableFuture<Document> found = rig.collection().find().first().toCompletableFuture();
        assertThat(rig.server.waiting).hasSize(1);

        found.cancel(false);

        assertThat(rig.server.waiting).isEmpty();
        rig.server.appear();
        rig.assertBalanced();
        assertThat(rig.sent).isEmpty();
    }

    @Test
    void cancellingDuringTheCheckoutLeavesTheQueue() {
        rig.poolSize = 1;
        CompletionStage<Document> first = rig.collection().find().first();
        rig.run();
        CompletableFuture<Document> second = rig.collection().find().first().toCompletableFuture();
        assertThat(rig.server.pool().statistics().waiting()).isEqualTo(1);

        second.cancel(false);

        assertThat(rig.server.pool().statistics().waiting()).isZero();
        rig.reply(FOUND);
        rig.done(first);
        rig.assertBalanced();
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void cancellingAfterSendingDropsTheReplyAndKeepsTheConnection() {
        CompletableFuture<Document> found = rig.collection().find().first().toCompletableFuture();
        rig.run();
        assertThat(rig.sent).hasSize(1);

        found.cancel(false);
        assertThat(rig.server.pool().statistics().inUse()).isEqualTo(1);
        rig.reply(FOUND);

        assertThat(rig.failure(found)).isInstanceOf(CancellationException.class);
        assertUsable();
        assertThat(rig.transport.attempts()).hasSize(1);
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void cancellingAfterSendingEndsTheRetries() {
        CompletableFuture<Document> found = rig.collection().find().first().toCompletableFuture();
        rig.run();
        found.cancel(false);

        rig.breakWire();

        assertThat(rig.sent).hasSize(1);
        assertUsable();
    }

    @Test
    void aCompletionExecutorRunsWhatFollows() {
        List<Runnable> tasks = new ArrayList<>();
        rig.completions = tasks::add;
        rig.answer(FOUND);
        CompletableFuture<Document> found = rig.collection().find().first().toCompletableFuture();
        rig.run();

        assertThat(found).isNotDone();
        tasks.forEach(Runnable::run);
        assertThat(found).isCompletedWithValue(new Document("_id", 1));
    }

    @Test
    void aCompletionExecutorThatRejectsOrBreaksLosesNoResult() {
        rig.completions = task -> {
            if (rig.sent.size() == 1) {
                throw new RejectedExecutionException("shut down");
            }
            throw new LinkageError("broken");
        };
        rig.script = message -> FOUND;

        assertThat(rig.done(rig.collection().find().first())).isEqualTo(new Document("_id", 1));
        assertThat(rig.done(rig.collection().find().first())).isEqualTo(new Document("_id", 1));
        rig.assertBalanced();
    }

    @Test
    void theContextOfTheCallIsThereWhenTheResultComes() {
        String[] current = {"none"};
        rig.context = () -> {
            String captured = current[0];
            return () -> {
                String outer = current[0];
                current[0] = captured;
                return () -> current[0] = outer;
            };
        };
        current[0] = "request 7";
        CompletionStage<String> seen = rig.collection().find().first().thenApply(found -> current[0]);
        current[0] = "another";
        rig.answer(FOUND);

        assertThat(rig.done(seen)).isEqualTo("request 7");
        assertThat(current[0]).isEqualTo("another");
    }

    @Test
    void aContextCarrierThatThrowsCostsTheContextAndNotTheResult() {
        rig.script = message -> FOUND;
        rig.context = () -> {
            throw new IllegalStateException("no context");
        };
        assertThat(rig.done(rig.collection().find().first())).isNotNull();

        ClientRig other = new ClientRig();
        other.script = message -> FOUND;
        other.context = () -> () -> {
            if (other.sent.size() == 1) {
                throw new IllegalStateException("cannot restore");
            }
            return () -> {
                throw new IllegalStateException("cannot undo");
            };
        };
        assertThat(other.done(other.collection().find().first())).isNotNull();
        assertThat(other.done(other.collection().find().first())).isNotNull();
        other.assertBalanced();
    }

    @Test
    void aContextWithNothingInItCostsNothing() {
        rig.context = () -> ContextCarrier.Snapshot.NONE;
        rig.answer(FOUND);

        assertThat(rig.done(rig.collection().find().first())).isNotNull();
    }

    @Test
    void theHighestClusterTimeIsPassedOn() {
        String time = "{ok: 1, cursor: {id: 0, ns: 'app.things', firstBatch: []},"
                + " $clusterTime: {clusterTime: {$timestamp: {t: %d, i: 1}}, signature: {keyId: 0}}}";
        rig.answer(time.formatted(20), time.formatted(10), FOUND);

        rig.done(rig.collection().find().first());
        rig.done(rig.collection().find().first());
        rig.done(rig.collection().find().first());

        assertThat(rig.body(0).containsKey("$clusterTime")).isFalse();
        for (int i = 1; i < 3; i++) {
            assertThat(rig.body(i)
                            .getDocument("$clusterTime")
                            .getTimestamp("clusterTime")
                            .getTime())
                    .isEqualTo(20);
            assertThat(rig.body(i).getDocument("$clusterTime").containsKey("signature"))
                    .isTrue();
        }
    }

    @Test
    void aStandaloneGetsNeitherClusterTimeNorReadPreference() {
        rig.kind = ClientRig.STANDALONE;
        rig.readPreference = ReadPreference.SECONDARY;
        rig.answer(
                "{ok: 1, cursor: {id: 0, ns: 'app.things', firstBatch: []},"
                        + " $clusterTime: {clusterTime: {$timestamp: {t: 20, i: 1}}}}",
                FOUND);
        rig.done(rig.collection().find().first());
        rig.done(rig.collection().find().first());

        assertThat(rig.body(1).keySet()).doesNotContain("$clusterTime", "$readPreference");
    }

    @Test
    void aReplicaSetAndAMongosAreToldTheReadPreferenceThatIsNotPrimary() {
        for (String kind : List.of(ClientRig.REPLICA_SET, ClientRig.MONGOS)) {
            ClientRig one = new ClientRig();
            one.kind = kind;
            one.script = message -> FOUND;
            one.done(one.collection().find().first());
            one.done(one.collection()
                    .withReadPreference(ReadPreference.SECONDARY_PREFERRED)
                    .find()
                    .first());

            assertThat(one.body(0).containsKey("$readPreference")).isFalse();
            assertThat(one.body(1).getDocument("$readPreference"))
                    .isEqualTo(BsonDocument.parse("{mode: 'secondaryPreferred'}"));
        }
    }

    @Test
    void aMemberThatIsReachedDirectlyIsToldThatASecondaryWillDo() {
        rig.server.direct = true;
        rig.script = message -> message.commandName().equals("insert") ? "{ok: 1, n: 1}" : FOUND;

        rig.done(rig.collection().find().first());
        rig.done(rig.database().listCollections().toList());
        rig.done(rig.collection().listIndexes().toList());
        rig.done(rig.collection().insertOne(new Document("_id", 1)));

        for (int i = 0; i < 3; i++) {
            assertThat(rig.body(i).getDocument("$readPreference"))
                    .as(rig.body(i).getFirstKey())
                    .isEqualTo(BsonDocument.parse("{mode: 'primaryPreferred'}"));
        }
        assertThat(rig.body(3).containsKey("$readPreference")).isFalse();
    }

    @Test
    void concernsGoWithTheCommandsThatTakeThem() {
        rig.readConcern = ReadConcern.MAJORITY;
        rig.writeConcern = WriteConcern.MAJORITY;
        rig.script = message -> message.commandName().equals("insert") ? "{ok: 1, n: 1}" : FOUND;

        rig.done(rig.collection().find().first());
        rig.done(rig.collection().insertOne(new Document("_id", 1)));
        rig.done(rig.database().listCollections().toList());

        assertThat(rig.body(0).getDocument("readConcern")).isEqualTo(BsonDocument.parse("{level: 'majority'}"));
        assertThat(rig.body(0).containsKey("writeConcern")).isFalse();
        assertThat(rig.body(1).getDocument("writeConcern")).isEqualTo(BsonDocument.parse("{w: 'majority'}"));
        assertThat(rig.body(1).containsKey("readConcern")).isFalse();
        assertThat(rig.body(2).keySet()).doesNotContain("readConcern", "writeConcern");
    }

    @Test
    void theStableApiIsDeclaredWithEveryCommandOfACursor() {
        rig.stableApi = new StableApi(ServerApi.V1.withStrict(true));
        rig.answer(ClientRig.batch("firstBatch", 9, 0, 1), ClientRig.batch("nextBatch", 0, 1, 1));

        rig.done(rig.collection().find().toList());

        assertThat(rig.sentNames()).containsExactly("find", "getMore");
        assertThat(rig.sent).allSatisfy(message -> {
            assertThat(message.body().getString("apiVersion").getValue()).isEqualTo("1");
            assertThat(message.body().getBoolean("apiStrict").getValue()).isTrue();
            assertThat(message.body().containsKey("apiDeprecationErrors")).isFalse();
        });
    }

    @Test
    void tenThousandQueuedReadsAreSentInTheOrderOfTheCalls() {
        rig.poolSize = 1;
        rig.script = message -> FOUND;
        List<CompletableFuture<Document>> reads = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            reads.add(rig.collection().find(new Document("n", i)).first().toCompletableFuture());
        }
        rig.run();

        assertThat(reads).allSatisfy(read -> assertThat(read).isDone());
        for (int i = 0; i < 10_000; i++) {
            assertThat(rig.body(i).getDocument("filter").getInt32("n").getValue())
                    .isEqualTo(i);
        }
        assertThat(rig.transport.attempts()).hasSize(1);
        rig.assertBalanced();
    }

    @Test
    void waitingOnALoopIsRefusedForEveryStageUntilItIsDone() {
        CompletableFuture<String> derived =
                rig.collection().find().first().thenApply(found -> "x").toCompletableFuture();
        List<Throwable> thrown = new ArrayList<>();
        rig.transport.loop().runInLoop(() -> {
            try {
                derived.join();
            } catch (RuntimeException e) {
                thrown.add(e);
            }
        });
        assertThat(thrown).hasSize(1);
        assertThat(thrown.get(0)).hasMessageContaining(Thread.currentThread().getName());
        assertThatThrownBy(() -> derived.getNow(null).length()).isInstanceOf(NullPointerException.class);

        rig.run();
        rig.reply(FOUND);
        rig.transport.loop().runInLoop(() -> assertThat(derived.join()).isEqualTo("x"));
        assertThat(rig.transport.loop().failures()).isEmpty();
    }

    // ---- what should throw nothing, and does

    private void openAConnection() {
        rig.answer(FOUND);
        rig.done(rig.collection().find().first());
    }

    @Test
    void anErrorThatTheWireThrowsWhileSendingIsTheCallsFailure() {
        rig.retryReads = false;
        openAConnection();
        Error broken = new LinkageError("no such method");
        rig.transport.lastAttempt().wire().breakSend(broken);

        assertThat(rig.failure(rig.collection().find().first()))
                .isInstanceOf(MongoConnectionException.class)
                .hasCause(broken);
        assertUsable();
    }

    @Test
    void aWireThatThrowsWhileSendingAndAgainWhenItIsClosedHoldsNothingBack() {
        rig.retryReads = false;
        openAConnection();
        Error broken = new LinkageError("no such method");
        rig.transport.lastAttempt().wire().breakSend(broken).breakEnd(new LinkageError("nor this one"));

        assertThat(rig.failure(rig.collection().find().first()))
                .isInstanceOf(MongoConnectionException.class)
                .hasCause(broken);
        assertUsable();
    }

    @Test
    void whateverKeepsACommandFromBeingSentIsTheCallsFailure() {
        rig.sockets =
                SocketSettings.builder().socketTimeout(Duration.ofSeconds(5)).build();
        rig.listeners = List.of(new CommandListener() {
            @Override
            public void commandFailed(CommandFailedEvent event) {
                told.add(event.commandName());
            }
        });
        openAConnection();
        Error broken = new LinkageError("no time");
        rig.clock = () -> {
            throw broken;
        };
        var reading = rig.collection().find().first();
        rig.clock = rig.transport.clock();

        assertThat(rig.failure(reading)).isSameAs(broken);
        assertThat(told).containsExactly("find");
        assertThat(rig.transport.lastAttempt().wire().isClosed())
                .as("the connection is not used again")
                .isTrue();
        assertUsable();
    }

    @Test
    void whatIsThrownWhileABrokenConnectionIsLookedIntoIsTheCallsFailure() {
        rig.answer(ClientRig.BREAK);
        Error broken = new LinkageError("no such rule");
        rig.server.brokenFailure = broken;

        assertThat(rig.failure(rig.collection().find().first())).isSameAs(broken);
        rig.server.brokenFailure = null;
        assertUsable();
    }
}
