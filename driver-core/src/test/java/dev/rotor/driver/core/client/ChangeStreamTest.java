package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ChangeStreamCursor;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.WatchQuery;
import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import dev.rotor.driver.model.changestream.FullDocument;
import dev.rotor.driver.model.changestream.FullDocumentBeforeChange;
import dev.rotor.driver.model.changestream.OperationType;
import dev.rotor.driver.model.changestream.SplitEvent;
import dev.rotor.driver.model.changestream.TruncatedArray;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Change streams: what opens them, how far they have come, and how they go on after failures. */
class ChangeStreamTest {

    private static final String RESUMABLE =
            "{ok: 0, code: 10107, errmsg: 'not primary', errorLabels: ['ResumableChangeStreamError']}";

    private final ClientRig rig = new ClientRig();

    @BeforeEach
    void aRealServer() {
        rig.wireVersion = 17;
        rig.readPreference = ReadPreference.SECONDARY_PREFERRED;
    }

    private static BsonDocument token(String data) {
        return new BsonDocument("_data", new BsonString(data));
    }

    private static String batch(String kind, long id, String postBatchToken, String... tokens) {
        String changes = Stream.of(tokens)
                .map(token -> "{_id: {_data: '" + token + "'}, operationType: 'insert'}")
                .collect(Collectors.joining(", "));
        return "{ok: 1, operationTime: {$timestamp: {t: 7, i: 1}}, cursor: {id: {$numberLong: '" + id
                + "'}, ns: 'app.things', " + kind + ": [" + changes + "]"
                + (postBatchToken.isEmpty() ? "" : ", postBatchResumeToken: {_data: '" + postBatchToken + "'}") + "}}";
    }

    private static String first(long id, String postBatchToken, String... tokens) {
        return batch("firstBatch", id, postBatchToken, tokens);
    }

    private static String next(long id, String postBatchToken, String... tokens) {
        return batch("nextBatch", id, postBatchToken, tokens);
    }

    private ChangeStreamCursor<ChangeStreamDocument<Document>> opened(String reply) {
        return opened(rig.collection().watch(), reply);
    }

    private <T> ChangeStreamCursor<T> opened(WatchQuery<T> query, String reply) {
        rig.answer(reply);
        return rig.done(query.open());
    }

    private BsonDocument stage(int index) {
        return rig.body(index).getArray("pipeline").get(0).asDocument().getDocument("$changeStream");
    }

    @Test
    void theStageComesFirstAndHasOnlyWhatWasAskedFor() {
        opened(rig.collection().watch(List.of(new Document("$match", new Document("a", 1)))), first(5, "p"));

        BsonDocument command = rig.body(0);
        assertThat(command.getString("aggregate").getValue()).isEqualTo("things");
        assertThat(command.getArray("pipeline"))
                .containsExactly(BsonDocument.parse("{$changeStream: {}}"), BsonDocument.parse("{$match: {a: 1}}"));
        assertThat(command.getDocument("cursor")).isEmpty();
        assertThat(command).containsKey("lsid").doesNotContainKey("readConcern");
    }

    @Test
    void everyOptionGoesWhereTheSpecificationPutsIt() {
        rig.readConcern = ReadConcern.MAJORITY;
        opened(
                rig.collection()
                        .watch()
                        .fullDocument(FullDocument.UPDATE_LOOKUP)
                        .fullDocumentBeforeChange(FullDocumentBeforeChange.of("somethingNew"))
                        .startAtOperationTime(new BsonTimestamp(3, 4))
                        .showExpandedEvents(true)
                        .batchSize(9)
                        .comment("who")
                        .maxAwaitTime(Duration.ofMillis(250)),
                first(5, "p"));
        rig.answer(next(5, "p", "a"));

        assertThat(stage(0))
                .isEqualTo(BsonDocument.parse("{fullDocument: 'updateLookup', fullDocumentBeforeChange: 'somethingNew',"
                        + " startAtOperationTime: {$timestamp: {t: 3, i: 4}}, showExpandedEvents: true}"));
        BsonDocument command = rig.body(0);
        assertThat(command.getDocument("cursor")).isEqualTo(BsonDocument.parse("{batchSize: 9}"));
        assertThat(command.getString("comment").getValue()).isEqualTo("who");
        assertThat(command.getDocument("readConcern")).isEqualTo(BsonDocument.parse("{level: 'majority'}"));
        assertThat(command).doesNotContainKey("maxTimeMS");
    }

