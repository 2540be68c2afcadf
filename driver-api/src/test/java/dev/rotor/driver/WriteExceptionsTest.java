package dev.rotor.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rotor.driver.model.BulkWriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteExceptionsTest {
    private static final ServerAddress DB1 = new ServerAddress("db1", 27017);
    private static final BsonDocument NO_DETAILS = new BsonDocument();
    private static final BulkWriteResult NOTHING =
            BulkWriteResult.acknowledged(0, 0, 0, 0, new BsonValue[0], List.of());

    @ParameterizedTest
    @CsvSource({"11000,true", "11001,true", "12582,true", "11002,false", "121,false", "-1,false"})
    void aDuplicateKeyIsToldByItsCode(int code, boolean duplicate) {
        WriteError error = new WriteError(code, "m", NO_DETAILS);
        assertThat(error.isDuplicateKey()).isEqualTo(duplicate);
        assertThat(new BulkWriteError(0, code, "m", NO_DETAILS).isDuplicateKey())
                .isEqualTo(duplicate);
        assertThat(new MongoWriteException(error, DB1).isDuplicateKey()).isEqualTo(duplicate);
    }

    @Test
    void aRefusedWriteNamesTheCauseThenTheServersWordsThenTheServer() {
        MongoWriteException e =
                new MongoWriteException(new WriteError(11000, "E11000 duplicate key, index email_1", NO_DETAILS), DB1);
        assertThat(e).hasMessage("duplicate key: E11000 duplicate key, index email_1 (code 11000, db1:27017)");
        assertThat(e.code()).isEqualTo(11000);
        assertThat(e.server()).isEqualTo(DB1);
        assertThat(e.writeError().message()).isEqualTo("E11000 duplicate key, index email_1");
    }

    @Test
    void aDocumentThatBreaksTheRulesShowsWhichOnes() {
        MongoWriteException e = new MongoWriteException(
                new WriteError(121, "Document failed validation", new BsonDocument("missing", new BsonString("born"))),
                null);
        assertThat(lines(e))
                .containsExactly(
                        "the document breaks the validation rules of the collection: Document failed validation (code"
                                + " 121)",
                        "details: {\"missing\": \"born\"}");
    }

    @Test
    void aServerWithoutWordsDoesNotLeaveAHoleInTheMessage() {
        assertThat(new MongoWriteException(new WriteError(8000, "", NO_DETAILS), null))
                .hasMessage("the server refused the write: the server gave no reason (code 8000)");
    }

    @ParameterizedTest
    @CsvSource({
        "64,the write concern was not met in time:",
        "100,the write concern cannot be met: too few members hold data:",
        "79,the replica set knows no such write concern:",
        "91,the write concern was not met:"
    })
    void aWriteConcernErrorSaysThatTheWriteHappened(int code, String beginning) {
        BsonDocument reply = new BsonDocument("n", new BsonInt32(1));
        MongoWriteConcernException e = new MongoWriteConcernException(
                new WriteConcernError(code, "SomeName", "words", NO_DETAILS), reply, DB1);
        assertThat(lines(e))
                .containsExactly(
                        beginning + " words (code " + code + " SomeName, db1:27017)",
                        "The write itself was done on the primary, and may be rolled back.");
        assertThat(e.code()).isEqualTo(code);
        assertThat(e.response()).isSameAs(reply);
    }

    @Test
    void aFailedBulkTellsOfTheFirstThreeAndHowManyMoreThereAre() {
        List<BulkWriteError> errors = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            errors.add(new BulkWriteError(i * 10, i == 0 ? 11000 : 2, "words " + i, NO_DETAILS));
        }
        MongoBulkWriteException e = new MongoBulkWriteException(NOTHING, errors, null, DB1);
        assertThat(lines(e))
                .containsExactly(
                        "duplicate key at index 0: words 0 (code 11000, db1:27017)",
                        "the server refused the write at index 10: words 1 (code 2)",
                        "the server refused the write at index 20: words 2 (code 2)",
                        "and 2 more failed writes: see writeErrors()");
        assertThat(e.code()).isEqualTo(11000);
        assertThat(e.writeErrors()).hasSize(5);
        errors.clear();
        assertThat(e.writeErrors()).hasSize(5);
        assertThat(e.writeConcernError()).isNull();
        assertThat(e.result()).isSameAs(NOTHING);
    }

    @Test
    void aBulkWhoseWriteConcernAloneFailedHasItsCode() {
        MongoBulkWriteException e = new MongoBulkWriteException(
                NOTHING, List.of(), new WriteConcernError(64, "WriteConcernTimeout", "waiting", NO_DETAILS), null);
        assertThat(e.code()).isEqualTo(64);
        assertThat(e).hasMessageStartingWith("the write concern was not met in time: waiting");
    }

    @Test
    void aBulkWithBothKindsOfErrorTellsOfBothTheRefusedWriteFirst() {
        MongoBulkWriteException e = new MongoBulkWriteException(
                NOTHING,
                List.of(new BulkWriteError(3, 11000, "dup", NO_DETAILS)),
                new WriteConcernError(64, "", "waiting", NO_DETAILS),
                null);
        assertThat(e.code()).isEqualTo(11000);
        assertThat(lines(e))
                .startsWith(
                        "duplicate key at index 3: dup (code 11000)",
                        "the write concern was not met in time: waiting (code 64)");
    }

    @Test
    void aBulkFailureWithoutAnyErrorIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MongoBulkWriteException(NOTHING, List.of(), null, null))
                .withMessageContaining("a write error or a write concern error");
        assertThatIllegalArgumentException().isThrownBy(() -> new BulkWriteError(-1, 2, "m", NO_DETAILS));
    }

    private static Stream<String> lines(Exception e) {
        return String.valueOf(e.getMessage()).lines();
    }
}
