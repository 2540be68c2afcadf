package dev.rotor.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MongoNamespaceTest {

    @Test
    void aFullNameIsTakenApartAtItsFirstDot() {
        MongoNamespace namespace = MongoNamespace.parse("app.people.archive");
        assertThat(namespace.databaseName()).isEqualTo("app");
        assertThat(namespace.collectionName()).isEqualTo("people.archive");
        assertThat(namespace.fullName()).isEqualTo("app.people.archive");
        assertThat(namespace).hasToString("app.people.archive").isEqualTo(new MongoNamespace("app", "people.archive"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.b", "a/b", "a\\b", "a\"b", "a\0b"})
    void aDatabaseNameThatNoServerTakesIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MongoNamespace(name, "people"))
                .withMessageStartingWith("the name of a database must not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".people", "people.", "peo\0ple"})
    void aCollectionNameThatNoServerTakesIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MongoNamespace("app", name))
                .withMessageStartingWith("the name of a collection must");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$external.x", "admin.$cmd.aggregate", "local.oplog.rs", "größe.sammlung ö"})
    void namesThatOnlySomeServersTakeAreLeftToTheServer(String name) {
        assertThat(MongoNamespace.parse(name).fullName()).isEqualTo(name);
    }

    @Test
    void aFullNameWithoutADotIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MongoNamespace.parse("people"))
                .withMessage("a full name is database.collection; there is no dot in \"people\"");
    }
}
