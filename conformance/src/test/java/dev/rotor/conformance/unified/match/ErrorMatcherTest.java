package dev.rotor.conformance.unified.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rotor.driver.BulkWriteError;
import dev.rotor.driver.ClientBulkWriteException;
import dev.rotor.driver.MongoBulkWriteException;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.WriteConcernError;
import dev.rotor.driver.WriteError;
import dev.rotor.driver.model.BulkWriteResult;
import dev.rotor.driver.model.bulk.ClientBulkWriteResult;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

class ErrorMatcherTest {

    private static final ServerAddress SERVER = new ServerAddress("localhost", 27017);

    private final ErrorMatcher matcher = new ErrorMatcher(new Matcher(new FixedValues()));

    @Test
    void isErrorIsMetByAnyErrorOfADriver() {
        assertThat(matches("{isError: true}", refused())).isTrue();
        assertThat(matches("{isError: true}", new IllegalArgumentException("no")))
                .isTrue();
    }

    @Test
    void aFaultOfTheProgramIsNeverExpected() {
        assertThat(matches("{isError: true}", new NullPointerException())).isFalse();
        assertThat(matches("{isError: true}", new ClassCastException())).isFalse();
        assertThat(matches("{isClientError: true}", new IndexOutOfBoundsException()))
                .isFalse();
    }

    @Test
    void clientErrorsAreThoseThatNoServerReported() {
        assertThat(matches("{isClientError: true}", lost())).isTrue();
        assertThat(matches("{isClientError: true}", new IllegalArgumentException("no")))
                .isTrue();
        assertThat(matches("{isClientError: true}", refused())).isFalse();
        assertThat(matches("{isClientError: false}", refused())).isTrue();
        assertThat(matches("{isClientError: false}", lost())).isFalse();
    }

    @Test
    void timeoutErrorsAreThoseOfTimeoutMs() {
        assertThat(matches("{isTimeoutError: true}", timedOut(MongoTimeoutException.Waiting.OPERATION)))
                .isTrue();
        assertThat(matches("{isTimeoutError: true}", timedOut(MongoTimeoutException.Waiting.CHECKOUT)))
                .isFalse();
        assertThat(matches("{isTimeoutError: false}", refused())).isTrue();
        assertThat(matches("{isTimeoutError: false}", timedOut(MongoTimeoutException.Waiting.OPERATION)))
                .isFalse();
    }

    @Test
    void messagesAreSearchedWithoutRegardToCase() {
        assertThat(matches("{errorContains: 'WENT wrong'}", refused())).isTrue();
        assertThat(matches("{errorContains: 'went right'}", refused())).isFalse();
    }

    @Test
    void messagesOfAllErrorsOfABulkWriteAreSearched() {
        assertThat(matches("{errorContains: 'second'}", bulk())).isTrue();
        assertThat(matches("{errorContains: 'third'}", bulk())).isFalse();
        assertThat(matches("{errorCodeName: 'DuplicateKey'}", bulk())).isTrue();
        assertThat(matches("{errorCodeName: 'WriteConflict'}", bulk())).isFalse();
    }

    @Test
    void codesAreThoseOfTheServer() {
        assertThat(matches("{errorCode: 112}", refused())).isTrue();
        assertThat(matches("{errorCode: 113}", refused())).isFalse();
        assertThat(matches("{errorCode: -1}", lost())).isFalse();
        assertThat(matches("{errorCodeName: 'writeconflict'}", refused())).isTrue();
        assertThat(matches("{errorCodeName: 'BadValue'}", refused())).isFalse();
        assertThat(matches("{errorCodeName: 'BadValue'}", lost())).isFalse();
    }

    @Test
    void labelsMustBeThereOrNot() {
        MongoCommandException labelled = refused();
        labelled.addLabel("TransientTransactionError");

        assertThat(matches("{errorLabelsContain: ['TransientTransactionError']}", labelled))
                .isTrue();
        assertThat(matches("{errorLabelsContain: ['TransientTransactionError', 'Other']}", labelled))
                .isFalse();
        assertThat(matches("{errorLabelsOmit: ['Other']}", labelled)).isTrue();
        assertThat(matches("{errorLabelsOmit: ['TransientTransactionError']}", labelled))
                .isFalse();
        assertThat(matches("{errorLabelsContain: ['Other']}", new IllegalStateException("x")))
                .isFalse();
    }

