package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.core.services.ServiceFolder;
import dev.rotor.driver.spi.ClientCustomizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a say in every client's settings. */
class CustomizersTest {

    private static final MongoClientSettings GIVEN =
            MongoClientSettings.builder().applicationName("given").build();

    /** Adds a letter to the application's name. */
    private static class Letter implements ClientCustomizer {
        private final int order;
        private final String letter;

        Letter(int order, String letter) {
            this.order = order;
            this.letter = letter;
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public void customize(MongoClientSettings.Builder settings) {
            String before = Objects.requireNonNull(settings.build().applicationName());
            settings.applicationName(before + letter);
        }
    }

    /** Of the same order as another, with a class name behind its own. */
    private static final class LetterOfAnotherClass extends Letter {
        LetterOfAnotherClass(int order, String letter) {
            super(order, letter);
        }
    }

    /** Found through a service file. */
    public static final class Found implements ClientCustomizer {
        @Override
        public void customize(MongoClientSettings.Builder settings) {
            settings.applicationName("found");
        }
    }

    /** Cannot be made. */
    public static final class Unmakeable implements ClientCustomizer {
        public Unmakeable() {
            throw new IllegalStateException("no licence");
        }

        @Override
        public void customize(MongoClientSettings.Builder settings) {
            throw new AssertionError("never made");
        }
    }

    @Test
    void theyHaveTheirTurnsByOrderAndThenByName() {
        List<ClientCustomizer> unsorted =
                List.of(new LetterOfAnotherClass(0, "C"), new Letter(7, "D"), new Letter(-1, "A"), new Letter(0, "B"));

        assertThat(Customizers.apply(unsorted, GIVEN).applicationName()).isEqualTo("givenABCD");
    }

    @Test
    void withoutAnyTheSettingsAreTheSameObject() {
        assertThat(Customizers.apply(List.of(), GIVEN)).isSameAs(GIVEN);
    }

    @Test
    void oneThatThrowsFailsTheCreationByName() {
        ClientCustomizer throwing = settings -> {
            throw new IllegalStateException("not today");
        };

        assertThatThrownBy(() -> Customizers.apply(List.of(throwing), GIVEN))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining(throwing.getClass().getName())
                .hasMessageContaining("not today")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void oneThatLeavesSettingsWhichCannotBeIsTheOneThatIsNamed() {
        ClientCustomizer wrong = settings -> settings.applicationName("x".repeat(1000));

        assertThatThrownBy(() -> Customizers.apply(List.of(wrong, new Letter(1, "A")), GIVEN))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining(wrong.getClass().getName());
    }

    @Test
    void theyAreFoundByTheContextClassLoader(@TempDir Path services) throws IOException {
        assertThat(inLoaderWith(services, Found.class)).singleElement().isInstanceOf(Found.class);
        assertThat(Customizers.find()).isEmpty();
    }

    @Test
    void oneThatCannotBeMadeFailsTheCreationByName(@TempDir Path services) {
        assertThatThrownBy(() -> inLoaderWith(services, Unmakeable.class))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining(Unmakeable.class.getName());
    }

    @Test
    void whatIsNoCustomizerFailsTheCreationByName(@TempDir Path services) {
        assertThatThrownBy(() -> inLoaderWith(services, Document.class))
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining(Document.class.getName());
    }

    private static List<ClientCustomizer> inLoaderWith(Path directory, Class<?> provider) throws IOException {
        return ServiceFolder.at(directory)
                .with(ClientCustomizer.class, provider.getName())
                .asContext(Customizers::find);
    }
}
