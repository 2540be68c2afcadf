package dev.rotor.conformance.unified.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rotor.conformance.unified.match.RunnerException;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

class EntitiesTest {

    private final Entities entities = new Entities();

    @Test
    void aNameIsTakenOnlyOnce() {
        entities.add("a", new BsonInt32(1));

        assertThatExceptionOfType(RunnerException.class).isThrownBy(() -> entities.add("a", new BsonInt32(2)));
        assertThat(entities.value("a")).isEqualTo(new BsonInt32(1));
    }

    @Test
    void aNameThatIsNotThereIsRefused() {
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> entities.get("a"))
                .withMessageContaining("a");
        assertThat(entities.contains("a")).isFalse();
    }

    @Test
    void anEntityOfAnotherTypeIsRefused() {
        entities.add("a", new BsonInt32(1));

        assertThatExceptionOfType(RunnerException.class).isThrownBy(() -> entities.get("a", ClientEntity.class));
        assertThatExceptionOfType(RunnerException.class).isThrownBy(() -> entities.lsid("a"));
        assertThat(entities.get("a", BsonValue.class)).isEqualTo(new BsonInt32(1));
    }

    @Test
    void allOfATypeAreFound() {
        entities.add("a", new BsonInt32(1));
        entities.add("b", new BsonString("x"));

        assertThat(entities.all(BsonString.class)).containsExactly(new BsonString("x"));
    }
}