    @Test
    void databasesAndDeploymentsAreWatchedByAggregatesOnTheDatabase() {
        opened(rig.database().watch(), first(5, "p"));
        opened(rig.cluster().watch(), first(6, "p"));

        assertThat(rig.body(0).getInt32("aggregate").getValue()).isEqualTo(1);
        assertThat(rig.body(0).getString("$db").getValue()).isEqualTo("app");
        assertThat(stage(0)).isEmpty();
        assertThat(rig.body(1).getInt32("aggregate").getValue()).isEqualTo(1);
        assertThat(rig.body(1).getString("$db").getValue()).isEqualTo("admin");
        assertThat(stage(1)).isEqualTo(BsonDocument.parse("{allChangesForCluster: true}"));
    }

    @Test
    void getMoresNameTheCollectionOfTheReply() {
        ChangeStreamCursor<?> stream = opened(
                rig.database().watch(),
                "{ok: 1, cursor: {id: {$numberLong: '5'}, ns: 'app.$cmd.aggregate', firstBatch: []}}");
        rig.answer(next(5, "p", "a"));

        rig.done(stream.next());

        assertThat(rig.body(1).getString("collection").getValue()).isEqualTo("$cmd.aggregate");
    }

    @Test
    void getMoresWaitAsLongAsTheyWereTold() {
        ChangeStreamCursor<?> stream = opened(
                rig.collection().watch().maxAwaitTime(Duration.ofMillis(250)).batchSize(3), first(5, "p"));
        rig.answer(next(5, "p", "a"));

        rig.done(stream.next());

        assertThat(rig.body(1).getInt64("maxTimeMS").getValue()).isEqualTo(250);
        assertThat(rig.body(1).getInt32("batchSize").getValue()).isEqualTo(3);
    }

    @Test
    void prose1TheLastSeenTokenIsTracked() {
        ChangeStreamCursor<?> stream = opened(first(5, "", "a", "b"));

        rig.done(stream.next());
        assertThat(stream.resumeToken()).isEqualTo(token("a"));
        rig.done(stream.next());
        assertThat(stream.resumeToken()).isEqualTo(token("b"));
        rig.answer(next(5, "", "c"));
        rig.done(stream.next());
        assertThat(stream.resumeToken()).isEqualTo(token("c"));
    }

    @Test
    void prose2AChangeWithoutATokenFailsAndClosesTheStream() {
        ChangeStreamCursor<?> stream = opened(
                "{ok: 1, cursor: {id: {$numberLong: '5'}, ns: 'app.things', firstBatch: [{operationType: 'insert'}]}}");
        rig.answer("{ok: 1}");

        Throwable failure = rig.failure(stream.next());

        assertThat(failure)
                .isInstanceOf(MongoException.class)
                .hasMessageContaining("Cannot provide resume functionality when the resume token is missing");
        assertThat(stream.isExhausted()).isTrue();
        assertThat(rig.sentNames()).containsExactly("aggregate", "killCursors");
        rig.assertBalanced();
    }

