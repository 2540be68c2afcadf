package dev.rotor.driver;

import java.util.Arrays;
import java.util.Objects;

/** A password or token that no message, log line or {@link #toString()} shows. Immutable. */
public final class Secret {

    private final char[] chars;

    private Secret(char[] chars) {
        this.chars = chars;
    }

    /**
     * Wraps a copy of the characters; the caller may wipe its own afterwards.
     *
     * @param chars the secret, may be empty
     * @return the secret
     */
    public static Secret of(char[] chars) {
        return new Secret(Objects.requireNonNull(chars, "chars").clone());
    }

    /**
     * Wraps the characters of a text.
     *
     * @param text the secret, may be empty
     * @return the secret
     */
    public static Secret of(CharSequence text) {
        char[] chars = new char[Objects.requireNonNull(text, "text").length()];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = text.charAt(i);
        }
        return new Secret(chars);
    }

    /**
     * The characters, for whoever has to send or hash them.
     *
     * @return a copy that the caller may wipe
     */
    public char[] reveal() {
        return chars.clone();
    }

    /**
     * Whether there are no characters.
     *
     * @return {@code true} for the empty secret
     */
    public boolean isEmpty() {
        return chars.length == 0;
    }

    /** Whether the other is a secret of the same characters; takes as long whatever they have in common. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Secret that)) {
            return false;
        }
        int difference = chars.length ^ that.chars.length;
        for (int i = 0; i < Math.min(chars.length, that.chars.length); i++) {
            difference |= chars[i] ^ that.chars[i];
        }
        return difference == 0;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(chars);
    }

    /** Always {@code ***}. */
    @Override
    public String toString() {
        return "***";
    }
}
