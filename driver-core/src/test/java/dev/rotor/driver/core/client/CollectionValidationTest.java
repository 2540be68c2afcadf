package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rotor.driver.MongoCollectionInvalidException;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.model.ValidateCollectionOptions;
import java.time.Duration;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What {@code validate} is sent, and which of its reports say that a collection is damaged. */
class CollectionValidationTest {

    private final ClientRig rig = new ClientRig();

    private MongoCollectionInvalidException invalid(String report) {
        rig.answer(report);
        Throwable failure = rig.failure(rig.database().validateCollection("things"));
        rig.assertBalanced();
        assertThat(failure).isInstanceOf(MongoCollectionInvalidException.class);
        return (MongoCollectionInvalidException) failure;
    }

    @Test
    void onlyWhatWasAskedForIsSent() {
        rig.answer("{ok: 1, valid: true}", "{ok: 1, valid: true}");

        rig.done(rig.database().validateCollection("things"));
        rig.done(rig.database()
                .validateCollection(
                        "things",
                        ValidateCollectionOptions.DEFAULT
                                .full(true)
                                .background(false)
                                .scandata(true)
                                .metadata(false)
                                .checkBsonConformance(true)
                                .maxTime(Duration.ofSeconds(2))
                                .comment("nightly")));

        BsonDocument plain = rig.body(0);
        assertThat(plain.getFirstKey()).isEqualTo("validate");
        assertThat(plain.keySet())
                .doesNotContain("full", "background", "scandata", "metadata", "checkBSONConformance", "comment");
        assertThat(rig.body(1))
                .containsAllEntriesOf(BsonDocument.parse("{validate: 'things', full: true, background: false, scandata:"
                        + " true, metadata: false, checkBSONConformance: true, comment: 'nightly'}"));
        assertThat(rig.body(1).getNumber("maxTimeMS").longValue()).isEqualTo(2000);
    }

    @Test
    void thePrimaryIsAskedWhateverTheDatabaseReadsFrom() {
        rig.answer("{ok: 1, valid: true}");

        rig.done(rig.database().withReadPreference(ReadPreference.SECONDARY).validateCollection("things"));

        assertThat(rig.body(0).containsKey("$readPreference")).isFalse();
    }

    @Test
    void aReportOfDamageIsAFailureThatNamesTheErrors() {
        MongoCollectionInvalidException failure =
                invalid("{ok: 1, valid: false, errors: ['index a_1 lacks keys', 'record 7 is no BSON'], nrecords: 3}");

        assertThat(failure).hasMessage("Collection app.things is invalid: index a_1 lacks keys; record 7 is no BSON");
        assertThat(failure.namespace()).isEqualTo(new MongoNamespace("app", "things"));
        assertThat(failure.report().getInteger("nrecords")).isEqualTo(3);
    }

    @Test
    void damageOnOneShardIsDamage() {
        MongoCollectionInvalidException failure = invalid(
                "{ok: 1, raw: {a: {ok: 1, valid: true, errors: []}, b: {ok: 1, valid: false, errors: ['lost']}}}");

        assertThat(failure).hasMessage("Collection app.things is invalid: lost");
    }

    @Test
    void damageWithoutAWordIsDamage() {
        assertThat(invalid("{ok: 1, valid: false}")).hasMessageContaining("the server names no error");
    }

    @Test
    void aReportThatSaysNothingOfDamageIsSound() {
        rig.answer("{ok: 1, valid: true, errors: [], warnings: ['slow']}");

        Document report = rig.done(rig.database().validateCollection("things"));

        assertThat(report.getList("warnings", String.class)).containsExactly("slow");
    }

    @Test
    void aNegativeTimeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValidateCollectionOptions.DEFAULT.maxTime(Duration.ofMillis(-1)));
    }
}