    @Test
    void prose3ItResumesOnceWithTheSamePipelineAndOptionsAndTheToken() {
        WatchQuery<ChangeStreamDocument<Document>> query = rig.collection()
                .watch(List.of(new Document("$match", new Document("a", 1))))
                .fullDocument(FullDocument.UPDATE_LOOKUP)
                .startAtOperationTime(new BsonTimestamp(3, 4))
                .batchSize(2)
                .comment("who");
        ChangeStreamCursor<ChangeStreamDocument<Document>> stream = opened(query, first(5, "", "a"));
        rig.done(stream.next());
        rig.answer(RESUMABLE, "{ok: 1}", first(6, "", "b"));

        ChangeStreamDocument<Document> change = Objects.requireNonNull(rig.done(stream.next()));

        assertThat(change.resumeToken()).isEqualTo(token("b"));
        assertThat(rig.sentNames()).containsExactly("aggregate", "getMore", "killCursors", "aggregate");
        assertThat(stage(3)).isEqualTo(BsonDocument.parse("{fullDocument: 'updateLookup', resumeAfter: {_data: 'a'}}"));
        BsonDocument before = rig.body(0);
        BsonDocument again = rig.body(3);
        for (String same : List.of("cursor", "comment", "lsid", "$db")) {
            assertThat(again.get(same)).as(same).isEqualTo(before.get(same));
        }
        assertThat(again.getArray("pipeline").get(1))
                .isEqualTo(before.getArray("pipeline").get(1));
        assertThat(stream.cursorId()).isEqualTo(6);
    }

