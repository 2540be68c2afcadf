package dev.rotor.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void nothingMeansTheEmbeddedServerAndAllClassFiles() throws UsageException {
        assertThat(Options.parse(List.of())).isEqualTo(new Options(null, null, Long.MAX_VALUE, false, false));
    }

    @Test
    void valuesStandBehindTheOptionOrInIt() throws UsageException {
        Options apart = Options.parse(List.of("--limit", "7", "--transport", "nio", "--quiet"));
        Options within = Options.parse(List.of("--limit=7", "--transport=nio", "-q"));

        assertThat(apart).isEqualTo(within).isEqualTo(new Options(null, "nio", 7, true, false));
    }

    @Test
    void aConnectionStringMayContainEqualsSigns() throws UsageException {
        assertThat(Options.parse(List.of("--uri=mongodb://h:1/d?serverSelectionTimeoutMS=300"))
                        .uri())
                .hasToString("mongodb://h:1/d?serverSelectionTimeoutMS=300");
    }

    @Test
    void eachMistakeIsNamed() {
        assertWrong("unknown option --frob", "--frob");
        assertWrong("unknown option --frob", "--frob=secret");
        assertWrong("--uri needs a value", "--uri");
        assertWrong("--uri needs a value", "--uri", "--quiet");
        assertWrong("--transport needs a value", "--transport=");
        assertWrong("--quiet takes no value", "--quiet=yes");
        for (String limit : List.of("0", "-1", "many", "1.5", "99999999999999999999")) {
            assertWrong("--limit needs a whole number of 1 or more, not \"" + limit + "\"", "--limit", limit);
        }
        assertWrong("--uri: Invalid connection string", "--uri", "http://localhost");
    }

    @Test
    void aPasswordInTheWrongPlaceIsNotRepeated() {
        assertThatThrownBy(() -> Options.parse(List.of("mongodb://ada:secret@h/")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("did you mean --uri?")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Options.parse(List.of("--uri", "mongodb:/ada:secret@h/")))
                .isInstanceOf(UsageException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void theHelpFitsTheScreen() {
        assertThat(Options.HELP.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Screen.WIDTH));
    }

    private static void assertWrong(String message, String... arguments) {
        assertThatThrownBy(() -> Options.parse(List.of(arguments)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }
}