    @Test
    void theResponseIsARootDocument() {
        assertThat(matches("{errorResponse: {code: 112}}", refused())).isTrue();
        assertThat(matches("{errorResponse: {code: 1}}", refused())).isFalse();
        assertThat(matches("{errorResponse: {code: 112}}", lost())).isFalse();
    }

    @Test
    void theResultOfABulkWriteIsCompared() {
        assertThat(matches("{expectResult: {insertedCount: 1}}", bulk())).isTrue();
        assertThat(matches("{expectResult: {insertedCount: 2}}", bulk())).isFalse();
        assertThat(matches("{expectResult: {insertedCount: 1}}", refused())).isFalse();
        assertThat(matches("{expectResult: {$$unsetOrMatches: {insertedCount: 1}}}", refused()))
                .isTrue();
    }

    @Test
    void writeErrorsOfAClientsBulkWriteAreComparedByIndexAndNoMoreAreAllowed() {
        ClientBulkWriteException failure = new ClientBulkWriteException(
                null,
                List.of(new WriteConcernError(91, "ShutdownInProgress", "bye", new BsonDocument())),
                Map.of(1, new WriteError(11000, "twice", new BsonDocument())),
                new ClientBulkWriteResult(true, 1, 0, 0, 0, 0, null),
                SERVER);

        assertThat(matches("{writeErrors: {'1': {code: 11000}}}", failure)).isTrue();
        assertThat(matches("{writeErrors: {'1': {code: 1}}}", failure)).isFalse();
        assertThat(matches("{writeErrors: {'0': {code: 11000}}}", failure)).isFalse();
        assertThat(matches("{writeErrors: {}}", failure)).isFalse();
        assertThat(matches("{writeConcernErrors: [{code: 91, message: 'bye'}]}", failure))
                .isTrue();
        assertThat(matches("{writeConcernErrors: []}", failure)).isFalse();
        assertThat(matches("{writeConcernErrors: [{code: 91}]}", refused())).isFalse();
        assertThat(matches("{expectResult: {insertedCount: 1}}", failure)).isTrue();
        assertThat(matches("{isClientError: false}", failure)).isTrue();
    }

    @Test
    void whatEndedAClientsBulkWriteLendsItsCodeAndItsOrigin() {
        ClientBulkWriteException ended = new ClientBulkWriteException(refused(), List.of(), Map.of(), null, SERVER);
        ClientBulkWriteException lost = new ClientBulkWriteException(lost(), List.of(), Map.of(), null, SERVER);

        assertThat(matches("{errorCode: 112, errorContains: 'went wrong'}", ended))
                .isTrue();
        assertThat(matches("{isClientError: false}", ended)).isTrue();
        assertThat(matches("{isClientError: true}", lost)).isTrue();
        assertThat(matches("{expectResult: {insertedCount: 1}}", ended)).isFalse();
    }

    @Test
    void anUnknownExpectationIsRefused() {
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> matches("{errorIsFunny: true}", refused()))
                .withMessageContaining("errorIsFunny");
    }

    private boolean matches(String expected, Throwable failure) {
        try {
            matcher.assertMatches(BsonDocument.parse(expected), failure);
            return true;
        } catch (AssertionError mismatch) {
            return false;
        }
    }

    private static MongoCommandException refused() {
        return new MongoCommandException(
                "insert failed: it went wrong",
                112,
                "WriteConflict",
                "it went wrong",
                BsonDocument.parse("{ok: 0, code: 112}"),
                SERVER);
    }

    private static MongoConnectionException lost() {
        return new MongoConnectionException("the connection broke", null, SERVER, false);
    }

    private static MongoTimeoutException timedOut(MongoTimeoutException.Waiting waiting) {
        return new MongoTimeoutException("too late", null, null, waiting);
    }

    private static MongoBulkWriteException bulk() {
        return new MongoBulkWriteException(
                BulkWriteResult.acknowledged(1, 0, 0, 0, new BsonValue[0], List.of()),
                List.of(
                        new BulkWriteError(0, 11000, "the first", new BsonDocument()),
                        new BulkWriteError(1, 11000, "the second", new BsonDocument())),
                null,
                SERVER);
    }
}
