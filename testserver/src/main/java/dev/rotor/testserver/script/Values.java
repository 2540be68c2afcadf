package dev.rotor.testserver.script;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.query.BsonOrder;
import dev.rotor.testserver.script.Node.Callable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values of scripts: numbers are doubles, objects are documents. */
final class Values {
    static final Object UNDEFINED = new Object() {
        @Override
        public String toString() {
            return "undefined";
        }
    };

    private Values() {}

    static boolean isTrue(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Number n) {
            return n.doubleValue() != 0 && !Double.isNaN(n.doubleValue());
        }
        return value != null && value != UNDEFINED && !value.equals("");
    }

    static double number(@Nullable Object value) {
        if (value instanceof Number n) {
            return n.doubleValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof String text) {
            try {
                return text.isBlank() ? 0 : Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }
        return value == null ? 0 : Double.NaN;
    }

    static String text(@Nullable Object value) {
        if (value instanceof Number n
                && n.doubleValue() == Math.rint(n.doubleValue())
                && Math.abs(n.doubleValue()) < 1e15) {
            return String.valueOf((long) n.doubleValue());
        }
        return String.valueOf(value);
    }

    static String typeOf(@Nullable Object value) {
        if (value == UNDEFINED) {
            return "undefined";
        }
        return value instanceof Number
                ? "number"
                : value instanceof String
                        ? "string"
                        : value instanceof Boolean ? "boolean" : value instanceof Callable ? "function" : "object";
    }

    static Object binary(String operator, @Nullable Object a, @Nullable Object b) {
        return switch (operator) {
            case "+" ->
                a instanceof String || b instanceof String
                        ? (Object) (text(a) + text(b))
                        : (Object) (number(a) + number(b));
            case "-" -> number(a) - number(b);
            case "*" -> number(a) * number(b);
            case "/" -> number(a) / number(b);
            case "%" -> number(a) % number(b);
            case "<" -> less(a, b);
            case ">" -> less(b, a);
            case "<=" -> !less(b, a) && comparable(a, b);
            case ">=" -> !less(a, b) && comparable(a, b);
            case "===" -> same(a, b);
            case "!==" -> !same(a, b);
            case "==" -> same(a, b) || loose(a, b);
            case "!=" -> !same(a, b) && !loose(a, b);
            default -> throw Tokens.failure("SyntaxError: unknown operator " + operator);
        };
    }

    private static boolean comparable(@Nullable Object a, @Nullable Object b) {
        return (a instanceof String && b instanceof String) || !(Double.isNaN(number(a)) || Double.isNaN(number(b)));
    }

    private static boolean less(@Nullable Object a, @Nullable Object b) {
        if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y) < 0;
        }
        return number(a) < number(b);
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        return (a instanceof Number && b instanceof Number) ? BsonOrder.same(a, b) : Objects.equals(a, b);
    }

    private static boolean loose(@Nullable Object a, @Nullable Object b) {
        boolean nothing = a == null || a == UNDEFINED;
        boolean other = b == null || b == UNDEFINED;
        if (nothing || other) {
            return nothing && other;
        }
        return (a instanceof String || b instanceof String || a instanceof Boolean || b instanceof Boolean)
                && number(a) == number(b);
    }

    static @Nullable Object member(@Nullable Object target, @Nullable Object key) {
        if (target == null || target == UNDEFINED) {
            throw Tokens.failure("TypeError: " + target + " has no properties");
        }
        if (target instanceof List<?> many) {
            if ("length".equals(key)) {
                return (double) many.size();
            }
            double index = number(key);
            return index >= 0 && index < many.size() ? many.get((int) index) : UNDEFINED;
        }
        if (target instanceof String text && "length".equals(key)) {
            return (double) text.length();
        }
        return target instanceof Document document && document.containsKey(text(key))
                ? document.get(text(key))
                : UNDEFINED;
    }

    @SuppressWarnings("unchecked")
    static void assign(@Nullable Object target, @Nullable Object key, @Nullable Object value) {
        if (target instanceof Document document) {
            document.put(text(key), value);
        } else if (target instanceof ArrayList<?> list) {
            ArrayList<@Nullable Object> many = (ArrayList<@Nullable Object>) list;
            int index = (int) number(key);
            while (many.size() <= index) {
                many.add(null);
            }
            many.set(index, value);
        } else {
            throw Tokens.failure("TypeError: cannot set a property of " + text(target));
        }
    }

    static @Nullable Object call(@Nullable Object callee, @Nullable Object self, @Nullable Object... arguments) {
        if (callee instanceof Callable function) {
            return function.call(self, arguments);
        }
        throw Tokens.failure("TypeError: " + text(callee) + " is not a function");
    }
}
