package dev.rotor.driver.model;

import org.jspecify.annotations.Nullable;

/** Writes options down for people: a name, then what was given. */
final class OptionText {

    private OptionText() {}

    /** Names and values take turns; a value that is null is left out with its name. */
    static String of(String type, @Nullable Object... namesAndValues) {
        StringBuilder text = new StringBuilder(type).append('{');
        boolean first = true;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value == null) {
                continue;
            }
            text.append(first ? "" : ", ").append(namesAndValues[i]).append('=').append(value);
            first = false;
        }
        return text.append('}').toString();
    }
}
