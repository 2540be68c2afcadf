package dev.rotor.driver.model;

import org.jspecify.annotations.Nullable;

/**
 * Options of {@link Filters#text(String, TextSearchOptions)}. Immutable: every method returns a changed copy.
 *
 * @param language decides stop words, stemmer and tokenizer; {@code null} for that of the index
 * @param caseSensitive whether case counts; {@code null} for the server's default, {@code false}
 * @param diacriticSensitive whether diacritics count; {@code null} for the server's default, {@code false}
 */
public record TextSearchOptions(
        @Nullable String language, @Nullable Boolean caseSensitive, @Nullable Boolean diacriticSensitive) {

    /** Everything is left to the index and the server. */
    public static final TextSearchOptions DEFAULT = new TextSearchOptions(null, null, null);

    /**
     * Sets the language.
     *
     * @param language for example {@code "english"}, or {@code "none"}; {@code null} for that of the index
     * @return a changed copy
     */
    public TextSearchOptions language(@Nullable String language) {
        return new TextSearchOptions(language, caseSensitive, diacriticSensitive);
    }

    /**
     * Sets whether case counts.
     *
     * @param caseSensitive {@code null} for the server's default
     * @return a changed copy
     */
    public TextSearchOptions caseSensitive(@Nullable Boolean caseSensitive) {
        return new TextSearchOptions(language, caseSensitive, diacriticSensitive);
    }

    /**
     * Sets whether diacritics count.
     *
     * @param diacriticSensitive {@code null} for the server's default
     * @return a changed copy
     */
    public TextSearchOptions diacriticSensitive(@Nullable Boolean diacriticSensitive) {
        return new TextSearchOptions(language, caseSensitive, diacriticSensitive);
    }

    @Override
    public String toString() {
        return OptionText.of(
                "TextSearchOptions",
                "language",
                language,
                "caseSensitive",
                caseSensitive,
                "diacriticSensitive",
                diacriticSensitive);
    }
}
