package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How strings compare: binary, or by letters first, then accents (strength 2), then case (strength 3). It stands for
 * the root order of letters; what needs the tables of a language, such as its own alphabet, is not here, and options
 * that would change the order are refused.
 */
public final class Collation {
    /** Binary comparison. */
    public static final Collation SIMPLE = new Collation(0, false, false);

    private static final Set<String> OPTIONS = Set.of(
            "locale",
            "caseLevel",
            "caseFirst",
            "strength",
            "numericOrdering",
            "alternate",
            "maxVariable",
            "normalization",
            "backwards",
            "version");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final int strength;
    private final boolean numeric;
    private final boolean upperFirst;

    private Collation(int strength, boolean numeric, boolean upperFirst) {
        this.strength = strength;
        this.numeric = numeric;
        this.upperFirst = upperFirst;
    }

    /**
     * Reads a {@code collation} option; absent is {@link #SIMPLE}.
     *
     * @throws CommandError if it is malformed, or asks for what is not implemented
     */
    public static Collation of(@Nullable Object option) {
        if (option == null) {
            return SIMPLE;
        }
        if (!(option instanceof Document spec)) {
            throw new CommandError(
                    ErrorCode.TYPE_MISMATCH, "BSON field 'collation' is the wrong type, expected type 'object'");
        }
        if (spec.isEmpty()) {
            return SIMPLE;
        }
        for (String name : spec.keySet()) {
            if (!OPTIONS.contains(name)) {
                throw new CommandError(40415, "BSON field 'collation." + name + "' is an unknown field.");
            }
        }
        if (!(spec.get("locale") instanceof String locale)) {
            throw new CommandError(40414, "BSON field 'collation.locale' is missing but a required field");
        }
        if (locale.equals("simple")) {
            return SIMPLE;
        }
        if (!locale.matches("[a-z]{2,3}([_@][A-Za-z=_]+)*")) {
            throw new CommandError(ErrorCode.BAD_VALUE, "Field 'locale' is invalid in: " + JsonText.shell(spec));
        }
        int strength = spec.get("strength") instanceof Number n ? n.intValue() : 3;
        if (strength < 1 || strength > 5) {
            throw new CommandError(
                    ErrorCode.FAILED_TO_PARSE,
                    "Enumeration value '" + strength + "' for field 'strength' is not a valid value.");
        }
        if (Boolean.TRUE.equals(spec.get("caseLevel"))
                || Boolean.TRUE.equals(spec.get("backwards"))
                || "shifted".equals(spec.get("alternate"))) {
            throw new CommandError(
                    ErrorCode.NOT_IMPLEMENTED, "This server does not implement the collation " + JsonText.shell(spec));
        }
        return new Collation(
                strength, Boolean.TRUE.equals(spec.get("numericOrdering")), "upper".equals(spec.get("caseFirst")));
    }

    public boolean isSimple() {
        return strength == 0;
    }

    /** The value with its strings replaced by others whose binary order and equality are those of this collation. */
    public @Nullable Object fold(@Nullable Object value) {
        if (isSimple()) {
            return value;
        }
        if (value instanceof String text) {
            return key(text);
        }
        return value instanceof Document || value instanceof java.util.List ? Values.map(value, this::foldLeaf) : value;
    }

    private @Nullable Object foldLeaf(@Nullable Object leaf) {
        if (leaf instanceof BsonRegularExpression) {
            throw new CommandError(
                    ErrorCode.NOT_IMPLEMENTED, "This server does not implement regular expressions under a collation");
        }
        return leaf instanceof String text ? key(text) : leaf;
    }

    private String key(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFD);
        String letters = MARKS.matcher(composed).replaceAll("").toLowerCase(Locale.ROOT);
        if (numeric) {
            letters = DIGITS.matcher(letters).replaceAll(digits -> {
                String number = digits.group().replaceFirst("^0+(?=.)", "");
                return Matcher.quoteReplacement("0" + (char) ('\u0100' + number.length()) + number);
            });
        }
        StringBuilder key = new StringBuilder(letters);
        if (strength >= 2) {
            key.append('\u0001').append(composed.toLowerCase(Locale.ROOT));
        }
        if (strength >= 3) {
            key.append('\u0001').append(upperFirst ? composed : swapCase(composed));
        }
        return key.toString();
    }

    private static String swapCase(String text) {
        StringBuilder swapped = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> swapped.appendCodePoint(
                        Character.isLowerCase(c) ? Character.toUpperCase(c) : Character.toLowerCase(c)));
        return swapped.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Collation that
                && strength == that.strength
                && numeric == that.numeric
                && upperFirst == that.upperFirst;
    }

    @Override
    public int hashCode() {
        return strength * 4 + (numeric ? 2 : 0) + (upperFirst ? 1 : 0);
    }
}
