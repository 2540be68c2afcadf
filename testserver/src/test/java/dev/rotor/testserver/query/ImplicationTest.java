package dev.rotor.testserver.query;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A partial index serves a query only if it holds all that the query finds. */
class ImplicationTest {

    private static Document of(String field, Object value) {
        return new Document(field, value);
    }

    private static boolean implies(Object asked, Object wanted) {
        return Implication.holds(of("a", asked), of("a", wanted));
    }

    @Test
    void aValueIsInTheIndexIfTheFilterMatchesIt() {
        assertThat(implies(1, of("$lte", 1.5))).isTrue();
        assertThat(implies(2, of("$lte", 1.5))).isFalse();
        assertThat(implies(of("$eq", 7), 7L)).isTrue();
        assertThat(implies(1, of("$exists", true))).isTrue();
        assertThat(implies(of("$in", List.of(1)), 1)).isFalse();
    }

    @Test
    void aRangeIsInTheIndexIfItIsNotWider() {
        assertThat(implies(of("$lte", 1), of("$lte", 1.5))).isTrue();
        assertThat(implies(of("$lte", 1.6), of("$lte", 1.5))).isFalse();
        assertThat(implies(of("$lt", 5), of("$lte", 5))).isTrue();
        assertThat(implies(of("$lte", 5), of("$lt", 5))).isFalse();
        assertThat(implies(of("$gt", 6), of("$gt", 5))).isTrue();
        assertThat(implies(of("$gte", 5), of("$gt", 5))).isFalse();
        assertThat(implies(of("$gte", "x"), of("$gte", 5))).isFalse();
        assertThat(implies(of("$gt", 1).append("$lt", 3), of("$gt", 0).append("$lt", 4)))
                .isTrue();
        assertThat(implies(of("$gt", 1), of("$exists", true))).isTrue();
    }

    @Test
    void eachFieldOfTheFilterMustBeAskedFor() {
        Document filter = of("a", of("$gt", 0)).append("b", 1);
        assertThat(Implication.holds(of("a", 1), filter)).isFalse();
        assertThat(Implication.holds(of("a", 1).append("b", 1).append("c", 1), filter))
                .isTrue();
        assertThat(Implication.holds(of("a", 1), of("$and", List.of(of("a", 1)))))
                .isFalse();
    }
}
