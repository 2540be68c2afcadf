package dev.rotor.conformance.unified.match;

import java.util.Objects;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the format's section "Evaluating Matches". An actual value that is not there is {@code null}. What does
 * not match is an {@link AssertionError} that says where.
 */
public final class Matcher {

    private final Operators operators;

    /** @param names what operators look up by name */
    public Matcher(NamedValues names) {
        this.operators = new Operators(this, names);
    }

    /** Whether the value matches. */
    public boolean matches(BsonValue expected, @Nullable BsonValue actual, boolean root) {
        try {
            assertMatches(expected, actual, root, "");
            return true;
        } catch (AssertionError mismatch) {
            return false;
        }
    }

    /**
     * Fails unless the value matches.
     *
     * @param expected what a case expects
     * @param actual what there is, {@code null} for nothing
     * @param root whether a document may have more fields than are expected
     * @param path what the values are, for the message
     */
    public void assertMatches(BsonValue expected, @Nullable BsonValue actual, boolean root, String path) {
        if (expected.isDocument()) {
            BsonDocument document = expected.asDocument();
            if (Operators.isOperator(document)) {
                operators.check(document, actual, root, path);
            } else {
                matchDocument(document, actual, root, path);
            }
            return;
        }
        if (actual == null) {
            throw mismatch(path, "is not there; expected " + text(expected));
        }
        if (expected.isArray()) {
            matchArray(expected.asArray(), actual, false, path);
        } else {
            matchValue(expected, actual, path);
        }
    }

    /** Fails unless the values are documents that match, one by one; each may have more fields than are expected. */
    public void assertRootDocumentsMatch(BsonValue expected, BsonArray actual, String path) {
        if (expected.isArray()) {
            matchArray(expected.asArray(), actual, true, path);
        } else {
            assertMatches(expected, actual, true, path);
        }
    }

    private void matchDocument(BsonDocument expected, @Nullable BsonValue actual, boolean root, String path) {
        if (actual == null || !actual.isDocument()) {
            throw mismatch(path, "expected the document " + text(expected) + " but there is " + text(actual));
        }
        BsonDocument document = actual.asDocument();
        expected.forEach((key, value) -> {
            String where = path.isEmpty() ? key : path + '.' + key;
            BsonValue there = document.get(key);
            if (there == null && !(value.isDocument() && Operators.isOperator(value.asDocument()))) {
                throw mismatch(where, "is not there; expected " + text(value) + " in " + text(document));
            }
            assertMatches(value, there, false, where);
        });
        if (!root) {
            for (String key : document.keySet()) {
                if (!expected.containsKey(key)) {
                    throw mismatch(path, "has the unexpected field " + key + ": " + text(document));
                }
            }
        }
    }

    private void matchArray(BsonArray expected, BsonValue actual, boolean root, String path) {
        if (!actual.isArray()) {
            throw mismatch(path, "expected the array " + text(expected) + " but there is " + text(actual));
        }
        BsonArray array = actual.asArray();
        if (array.size() != expected.size()) {
            throw mismatch(
                    path,
                    "expected " + expected.size() + " elements but there are " + array.size() + ": expected "
                            + text(expected) + ", there is " + text(array));
        }
        for (int i = 0; i < array.size(); i++) {
            assertMatches(expected.get(i), array.get(i), root, path + '[' + i + ']');
        }
    }

    private static void matchValue(BsonValue expected, BsonValue actual, String path) {
        boolean equal;
        if (Numbers.isNumber(expected) && Numbers.isNumber(actual)) {
            equal = Numbers.same(expected, actual);
        } else {
            equal = Objects.equals(Normalized.of(expected), Normalized.of(actual));
        }
        if (!equal) {
            throw mismatch(path, "expected " + text(expected) + " but there is " + text(actual));
        }
    }

    static AssertionError mismatch(String path, String text) {
        return new AssertionError((path.isEmpty() ? "" : path + ": ") + text);
    }

    /** A value for a message. */
    public static String text(@Nullable BsonValue value) {
        if (value == null) {
            return "nothing";
        }
        // A document is the only value that can be written as JSON by itself.
        String json = value.isDocument()
                ? value.asDocument().toJson()
                : new BsonDocument("", value)
                        .toJson()
                        .replaceFirst("^\\{\"\": ", "")
                        .replaceFirst("}$", "");
        return json.length() <= 1_000 ? json : json.substring(0, 1_000) + "…";
    }
}
