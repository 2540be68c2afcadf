package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.aggregation.Expression;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Aggregation expressions. Paths, variables, objects and what the engine lacks are evaluated here, operators that it
 * has there.
 */
public final class Expressions {
    private Expressions() {}

    /** The value; {@link Missing} if there is none. */
    public static @Nullable Object evaluate(@Nullable Object expression, Document document, Variables variables) {
        if (expression instanceof String text) {
            return text.startsWith("$") ? path(text, document, variables) : text;
        }
        if (expression instanceof List<?> many) {
            List<@Nullable Object> values = new ArrayList<>(many.size());
            for (Object each : many) {
                Object value = evaluate(each, document, variables);
                values.add(value instanceof Missing ? null : value);
            }
            return values;
        }
        if (!(expression instanceof Document spec)) {
            return expression;
        }
        if (spec.isEmpty()) {
            return new Document();
        }
        String first = spec.keySet().iterator().next();
        if (first.startsWith("$")) {
            if (spec.size() > 1) {
                throw new CommandError(
                        15983,
                        "an object representing an expression must have exactly one field: " + JsonText.shell(spec));
            }
            return operator(first, spec, document, variables);
        }
        Document result = new Document();
        for (Map.Entry<String, Object> entry : spec.entrySet()) {
            Object value = evaluate(entry.getValue(), document, variables);
            if (!(value instanceof Missing)) {
                result.put(entry.getKey(), value);
            }
        }
        return result;
    }

    private static @Nullable Object path(String text, Document document, Variables variables) {
        if (!text.startsWith("$$")) {
            if (text.length() == 1) {
                throw new CommandError(16872, "'$' by itself is not a valid FieldPath");
            }
            return Paths.expression(variables.value("CURRENT", document), text.substring(1));
        }
        int dot = text.indexOf('.');
        Object value = variables.value(text.substring(2, dot < 0 ? text.length() : dot), document);
        return dot < 0 ? value : Paths.expression(value, text.substring(dot + 1));
    }

    private static @Nullable Object operator(String name, Document spec, Document document, Variables variables) {
        Object argument = spec.get(name);
        return switch (name) {
            case "$literal", "$const" -> argument;
            case "$expr" -> evaluate(argument, document, variables);
            case "$setField", "$unsetField" -> setField(name, object(name, argument), document, variables);
            case "$getField" -> getField(argument, document, variables);
            case "$let" -> {
                Document let = object(name, argument);
                Variables inner = variables.let(object("$let.vars", let.get("vars")), document);
                yield evaluate(let.get("in"), document, inner);
            }
            case "$cond" -> cond(argument, document, variables);
            case "$ifNull" -> ifNull(argument, document, variables);
            case "$bsonSize" ->
                evaluate(argument, document, variables) instanceof Document sized ? (Object) BsonSize.of(sized) : null;
            default -> delegate(name, spec, document, variables);
        };
    }

    private static @Nullable Object delegate(String name, Document spec, Document document, Variables variables) {
        Object operand = spec.get(name);
        Document ready = new Document(name, containsOwn(operand) ? rewritten(operand, document, variables) : operand);
        try {
            return Expression.evaluateDocument(ready, variables.bound(document));
        } catch (RuntimeException failure) {
            throw Failures.of(failure);
        }
    }

    /** Operators that are evaluated here although they stand within one that the engine evaluates. */
    private static boolean containsOwn(@Nullable Object value) {
        if (value instanceof List<?> many) {
            return many.stream().anyMatch(Expressions::containsOwn);
        }
        return value instanceof Document spec
                && spec.entrySet().stream()
                        .anyMatch(e -> e.getKey().equals("$setField")
                                || e.getKey().equals("$unsetField")
                                || e.getKey().equals("$getField")
                                || e.getKey().equals("$bsonSize")
                                || (!e.getKey().equals("$literal") && containsOwn(e.getValue())));
    }

    private static Object rewritten(@Nullable Object value, Document document, Variables variables) {
        if (value instanceof List<?> many) {
            List<Object> each = new ArrayList<>();
            many.forEach(one -> each.add(rewritten(one, document, variables)));
            return each;
        }
        Object result = evaluate(value, document, variables);
        return new Document("$literal", result instanceof Missing ? null : result);
    }

