package dev.rotor.driver.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoPoolClearedException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.ServerAddress;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

    private static final ServerAddress SERVER = new ServerAddress("db1", 27017);

    private static MongoException failure(String kind) {
        return switch (kind) {
            case "network" -> new MongoConnectionException("broken", null, SERVER, false);
            case "timeout" -> new MongoConnectionException("late", null, SERVER, true);
            case "cleared" -> new MongoPoolClearedException(SERVER, null);
            case "protocol" -> new MongoProtocolException("nonsense", null, SERVER);
            case "selection" ->
                new MongoTimeoutException("no server", null, null, MongoTimeoutException.Waiting.SERVER_SELECTION);
            case "operation" ->
                new MongoTimeoutException("too late", null, null, MongoTimeoutException.Waiting.OPERATION);
            default -> command(Integer.parseInt(kind));
        };
    }

    private static MongoCommandException command(int code) {
        return new MongoCommandException("refused", code, "", "", new BsonDocument(), SERVER);
    }

    @ParameterizedTest(name = "{0} from wire version {1}, mongos {2}: labelled {3}")
    @CsvSource({
        "network,   21, false, true",
        "network,    7, false, true",
        "network,   -1, false, true",
        "timeout,   21, false, true",
        "cleared,   -1, false, true",
        "protocol,  21, false, false",
        "selection, -1, false, false",
        "10107,      8, false, true",
        "10107,      9, false, false",
        "10107,     21, false, false",
        "91,         8, true,  true",
        "262,        8, false, true",
        "9001,       8, false, true",
        "11000,      8, false, false",
        "134,        8, false, false",
        "43,         8, false, false",
    })
    void theDriverLabelsNetworkErrorsAndTheRepliesOfServersThatDoNotYetLabel(
            String kind, int wireVersion, boolean mongos, boolean labelled) {
        MongoException failure = failure(kind);

        RetryPolicy.labelRetryableWrite(failure, wireVersion, mongos);

        assertThat(failure.hasErrorLabel(MongoException.RETRYABLE_WRITE_ERROR)).isEqualTo(labelled);
    }

    @ParameterizedTest(name = "a read that met {0} is retried: {1}")
    @CsvSource({
        "network,   true",
        "timeout,   true",
        "cleared,   true",
        "protocol,  false",
        "selection, false",
        "6, true",
        "7, true",
        "89, true",
        "91, true",
        "134, true",
        "189, true",
        "262, true",
        "9001, true",
        "10107, true",
        "11600, true",
        "11602, true",
        "13435, true",
        "13436, true",
        "43, false",
        "11000, false",
        "50, false",
        "-1, false",
    })
    void readsAreRetriedAfterTheErrorsThatTheSpecificationLists(String kind, boolean retried) {
        assertThat(RetryPolicy.isRetryable(RetryKind.READ, failure(kind))).isEqualTo(retried);
        assertThat(RetryPolicy.isRetryable(RetryKind.NONE, failure(kind))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"network", "10107", "11000", "cleared"})
    void writesAreRetriedByTheLabelAlone(String kind) {
        MongoException plain = failure(kind);
        MongoException labelled = failure(kind);
        labelled.addLabel(MongoException.RETRYABLE_WRITE_ERROR);

        assertThat(RetryPolicy.isRetryable(RetryKind.WRITE, plain)).isFalse();
        assertThat(RetryPolicy.isRetryable(RetryKind.WRITE, labelled)).isTrue();
    }

    @ParameterizedTest(name = "attempt {0}, timeoutMS {1}, overloaded {2}, maxAdaptiveRetries {3}: {4}")
    @CsvSource({
        "1, false, false, 2, true",
        "2, false, false, 2, false",
        "3, false, false, 2, false",
        "1, true,  false, 2, true",
        "99, true, false, 2, true",
        "1, false, true,  2, true",
        "2, false, true,  2, true",
        "3, false, true,  2, false",
        "2, true,  true,  2, true",
        "3, true,  true,  2, false",
        "1, true,  true,  0, false",
        "1, false, true,  1, true",
        "2, false, true,  1, false",
    })
    void thereIsOneRetryAnyNumberUntilTheTimeoutAndSoManyForTheOverloaded(
            int attempt, boolean hasTimeout, boolean overloaded, int maxRetries, boolean again) {
        assertThat(RetryPolicy.hasAttemptsLeft(attempt, hasTimeout, overloaded, maxRetries))
                .isEqualTo(again);
    }

    @ParameterizedTest(name = "overloaded {0}, retryable {1}: {2}")
    @CsvSource({"true, true, true", "true, false, false", "false, true, false", "false, false, false"})
    void anyCommandMayBeSentAgainAfterARetryableOverloadError(boolean overloaded, boolean retryable, boolean again) {
        MongoException failure = failure("11000");
        failure.addLabel(MongoException.RETRYABLE_WRITE_ERROR);
        if (overloaded) {
            failure.addLabel(MongoException.SYSTEM_OVERLOADED_ERROR);
        }
        if (retryable) {
            failure.addLabel(MongoException.RETRYABLE_ERROR);
        }

        assertThat(RetryPolicy.isRetryableOverload(failure)).isEqualTo(again);
    }

    @ParameterizedTest(name = "first network, then {0}, sent {1}, NoWritesPerformed {2}: the {3} is told")
    @CsvSource({
        "network,   true,  false, second",
        "11000,     true,  false, second",
        "10107,     true,  true,  first",
        "cleared,   false, false, first",
        "cleared,   true,  false, first",
        "selection, false, false, first",
        "operation, false, false, second",
        "operation, true,  false, second",
    })
    void theFailureThatSaysMoreAboutTheDataIsTold(String kind, boolean sent, boolean wroteNothing, String told) {
        MongoException first = failure("network");
        MongoException second = failure(kind);
        if (wroteNothing) {
            second.addLabel(MongoException.NO_WRITES_PERFORMED);
        }

        assertThat(RetryPolicy.morePrecise(first, second, sent)).isSameAs(told.equals("first") ? first : second);
        assertThat(RetryPolicy.morePrecise(null, second, sent)).isSameAs(second);
    }

    @Test
    void aWriteConcernErrorThatAnOldMongosPassesOnIsNotLabelledAgain() {
        MongoException failure = new MongoException("concern", null, 91, SERVER);

        RetryPolicy.labelRetryableWrite(failure, 8, true);

        assertThat(failure.labels()).isEmpty();
    }
}
