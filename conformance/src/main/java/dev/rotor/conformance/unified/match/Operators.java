package dev.rotor.conformance.unified.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.json.JsonParseException;
import org.jspecify.annotations.Nullable;

/** The special operators for matching assertions, whose names begin with two dollar signs. */
final class Operators {

    private final Matcher matcher;
    private final NamedValues names;
    private final Map<String, Check> table = Map.of(
            "$$exists", this::exists,
            "$$type", this::type,
            "$$matchesEntity", this::matchesEntity,
            "$$matchesHexBytes", this::matchesHexBytes,
            "$$unsetOrMatches", this::unsetOrMatches,
            "$$sessionLsid", this::sessionLsid,
            "$$lte", this::lte,
            "$$matchAsDocument", this::matchAsDocument,
            "$$matchAsRoot", this::matchAsRoot);

    /** One operator: fails unless the actual value, {@code null} for nothing, satisfies it. */
    private interface Check {
        void check(BsonValue operand, @Nullable BsonValue actual, boolean root, String path);
    }

    Operators(Matcher matcher, NamedValues names) {
        this.matcher = matcher;
        this.names = names;
    }

    static boolean isOperator(BsonDocument expected) {
        return expected.size() == 1 && expected.getFirstKey().startsWith("$$");
    }

    void check(BsonDocument operator, @Nullable BsonValue actual, boolean root, String path) {
        String name = operator.getFirstKey();
        Check check = table.get(name);
        if (check == null) {
            throw new RunnerException("the runner does not know the operator " + name);
        }
        check.check(Objects.requireNonNull(operator.get(name)), actual, root, path);
    }

    private void exists(BsonValue operand, @Nullable BsonValue actual, boolean root, String path) {
        if (operand.asBoolean().getValue() != (actual != null)) {
            throw Matcher.mismatch(
                    path,
                    operand.asBoolean().getValue()
                            ? "is not there"
                            : "must not be there but is " + Matcher.text(actual));
        }
    }

    private void type(BsonValue operand, @Nullable BsonValue actual, boolean root, String path) {
        BsonType type =
                required(actual, path, "of type " + Matcher.text(operand)).getBsonType();
        boolean matches = operand.isArray()
                ? operand.asArray().stream()
                        .anyMatch(
                                each -> TypeNames.isOfType(type, each.asString().getValue()))
                : TypeNames.isOfType(type, operand.asString().getValue());
        if (!matches) {
            throw Matcher.mismatch(
                    path,
                    "expected a value of type " + Matcher.text(operand) + " but there is " + Matcher.text(actual));
        }
    }

    private void matchesEntity(BsonValue operand, @Nullable BsonValue actual, boolean root, String path) {
        matcher.assertMatches(names.value(operand.asString().getValue()), actual, root, path);
    }

    private void matchesHexBytes(BsonValue operand, @Nullable BsonValue actual, boolean root, String path) {
        byte[] expected = Hex.bytes(operand.asString().getValue());
        BsonValue there = required(actual, path, "bytes");
        byte[] bytes;
        if (there.isBinary()) {
            bytes = there.asBinary().getData();
        } else if (there.isString()) {
            bytes = there.asString().getValue().getBytes(StandardCharsets.UTF_8);
        } else {
            throw Matcher.mismatch(path, "expected bytes but there is " + Matcher.text(there));
        }
        if (!Arrays.equals(expected, bytes)) {
            throw Matcher.mismatch(
                    path,
                    "expected the bytes " + operand.asString().getValue() + " but there are "
                            + HexFormat.of().formatHex(bytes));
        }
    }

    private void unsetOrMatches(BsonValue operand, @Nullable BsonValue actual, boolean root, String path) {
        if (actual != null) {
            matcher.assertMatches(operand, actual, root, path);
        }
    }

    private void sessionLsid(BsonValue operand, @Nullable BsonValue actual, boolean root, String path) {
        matcher.assertMatches(names.lsid(operand.asString().getValue()), actual, false, path);
    }

    private void lte(BsonValue operand, @Nullable BsonValue actual, boolean root, String path) {
        if (!Numbers.isNumber(operand)) {
            throw new RunnerException("$$lte needs a number, not " + Matcher.text(operand));
        }
        BsonValue there = required(actual, path, "at most " + Matcher.text(operand));
        if (!Numbers.isNumber(there) || Numbers.compare(there, operand) > 0) {
            throw Matcher.mismatch(
                    path, "expected at most " + Matcher.text(operand) + " but there is " + Matcher.text(there));
        }
    }

    private void matchAsDocument(BsonValue operand, @Nullable BsonValue actual, boolean root, String path) {
        BsonValue there = required(actual, path, "a document as extended JSON");
        if (!there.isString()) {
            throw Matcher.mismatch(path, "expected a document as extended JSON but there is " + Matcher.text(there));
        }
        BsonDocument parsed;
        try {
            parsed = BsonDocument.parse(there.asString().getValue());
        } catch (JsonParseException malformed) {
            throw Matcher.mismatch(
                    path, "is no extended JSON: " + there.asString().getValue());
        }
        matcher.assertMatches(operand, parsed, false, path);
    }

    private void matchAsRoot(BsonValue operand, @Nullable BsonValue actual, boolean root, String path) {
        matcher.assertMatches(operand, actual, true, path);
    }

    private static BsonValue required(@Nullable BsonValue actual, String path, String what) {
        if (actual == null) {
            throw Matcher.mismatch(path, "is not there; expected " + what);
        }
        return actual;
    }
}