    private static Document object(String name, @Nullable Object argument) {
        if (argument instanceof Document spec) {
            return spec;
        }
        throw new CommandError(
                4161100, name + " requires an object as an argument, found: " + Values.typeName(argument));
    }

    private static @Nullable Object setField(String name, Document spec, Document document, Variables variables) {
        Object field = evaluate(spec.get("field"), document, variables);
        if (!(field instanceof String key)) {
            throw new CommandError(4161107, name + " requires 'field' to evaluate to a constant string");
        }
        Object input = evaluate(spec.get("input"), document, variables);
        if (input == null || input instanceof Missing) {
            return null;
        }
        if (!(input instanceof Document target)) {
            throw new CommandError(4161105, name + " requires 'input' to evaluate to type Object");
        }
        Document copy = Paths.shallow(target);
        Object value =
                name.equals("$unsetField") ? Missing.getInstance() : evaluate(spec.get("value"), document, variables);
        if (value instanceof Missing) {
            copy.remove(key);
        } else {
            copy.put(key, value);
        }
        return copy;
    }

    private static @Nullable Object getField(@Nullable Object argument, Document document, Variables variables) {
        Object name = argument instanceof Document spec && spec.containsKey("field") ? spec.get("field") : argument;
        Object field = evaluate(name, document, variables);
        Object input = argument instanceof Document spec && spec.containsKey("input")
                ? evaluate(spec.get("input"), document, variables)
                : document;
        if (!(field instanceof String key)) {
            throw new CommandError(
                    3041704,
                    "$getField requires 'field' to evaluate to type String, but got " + Values.typeName(field));
        }
        if (input == null) {
            return null;
        }
        return input instanceof Document d && d.containsKey(key) ? d.get(key) : Missing.getInstance();
    }

    private static @Nullable Object cond(@Nullable Object argument, Document document, Variables variables) {
        Object when;
        Object then;
        Object otherwise;
        if (argument instanceof List<?> three && three.size() == 3) {
            when = three.get(0);
            then = three.get(1);
            otherwise = three.get(2);
        } else if (argument instanceof Document spec && spec.keySet().equals(java.util.Set.of("if", "then", "else"))) {
            when = spec.get("if");
            then = spec.get("then");
            otherwise = spec.get("else");
        } else {
            throw new CommandError(16020, "Expression $cond takes exactly 3 arguments.");
        }
        return evaluate(isTruthy(evaluate(when, document, variables)) ? then : otherwise, document, variables);
    }

    private static @Nullable Object ifNull(@Nullable Object argument, Document document, Variables variables) {
        if (!(argument instanceof List<?> many) || many.size() < 2) {
            throw new CommandError(
                    1257300,
                    "$ifNull needs at least two arguments, had: " + (argument instanceof List<?> l ? l.size() : 1));
        }
        Object value = null;
        for (Object each : many) {
            value = evaluate(each, document, variables);
            if (value != null && !(value instanceof Missing)) {
                return value;
            }
        }
        return value;
    }

    /** Whether an expression's value counts as true: all but false, zero, null and nothing. */
    public static boolean isTruthy(@Nullable Object value) {
        return value instanceof Boolean b
                ? b
                : value instanceof Number n ? n.doubleValue() != 0 : value != null && !(value instanceof Missing);
    }

    /** Refuses operators that no server knows, without a document at hand. */
    public static void check(@Nullable Object expression) {
        if (expression instanceof List<?> many) {
            many.forEach(Expressions::check);
        } else if (expression instanceof Document spec) {
            for (Map.Entry<String, Object> entry : spec.entrySet()) {
                String key = entry.getKey();
                if (key.equals("$literal") || key.equals("$const")) {
                    continue;
                }
                if (key.startsWith("$") && !isKnown(key)) {
                    throw new CommandError(
                            ErrorCode.INVALID_PIPELINE_OPERATOR, "Unrecognized expression '" + key + "'");
                }
                check(entry.getValue());
            }
        }
    }

    private static boolean isKnown(String operator) {
        try {
            Expression.valueOf(operator);
            return true;
        } catch (IllegalArgumentException unknown) {
            return switch (operator) {
                case "$setField", "$unsetField", "$getField", "$let", "$cond", "$ifNull", "$bsonSize", "$expr" -> true;
                default -> false;
            };
        }
    }
}
