package dev.rotor.testserver.script;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Methods of arrays and strings. */
final class Methods {
    private Methods() {}

    static @Nullable Object call(@Nullable Object self, String name, @Nullable Object... arguments) {
        if (self instanceof List<?> many) {
            return array(many, name, arguments);
        }
        if (self instanceof String text) {
            return text(text, name, arguments);
        }
        return Values.call(Values.member(self, name), self, arguments);
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object array(List<?> many, String name, @Nullable Object... arguments) {
        Object first = arguments.length > 0 ? arguments[0] : Values.UNDEFINED;
        switch (name) {
            case "push" -> {
                for (Object each : arguments) {
                    ((List<@Nullable Object>) many).add(each);
                }
                return (double) many.size();
            }
            case "reduce" -> {
                int start = arguments.length > 1 ? 0 : 1;
                if (start == 1 && many.isEmpty()) {
                    throw Tokens.failure("TypeError: reduce of empty array with no initial value");
                }
                Object total = start == 0 ? arguments[1] : many.get(0);
                for (int i = start; i < many.size(); i++) {
                    total = Values.call(first, Values.UNDEFINED, total, many.get(i), (double) i, many);
                }
                return total;
            }
            case "indexOf" -> {
                for (int i = 0; i < many.size(); i++) {
                    if (Boolean.TRUE.equals(Values.binary("===", many.get(i), first))) {
                        return (double) i;
                    }
                }
                return -1.0;
            }
            case "join" -> {
                List<String> texts = new ArrayList<>();
                many.forEach(each -> texts.add(Values.text(each)));
                return String.join(first == Values.UNDEFINED ? "," : Values.text(first), texts);
            }
            default -> {
                return each(many, name, first);
            }
        }
    }

    private static @Nullable Object each(List<?> many, String name, @Nullable Object function) {
        List<@Nullable Object> results = new ArrayList<>();
        for (int i = 0; i < many.size(); i++) {
            Object element = many.get(i);
            Object result = Values.call(function, Values.UNDEFINED, element, (double) i, many);
            switch (name) {
                case "map" -> results.add(result);
                case "filter" -> {
                    if (Values.isTrue(result)) {
                        results.add(element);
                    }
                }
                case "some" -> {
                    if (Values.isTrue(result)) {
                        return true;
                    }
                }
                case "every" -> {
                    if (!Values.isTrue(result)) {
                        return false;
                    }
                }
                case "forEach" -> {
                    // Only what the function does counts.
                }
                default -> throw Tokens.failure("TypeError: " + name + " is not a function");
            }
        }
        return switch (name) {
            case "map", "filter" -> results;
            case "some" -> false;
            case "every" -> true;
            default -> Values.UNDEFINED;
        };
    }

    private static Object text(String text, String name, @Nullable Object... arguments) {
        String first = arguments.length > 0 ? Values.text(arguments[0]) : "";
        return switch (name) {
            case "indexOf" -> (double) text.indexOf(first);
            case "includes" -> text.contains(first);
            case "startsWith" -> text.startsWith(first);
            case "toLowerCase" -> text.toLowerCase(java.util.Locale.ROOT);
            case "toUpperCase" -> text.toUpperCase(java.util.Locale.ROOT);
            default -> throw Tokens.failure("TypeError: " + name + " is not a function");
        };
    }
}
