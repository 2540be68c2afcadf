package dev.rotor.driver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final BsonValue A = new BsonString("a");
    private static final BsonValue B = new BsonInt32(2);

    @Test
    void anUnacknowledgedResultRefusesToCount() {
        UpdateResult update = UpdateResult.unacknowledged();
        DeleteResult delete = DeleteResult.unacknowledged();
        BulkWriteResult bulk = BulkWriteResult.unacknowledged();
        assertThat(List.of(update.isAcknowledged(), delete.isAcknowledged(), bulk.isAcknowledged()))
                .containsOnly(false);
        for (ThrowingCallable question : List.<ThrowingCallable>of(
                update::matchedCount,
                update::modifiedCount,
                update::upsertedCount,
                update::upsertedId,
                delete::deletedCount,
                bulk::insertedCount,
                bulk::matchedCount,
                bulk::modifiedCount,
                bulk::deletedCount,
                bulk::upsertedCount,
                bulk::insertedIds,
                bulk::upserts)) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(question)
                    .withMessageStartingWith("the write was not acknowledged (write concern w: 0)")
                    .withMessageContaining("isAcknowledged()");
        }
        assertThat(update).hasToString("UpdateResult{unacknowledged}");
        assertThat(delete).hasToString("DeleteResult{unacknowledged}");
        assertThat(bulk).hasToString("BulkWriteResult{unacknowledged}");
    }

    @Test
    void anUnacknowledgedResultIsNotEqualToOneThatCountedNothing() {
        assertThat(UpdateResult.unacknowledged()).isNotEqualTo(UpdateResult.acknowledged(0, 0, null));
        assertThat(DeleteResult.unacknowledged()).isNotEqualTo(DeleteResult.acknowledged(0));
        assertThat(BulkWriteResult.unacknowledged())
                .isNotEqualTo(BulkWriteResult.acknowledged(0, 0, 0, 0, new BsonValue[0], List.of()));
    }

    @Test
    void anUpsertIsCountedOnceAndOnlyWhenThereWasOne() {
        assertThat(UpdateResult.acknowledged(0, 0, A).upsertedCount()).isEqualTo(1);
        assertThat(UpdateResult.acknowledged(3, 2, null).upsertedCount()).isZero();
        assertThat(UpdateResult.acknowledged(0, 0, BsonNull.VALUE).upsertedCount())
                .as("an _id may be a BSON null")
                .isEqualTo(1);
        assertThat(UpdateResult.acknowledged(3, 2, null)).hasToString("UpdateResult{matchedCount=3, modifiedCount=2}");
    }

    @Test
    void resultsWithEqualPartsAreEqual() {
        assertThat(UpdateResult.acknowledged(1, 1, A))
                .isEqualTo(UpdateResult.acknowledged(1, 1, new BsonString("a")))
                .hasSameHashCodeAs(UpdateResult.acknowledged(1, 1, new BsonString("a")))
                .isNotEqualTo(UpdateResult.acknowledged(1, 0, A))
                .isNotEqualTo(UpdateResult.acknowledged(1, 1, B));
        assertThat(DeleteResult.acknowledged(2))
                .isEqualTo(DeleteResult.acknowledged(2))
                .hasSameHashCodeAs(DeleteResult.acknowledged(2))
                .isNotEqualTo(DeleteResult.acknowledged(3));
        assertThat(new InsertManyResult(true, ids(A, null, B)))
                .isEqualTo(new InsertManyResult(true, ids(A, null, B)))
                .hasSameHashCodeAs(new InsertManyResult(true, ids(A, null, B)))
                .isNotEqualTo(new InsertManyResult(true, ids(A, B)))
                .isNotEqualTo(new InsertManyResult(false, ids(A, null, B)));
        assertThat(bulk(A)).isEqualTo(bulk(A)).hasSameHashCodeAs(bulk(A)).isNotEqualTo(bulk(B));
    }

    @Test
    void idsAreFoundByTheIndexOfTheirWriteAndUnknownOnesAreMissing() {
        Map<Integer, BsonValue> ids = new InsertManyResult(true, ids(null, A, null, B)).insertedIds();
        assertThat(ids).hasSize(2).isEqualTo(Map.of(1, A, 3, B));
        assertThat(ids.keySet()).containsExactly(1, 3);
        assertThat(ids.get(1)).isEqualTo(A);
        assertThat(ids.get(0)).isNull();
        assertThat(ids.get(4)).isNull();
        assertThat(ids.get(-1)).isNull();
        assertThat(ids.containsKey(2)).isFalse();
        assertThat(ids.containsKey(3)).isTrue();
        assertThat(ids.containsValue(B)).isTrue();
        Iterator<Integer> keys = ids.keySet().iterator();
        keys.next();
        keys.next();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(keys::next);
    }

    @Test
    void idsCannotBeChangedFromOutside() {
        @Nullable BsonValue[] given = ids(A, B);
        InsertManyResult result = new InsertManyResult(true, given);
        given[0] = B;
        assertThat(result.insertedIds()).isEqualTo(Map.of(0, A, 1, B));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> result.insertedIds().put(0, B));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> result.insertedIds().clear());
    }

    @Test
    void theTextOfALargeResultTellsHowManyNotWhich() {
        assertThat(new InsertManyResult(true, new BsonValue[] {A, B}))
                .hasToString("InsertManyResult{acknowledged=true, inserted=2}");
        assertThat(bulk(A)).hasToString("BulkWriteResult{inserted=1, matched=2, modified=3, deleted=4, upserted=1}");
    }

    @Test
    void aBulkResultGivesWhatItWasMadeFrom() {
        BulkWriteResult result = bulk(A);
        assertThat(result.isAcknowledged()).isTrue();
        assertThat(result.insertedCount()).isEqualTo(1);
        assertThat(result.matchedCount()).isEqualTo(2);
        assertThat(result.modifiedCount()).isEqualTo(3);
        assertThat(result.deletedCount()).isEqualTo(4);
        assertThat(result.upsertedCount()).isEqualTo(1);
        assertThat(result.insertedIds()).isEqualTo(Map.of(0, A));
        assertThat(result.upserts()).containsExactly(new BulkWriteUpsert(1, A));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BulkWriteUpsert(-1, A))
                .withMessage("index must not be negative: -1");
    }

    private static BulkWriteResult bulk(BsonValue id) {
        return BulkWriteResult.acknowledged(1, 2, 3, 4, ids(id, null), List.of(new BulkWriteUpsert(1, id)));
    }

    private static @Nullable BsonValue[] ids(@Nullable BsonValue... ids) {
        return ids;
    }
}
