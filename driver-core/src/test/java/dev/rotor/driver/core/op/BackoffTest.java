package dev.rotor.driver.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoWriteConcernException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.WriteConcernError;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final ServerAddress SERVER = new ServerAddress("db1", 27017);

    @ParameterizedTest(name = "retry {0} on {1} ms with jitter {2}: {3} ms")
    @CsvSource({
        "1, 100, 1, 200",
        "2, 100, 1, 400",
        "3, 100, 1, 800",
        "2, 100, 0.5, 200",
        "7, 100, 1, 10000",
        "63, 100, 1, 10000",
        "1000000, 100, 1, 10000",
        "1, 50, 1, 100",
        "2, 50, 1, 200",
        "1, 10000, 1, 10000",
        "1, 9223372036854775807, 1, 10000",
        "1, 100, 0, 0",
    })
    void theWaitDoublesUpToTenSeconds(int retry, long base, double jitter, long millis) {
        assertThat(Backoff.nanos(retry, base, jitter)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @ParameterizedTest(name = "{0}: {1} ms")
    @CsvSource({
        "'{baseBackoffMS: 50}', 50",
        "'{baseBackoffMS: {$numberLong: \"70\"}}', 70",
        "'{baseBackoffMS: 12.5}', 12",
        "'{baseBackoffMS: 0.5}', 1",
        "'{baseBackoffMS: 0}', 100",
        "'{baseBackoffMS: -3}', 100",
        "'{baseBackoffMS: \"soon\"}', 100",
        "'{baseBackoffMS: 1e300}', 10000",
        "'{}', 100",
    })
    void theServerMayNameTheBase(String reply, long millis) {
        BsonDocument response = BsonDocument.parse(reply);
        MongoException refused = new MongoCommandException("refused", 462, "", "", response, SERVER);
        MongoException unmet = new MongoWriteConcernException(
                new WriteConcernError(462, "", "", new BsonDocument()), response, SERVER);

        assertThat(Backoff.baseMillis(refused)).isEqualTo(millis);
        assertThat(Backoff.baseMillis(unmet)).isEqualTo(millis);
    }

    @Test
    void aBrokenConnectionNamesNoBase() {
        assertThat(Backoff.baseMillis(new MongoConnectionException("broken", null, SERVER, false)))
                .isEqualTo(Backoff.BASE_MILLIS);
    }
}
