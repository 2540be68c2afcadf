package dev.rotor.conformance.unified;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.conformance.unified.match.CourseError;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.ServerAddress;
import java.util.concurrent.TimeoutException;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLimitsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{createEntities: []} | {operations: [{arguments: {timeoutMS: 5}}]} | true",
                "{createEntities: []} | {operations: [{data: {blockTimeMS: 5}}]} | true",
                "{createEntities: [{client: {uriOptions: {socketTimeoutMS: 5}}}]} | {operations: []} | true",
                "{createEntities: []} | {operations: [{arguments: {limit: 5}}]} | false",
                "{tests: [{timeoutMS: 5}]} | {operations: []} | false"
            })
    void limitsAreThoseOfTheCaseAndOfWhatItsFileCreates(String file, String test, boolean has) {
        assertThat(TimeLimits.has(BsonDocument.parse(file), BsonDocument.parse(test)))
                .isEqualTo(has);
    }

    @Test
    void timeoutsAndAnotherCourseOfThingsComeOfTime() {
        MongoTimeoutException timeout =
                new MongoTimeoutException("late", null, null, MongoTimeoutException.Waiting.OPERATION);

        assertThat(TimeLimits.explain(timeout)).isTrue();
        assertThat(TimeLimits.explain(
                        new MongoConnectionException("late", null, new ServerAddress("db1", 27017), true)))
                .isTrue();
        assertThat(TimeLimits.explain(new AssertionError("expected another error", timeout)))
                .isTrue();
        assertThat(TimeLimits.explain(new AssertionError("find", new CourseError("expected 2 events"))))
                .isTrue();
        assertThat(TimeLimits.explain(new AssertionError("did not end", new TimeoutException())))
                .isTrue();
    }

    @Test
    void wrongValuesAndOtherErrorsDoNot() {
        assertThat(TimeLimits.explain(new AssertionError("expected 2 but was 3")))
                .isFalse();
        assertThat(TimeLimits.explain(new AssertionError("find", new AssertionError("expected 2 but was 3"))))
                .isFalse();
        assertThat(TimeLimits.explain(new MongoException("refused", null))).isFalse();
        assertThat(TimeLimits.explain(
                        new MongoConnectionException("reset", null, new ServerAddress("db1", 27017), false)))
                .isFalse();
        assertThat(TimeLimits.explain(new NullPointerException())).isFalse();
    }
}
