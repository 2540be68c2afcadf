package dev.rotor.driver.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.time.Deadline;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutsTest {

    private static final ServerAddress SERVER = new ServerAddress("db1", 27017);

    @ParameterizedTest(name = "{0} µs left, {1} µs there and back: {2} ms")
    @CsvSource({
        "500000, 50000, 450",
        "500000, 0, 500",
        "1999, 0, 1",
        "999, 0, 1",
        "50000, 49500, 1",
        "50000, 50000, 0",
        "50000, 60000, 0",
        "0, 0, 0",
        "-5, 0, 0",
    })
    void theServerHasWhatIsLeftLessTheShortestRoundTrip(long left, long roundTrip, long millis) {
        long now = -7_000_000_000L;

        assertThat(Timeouts.millisForServer(now + left * 1000, now, roundTrip * 1000))
                .isEqualTo(millis);
    }

    @Test
    void withoutADeadlineTheServerHasNoLimit() {
        assertThat(Timeouts.millisForServer(Deadline.NONE, 5, 1_000_000)).isEqualTo(Timeouts.UNLIMITED);
    }

    @Test
    void aTimeoutHoldsWhatWasUnderWayItsWordsAndItsLabels() {
        MongoCommandException cause =
                new MongoCommandException("find took too long", 50, "", "", new BsonDocument(), SERVER);
        cause.addLabel("SomeLabel");

        MongoTimeoutException timeout = Timeouts.timedOut(250_000_000, cause);

        assertThat(timeout).hasMessageContaining("250 ms").hasMessageContaining("find took too long");
        assertThat(timeout.getCause()).isSameAs(cause);
        assertThat(timeout.labels()).containsExactly("SomeLabel");
        assertThat(timeout.server()).isEqualTo(SERVER);
        assertThat(timeout.waiting()).isEqualTo(MongoTimeoutException.Waiting.OPERATION);
    }

    @Test
    void whatWasNotSentSaysHowMuchTimeThereWas() {
        assertThat(Timeouts.nothingLeft("insert", SERVER, 10_000_000, 4_000_000, 6_000_000))
                .hasMessageContaining("10 ms")
                .hasMessageContaining("insert was not sent to db1:27017")
                .hasMessageContaining("4 ms were left")
                .hasMessageContaining("6 ms");
    }
}
