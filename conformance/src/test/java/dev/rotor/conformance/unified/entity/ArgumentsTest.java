package dev.rotor.conformance.unified.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rotor.conformance.unified.match.RunnerException;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.model.CollationAlternate;
import dev.rotor.driver.model.CursorType;
import java.time.Duration;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void anArgumentThatNobodyReadsIsRefused() {
        Arguments arguments = arguments("{filter: {}, colour: 'red'}");
        arguments.required("filter", Values::document);

        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(arguments::assertAllUsed)
                .withMessageContaining("colour");
    }

    @Test
    void lookingWhetherThereIsOneDoesNotReadIt() {
        Arguments arguments = arguments("{colour: 'red'}");

        assertThat(arguments.has("colour")).isTrue();
        assertThatExceptionOfType(RunnerException.class).isThrownBy(arguments::assertAllUsed);
    }

    @Test
    void allArgumentsReadIsWell() {
        Arguments arguments = arguments("{a: 1, b: 2, c: 3}");
        arguments.required("a", Values::int32);
        arguments.optional("b", Values::int32);
        assertThat(arguments.orElse("d", Values::int32, 4)).isEqualTo(4);
        assertThat(arguments.with(0, "c", Values::int32, (zero, three) -> three))
                .isEqualTo(3);

        assertThatCode(arguments::assertAllUsed).doesNotThrowAnyException();
    }

    @Test
    void aMissingArgumentAndOneOfTheWrongTypeAreRefused() {
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> arguments("{}").required("filter", Values::document));
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> arguments("{filter: 1}").required("filter", Values::document));
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> arguments("{n: 1.5}").required("n", Values::int32));
    }

    @Test
    void concernsAndPreferencesAreRead() {
        assertThat(Values.writeConcern(BsonDocument.parse("{w: 'majority', wtimeoutMS: 5, journal: true}")))
                .isEqualTo(new WriteConcern("majority", Duration.ofMillis(5), true));
        assertThat(Values.writeConcern(BsonDocument.parse("{w: 0}"))).isEqualTo(WriteConcern.UNACKNOWLEDGED);
        assertThat(Values.readConcern(BsonDocument.parse("{level: 'snapshot'}")).level())
                .isEqualTo("snapshot");
        ReadPreference preference =
                Values.readPreference(BsonDocument.parse("{mode: 'Nearest', tagSets: [{dc: 'ny'}, {}]}"));
        assertThat(preference.mode()).isEqualTo(ReadPreference.Mode.NEAREST);
        assertThat(preference.tagSets()).hasSize(2);
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> Values.readPreference(BsonDocument.parse("{mode: 'farthest'}")));
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> Values.writeConcern(BsonDocument.parse("{w: 1, fsync: true}")));
    }

    @Test
    void constantsAreFoundByTheNamesOfTheSpecification() {
        assertThat(Values.cursorType(new BsonString("tailableAwait"))).isEqualTo(CursorType.TAILABLE_AWAIT);
        assertThat(Values.constant(CollationAlternate.class, new BsonString("non-ignorable")))
                .isEqualTo(CollationAlternate.NON_IGNORABLE);
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> Values.cursorType(new BsonString("backwards")));
    }

    private static Arguments arguments(String json) {
        return new Arguments("test", BsonDocument.parse(json));
    }
}
