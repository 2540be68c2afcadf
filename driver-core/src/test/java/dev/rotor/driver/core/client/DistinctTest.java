package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoException;
import java.util.List;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What becomes of the values that a distinct gives. */
class DistinctTest {

    private static final String WITH_NULL = "{ok: 1, values: [1, null, 2]}";

    private final ClientRig rig = new ClientRig();

    @Test
    void aNullIsOneOfTheValuesWhereTheClassHasOne() {
        rig.answer(WITH_NULL);

        List<BsonValue> values =
                rig.done(rig.collection().distinct("x", BsonValue.class).toList());

        assertThat(values).containsExactly(new BsonInt32(1), BsonNull.VALUE, new BsonInt32(2));
    }

    @Test
    void aNullFailsTheQueryInWordsWhereTheClassHasNone() {
        rig.answer(WITH_NULL, "{ok: 1, values: [{a: 1}, null]}", WITH_NULL);

        assertThat(rig.failure(rig.collection().distinct("x", Integer.class).toList()))
                .isInstanceOf(MongoException.class)
                .hasMessageContaining("null")
                .hasMessageContaining("java.lang.Integer")
                .hasMessageContaining("BsonValue");
        assertThat(rig.failure(rig.collection().distinct("x", Document.class).toList()))
                .isInstanceOf(MongoException.class)
                .hasMessageContaining("org.bson.Document");
        assertThat(rig.failure(rig.collection().distinct("x", Object.class).toList()))
                .isInstanceOf(MongoException.class)
                .hasMessageContaining("BsonValue");
        rig.assertBalanced();
    }

    @Test
    void whatTheClassCannotBeOtherwiseIsToldByItsCodec() {
        rig.answer("{ok: 1, values: [1, 'two']}");

        assertThat(rig.failure(rig.collection().distinct("x", Integer.class).toList()))
                .hasMessageContaining("STRING")
                .hasMessageNotContaining("null");
        rig.assertBalanced();
    }
}