    @Test
    void theFailureOfResumingIsTheResultAndClosesTheStream() {
        ChangeStreamCursor<?> stream = opened(first(5, "p"));
        rig.answer(RESUMABLE, "{ok: 1}", "{ok: 0, code: 40585, errmsg: 'resume token not found'}");

        Throwable failure = rig.failure(stream.next());

        assertThat(failure).isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.code())
                .isEqualTo(40585));
        assertThat(stream.isExhausted()).isTrue();
        assertThat(rig.sentNames()).containsExactly("aggregate", "getMore", "killCursors", "aggregate");
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void everyFailureAfterASuccessIsAnsweredByAnotherAttemptEvenWithoutChangesInBetween() {
        ChangeStreamCursor<ChangeStreamDocument<Document>> stream = opened(first(5, "p"));
        rig.answer(RESUMABLE, "{ok: 1}", first(6, "q"), RESUMABLE, "{ok: 1}", first(7, "r"), next(7, "s", "a"));

        ChangeStreamDocument<Document> change = Objects.requireNonNull(rig.done(stream.next()));

        assertThat(change.resumeToken()).isEqualTo(token("a"));
        assertThat(rig.sentNames())
                .containsExactly(
                        "aggregate",
                        "getMore",
                        "killCursors",
                        "aggregate",
                        "getMore",
                        "killCursors",
                        "aggregate",
                        "getMore");
        assertThat(stage(6)).isEqualTo(BsonDocument.parse("{resumeAfter: {_data: 'q'}}"));
    }

    @Test
    void aThousandResumesInsideSendDoNotFillTheStack() {
        rig.insideSend = true;
        int[] getMores = {0};
        rig.script = message -> switch (message.commandName()) {
            case "aggregate" -> first(5 + getMores[0], "p");
            case "getMore" -> getMores[0]++ < 5_000 ? RESUMABLE : next(9, "q", "a");
            default -> "{ok: 1}";
        };
        ChangeStreamCursor<?> stream = rig.done(rig.collection().watch().open());

        assertThat(rig.done(stream.next())).isNotNull();
    }

    @Test
    void prose4AFailureOfTheAggregateIsNotAnsweredByResuming() {
        rig.retryReads = false;
        rig.answer(RESUMABLE);

        Throwable failure = rig.failure(rig.collection().watch().open());

        assertThat(failure).isInstanceOf(MongoCommandException.class);
        assertThat(rig.sentNames()).containsExactly("aggregate");
        rig.assertBalanced();
    }

    @Test
    void theAggregateIsRetriedLikeOtherReads() {
        rig.answer("{ok: 0, code: 10107, errmsg: 'not primary'}", first(5, "p"));

        rig.done(rig.collection().watch().open());

        assertThat(rig.sentNames()).containsExactly("aggregate", "aggregate");
        assertThat(stage(1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 50, 280, 136, 237})
    void otherErrorsOfTheServerAreNotResumed(int code) {
        ChangeStreamCursor<?> stream = opened(first(5, "p"));
        rig.answer("{ok: 0, code: " + code + ", errmsg: 'no'}", "{ok: 1}");

        Throwable failure = rig.failure(stream.next());

        assertThat(failure).isInstanceOf(MongoCommandException.class);
        assertThat(rig.sentNames()).containsExactly("aggregate", "getMore", "killCursors");
        rig.assertBalanced();
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 63, 89, 91, 133, 150, 189, 234, 262, 9001, 10107, 11600, 11602, 13388, 13435, 13436})
    void codesCountOnServersThatDoNotLabelAndOnlyThere(int code) {
        rig.wireVersion = 8;
        ChangeStreamCursor<?> stream = opened(first(5, "p"));
        rig.answer("{ok: 0, code: " + code + ", errmsg: 'no'}", "{ok: 1}", first(6, "q", "a"));

        assertThat(rig.done(stream.next())).isNotNull();

        ClientRig labelling = new ClientRig();
        labelling.answer(first(5, "p"), "{ok: 0, code: " + code + ", errmsg: 'no'}", "{ok: 1}");
        ChangeStreamCursor<?> other =
                labelling.done(labelling.collection().watch().open());
        assertThat(labelling.failure(other.next())).isInstanceOf(MongoCommandException.class);
    }

    @Test
    void aLabelCountsOnlyFromServersThatLabel() {
        rig.wireVersion = 8;
        ChangeStreamCursor<?> stream = opened(first(5, "p"));
        rig.answer("{ok: 0, code: 1, errmsg: 'no', errorLabels: ['ResumableChangeStreamError']}", "{ok: 1}");

        assertThat(rig.failure(stream.next())).isInstanceOf(MongoCommandException.class);
    }

    @Test
    void aCursorThatTheServerDoesNotKnowIsResumedAndNotKilled() {
        ChangeStreamCursor<?> stream = opened(first(5, "p"));
        rig.answer("{ok: 0, code: 43, errmsg: 'cursor not found'}", first(6, "q", "a"));

        assertThat(rig.done(stream.next())).isNotNull();
        assertThat(rig.sentNames()).containsExactly("aggregate", "getMore", "aggregate");
    }

    @Test
    void aBrokenConnectionIsResumed() {
        ChangeStreamCursor<?> stream = opened(first(5, "p"));
        rig.script = message -> switch (message.commandName()) {
            case "getMore" -> ClientRig.BREAK;
            case "aggregate" -> first(6, "q", "a");
            default -> "{ok: 1}";
        };

        assertThat(rig.done(stream.next())).isNotNull();
        assertThat(rig.sentNames()).startsWith("aggregate", "getMore").contains("aggregate");
        rig.assertBalanced();
    }

    @Test
    void prose6ResumingSelectsAServerByTheReadPreferenceOfTheStream() {
        ChangeStreamCursor<?> stream = opened(
                rig.collection().withReadPreference(ReadPreference.NEAREST).watch(), first(5, "p"));
        int before = rig.server.selections;
        rig.answer(RESUMABLE, "{ok: 1}", first(6, "q", "a"));

        rig.done(stream.next());

        assertThat(rig.server.selections).isEqualTo(before + 1);
        assertThat(rig.server.selectors.get(before)).isEqualTo(rig.server.selectors.get(before - 1));
        assertThat(rig.body(3).getDocument("$readPreference")).isEqualTo(BsonDocument.parse("{mode: 'nearest'}"));
    }

    @Test
    void prose7AnEmptyFirstBatchWithACursorLeavesItOpen() {
        ChangeStreamCursor<?> stream = opened(first(5, "p"));

        assertThat(stream.cursorId()).isEqualTo(5);
        assertThat(stream.isExhausted()).isFalse();
        rig.answer(next(5, "q", "a"));
        assertThat(rig.done(stream.next())).isNotNull();
        assertThat(rig.sentNames()).containsExactly("aggregate", "getMore");
    }

    @Test
    void prose8AFailureOfKillCursorsWhileResumingIsNobodysConcern() {
        ChangeStreamCursor<?> stream = opened(first(5, "p"));
        rig.answer(RESUMABLE, "{ok: 0, code: 1, errmsg: 'no'}", first(6, "q", "a"));

        assertThat(rig.done(stream.next())).isNotNull();
        assertThat(rig.body(2).getArray("cursors").get(0).asInt64().getValue()).isEqualTo(5);
    }

    @Test
    void prose11AtTheEndOfABatchTheTokenIsThatOfTheBatch() {
        ChangeStreamCursor<?> stream = opened(first(5, "p"));
        assertThat(stream.resumeToken()).isEqualTo(token("p"));

        rig.answer(next(5, "q"));
        assertThat(rig.done(stream.tryNext())).isNull();
        assertThat(stream.resumeToken()).isEqualTo(token("q"));

        rig.answer(next(5, "r", "a", "b"));
        rig.done(stream.next());
        rig.done(stream.next());
        assertThat(stream.resumeToken()).isEqualTo(token("r"));
    }

    @Test
    void prose13WithinABatchTheTokenIsThatOfTheLastChange() {
        ChangeStreamCursor<?> stream = opened(first(5, "p", "a", "b"));

        rig.done(stream.next());

        assertThat(stream.resumeToken()).isEqualTo(token("a"));
    }

    @Test
    void prose14BeforeTheFirstChangeTheTokenIsTheOneThatWasGiven() {
        String reply = first(5, "p", "a");

        assertThat(opened(rig.collection().watch().startAfter(token("s")), reply)
                        .resumeToken())
                .isEqualTo(token("s"));
        assertThat(opened(rig.collection().watch().resumeAfter(token("r")), reply)
                        .resumeToken())
                .isEqualTo(token("r"));
        assertThat(opened(rig.collection().watch(), reply).resumeToken()).isNull();
    }

    @Test
    void prose17AStreamStartedAfterATokenThatHasReturnedNothingStartsAfterItAgain() {
        ChangeStreamCursor<?> stream = opened(rig.collection().watch().startAfter(token("s")), first(5, ""));
        rig.answer(RESUMABLE, "{ok: 1}", first(6, "", "a"));

        rig.done(stream.next());

        assertThat(stage(3)).isEqualTo(BsonDocument.parse("{startAfter: {_data: 's'}}"));
    }

    @Test
    void prose18AStreamStartedAfterATokenThatHasReturnedSomethingResumesAfterThat() {
        ChangeStreamCursor<?> stream = opened(rig.collection().watch().startAfter(token("s")), first(5, "", "a"));
        rig.done(stream.next());
        rig.answer(RESUMABLE, "{ok: 1}", first(6, "", "b"));

        rig.done(stream.next());

        assertThat(stage(3)).isEqualTo(BsonDocument.parse("{resumeAfter: {_data: 'a'}}"));
    }

    @Test
    void prose19PiecesOfASplitEventTellWhichTheyAre() {
        ChangeStreamCursor<ChangeStreamDocument<Document>> stream = opened(
                rig.collection().watch(List.of(new Document("$changeStreamSplitLargeEvent", new Document()))),
                "{ok: 1, cursor: {id: {$numberLong: '5'}, ns: 'app.things', firstBatch: ["
                        + "{_id: {_data: 'a'}, splitEvent: {fragment: 1, of: 2}, operationType: 'update'},"
                        + "{_id: {_data: 'b'}, splitEvent: {fragment: 2, of: 2}, fullDocumentBeforeChange: {x: 1}}]}}");

        ChangeStreamDocument<Document> one = Objects.requireNonNull(rig.done(stream.next()));
        ChangeStreamDocument<Document> two = Objects.requireNonNull(rig.done(stream.next()));

        assertThat(one.splitEvent()).isEqualTo(new SplitEvent(1, 2));
        assertThat(two.splitEvent()).isEqualTo(new SplitEvent(2, 2));
        assertThat(two.operationType()).isNull();
        assertThat(two.fullDocumentBeforeChange()).isEqualTo(new Document("x", 1));
    }

    @Test
    void withoutAnyTokenItResumesAtTheTimeOfTheFirstReply() {
        ChangeStreamCursor<?> stream = opened(first(5, ""));
        rig.answer(RESUMABLE, "{ok: 1}", first(6, "", "a"));

        rig.done(stream.next());

        assertThat(stage(3)).isEqualTo(BsonDocument.parse("{startAtOperationTime: {$timestamp: {t: 7, i: 1}}}"));
    }

    @Test
    void theTimeThatWasGivenIsUsedAgainWhileThereIsNoToken() {
        ChangeStreamCursor<?> stream =
                opened(rig.collection().watch().startAtOperationTime(new BsonTimestamp(3, 4)), first(5, ""));
        rig.answer(RESUMABLE, "{ok: 1}", first(6, "", "a"));

        rig.done(stream.next());

        assertThat(stage(3)).isEqualTo(BsonDocument.parse("{startAtOperationTime: {$timestamp: {t: 3, i: 4}}}"));
    }

    @Test
    void aTimeoutOfOneCallLeavesTheStreamOpenAndTheNextCallResumesIt() {
        rig.timeout = Duration.ofMillis(200);
        ChangeStreamCursor<?> stream = opened(first(5, "p"));

        CompletionStage<?> late = stream.next();
        rig.run();
        rig.transport.loop().advance(Duration.ofMillis(300));
        assertThat(rig.failure(late)).isInstanceOf(MongoTimeoutException.class);
        assertThat(stream.isExhausted()).isFalse();

        rig.script = message -> switch (message.commandName()) {
            case "aggregate" -> first(6, "q");
            case "getMore" -> next(6, "r", "a");
            default -> "{ok: 1}";
        };
        assertThat(rig.done(stream.next())).isNotNull();
        assertThat(rig.sentNames().stream().filter(name -> !name.equals("killCursors")))
                .containsExactly("aggregate", "getMore", "aggregate", "getMore");
        rig.assertBalanced();
    }

    @Test
    void closingKillsTheCursorAndGivesTheSessionBack() {
        ChangeStreamCursor<?> stream = opened(first(5, "p"));
        rig.answer("{ok: 1}");

        rig.done(stream.closeAsync());

        assertThat(rig.sentNames()).containsExactly("aggregate", "killCursors");
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void aStreamThatIsClosedWhileItResumesLeavesNothingBehind() {
        ChangeStreamCursor<?> stream = opened(first(5, "p"));
        rig.answer(RESUMABLE, "{ok: 1}");
        CompletionStage<?> waiting = stream.next();
        rig.run();

        stream.close();
        assertThat(rig.failure(waiting)).isInstanceOf(IllegalStateException.class);
        rig.answer("{ok: 1}");
        rig.reply(first(6, "q"));

        assertThat(rig.sentNames()).containsExactly("aggregate", "getMore", "killCursors", "aggregate", "killCursors");
        assertThat(rig.body(4).getArray("cursors").get(0).asInt64().getValue()).isEqualTo(6);
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void invalidationEndsTheStream() {
        rig.answer(first(5, "p"), next(0, "q", "a"));

        List<ChangeStreamDocument<Document>> changes =
                rig.done(rig.collection().watch().toList());

        assertThat(changes).hasSize(1);
        assertThat(rig.sentNames()).containsExactly("aggregate", "getMore");
        rig.assertBalanced();
    }

    @Test
    void aChangeIsReadWithAllThatItHas() {
        String uuid = "{$binary: {base64: 'AAECAwQFBgcICQoLDA0ODw==', subType: '04'}}";
        ChangeStreamCursor<ChangeStreamDocument<Document>> stream =
                opened("{ok: 1, cursor: {id: {$numberLong: '5'}, ns: 'app.things', firstBatch: [{_id: {_data: 'a'},"
                        + " operationType: 'update', ns: {db: 'app', coll: 'things', extra: 1}, nsType: 'view',"
                        + " to: {db: 'app', coll: 'others'}, fullDocument: {x: 1}, fullDocumentBeforeChange: null,"
                        + " documentKey: {_id: 1}, clusterTime: {$timestamp: {t: 3, i: 4}},"
                        + " updateDescription: {updatedFields: {x: 1}, removedFields: ['y'], truncatedArrays:"
                        + " [{field: 'z', newSize: 2}], disambiguatedPaths: {'a.0': ['a', '0']}},"
                        + " txnNumber: {$numberLong: '8'}, lsid: {id: 1}, wallTime: {$date: '1970-01-01T00:00:01Z'},"
                        + " collectionUUID: " + uuid + ", operationDescription: {v: 2}, novelty: 'n'}]}}");

        ChangeStreamDocument<Document> change = Objects.requireNonNull(rig.done(stream.next()));

        assertThat(change.operationType()).isEqualTo(OperationType.UPDATE);
        assertThat(Objects.requireNonNull(change.namespace()).fullName()).isEqualTo("app.things");
        assertThat(change.databaseName()).isEqualTo("app");
        assertThat(change.namespaceType()).isEqualTo("view");
        assertThat(Objects.requireNonNull(change.destinationNamespace()).fullName())
                .isEqualTo("app.others");
        assertThat(change.fullDocument()).isEqualTo(new Document("x", 1));
        assertThat(change.fullDocumentBeforeChange()).isNull();
        assertThat(change.documentKey()).isEqualTo(BsonDocument.parse("{_id: 1}"));
        assertThat(change.clusterTime()).isEqualTo(new BsonTimestamp(3, 4));
        assertThat(change.updateDescription()).satisfies(update -> {
            assertThat(Objects.requireNonNull(update).updatedFields()).isEqualTo(BsonDocument.parse("{x: 1}"));
            assertThat(update.removedFields()).containsExactly("y");
            assertThat(update.truncatedArrays()).containsExactly(new TruncatedArray("z", 2));
            assertThat(update.disambiguatedPaths()).isEqualTo(BsonDocument.parse("{'a.0': ['a', '0']}"));
        });
        assertThat(change.txnNumber()).isEqualTo(8L);
        assertThat(change.lsid()).isEqualTo(BsonDocument.parse("{id: 1}"));
        assertThat(change.wallTime()).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(change.collectionUuid()).isEqualTo(UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f"));
        assertThat(change.operationDescription()).isEqualTo(BsonDocument.parse("{v: 2}"));
        assertThat(change.extraElements()).isEqualTo(BsonDocument.parse("{novelty: 'n'}"));
    }

    @Test
    void aChangeOfAnyShapeIsReadWithoutFailing() {
        ChangeStreamCursor<ChangeStreamDocument<Document>> stream =
                opened("{ok: 1, cursor: {id: {$numberLong: '5'}, ns: 'app.things', firstBatch: [{_id: {_data: 'a'},"
                        + " operationType: 'somethingNew', ns: 'text', fullDocument: 3, updateDescription: {removedFields:"
                        + " 1}, splitEvent: {}, clusterTime: 'now'}]}}");

        ChangeStreamDocument<Document> change = Objects.requireNonNull(rig.done(stream.next()));

        assertThat(change.operationType()).isEqualTo(OperationType.OTHER);
        assertThat(change.operationTypeName()).isEqualTo("somethingNew");
        assertThat(change.namespace()).isNull();
        assertThat(Objects.requireNonNull(change.extraElements()).keySet())
                .isEqualTo(Set.of("ns", "fullDocument", "updateDescription", "splitEvent", "clusterTime"));
    }

    @Test
    void wholeChangesAreReadAsTheClassThatWasAskedFor() {
        ChangeStreamCursor<BsonDocument> stream =
                opened(rig.collection().watch().withDocumentClass(BsonDocument.class), first(5, "p", "a"));

        BsonDocument change = Objects.requireNonNull(rig.done(stream.next()));

        assertThat(change).isEqualTo(BsonDocument.parse("{_id: {_data: 'a'}, operationType: 'insert'}"));
        assertThat(stream.resumeToken()).isEqualTo(token("p"));
    }

    @Test
    void anExplicitSessionIsKeptOverAResume() {
        var session = rig.session();
        ChangeStreamCursor<?> stream = opened(rig.collection(session).watch(), first(5, "p"));
        rig.answer(RESUMABLE, "{ok: 1}", first(6, "q", "a"));

        rig.done(stream.next());

        assertThat(rig.sent).allSatisfy(message -> assertThat(message.body().getDocument("lsid"))
                .isEqualTo(session.sessionId()));
    }
}
