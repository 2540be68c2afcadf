package dev.rotor.monitoring.slf4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

    private static final String FACE = "\uD83D\uDE00";

    @Test
    void whatIsHarmlessIsTheSameObject() {
        String harmless = "Größe €5 " + FACE + " 漢字 {} %s";

        assertThat(OneLine.escaped(harmless)).isSameAs(harmless);
    }

    @Test
    void whateverEndsOrDisguisesALineIsEscaped() {
        assertThat(OneLine.escaped("a\nb\r\n\tc\u0000\u001b[31m\u007f\u0085\u2028\u2029\u202e\u200b"))
                .isEqualTo("a\\nb\\r\\n\\tc\\u0000\\u001b[31m\\u007f\\u0085\\u2028\\u2029\\u202e\\u200b");
    }

    @Test
    void halfACharacterIsEscapedAndAWholeOneIsNot() {
        assertThat(OneLine.escaped("\uD83D " + FACE + " \uDE00")).isEqualTo("\\ud83d " + FACE + " \\ude00");
        assertThat(OneLine.escaped("\uD83D")).isEqualTo("\\ud83d");
    }

    @Test
    void aCutCountsCharactersAndDividesNone() {
        assertThat(OneLine.cut(FACE + FACE + FACE, 3)).isEqualTo(FACE + FACE + FACE);
        assertThat(OneLine.cut(FACE + FACE + FACE, 2)).isEqualTo(FACE + FACE + "...");
        assertThat(OneLine.cut("abc", 0)).isEqualTo("...");
        assertThat(OneLine.cut("", 0)).isEmpty();
    }
}
