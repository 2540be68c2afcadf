package dev.rotor.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Command-line options of the form {@code --name value}, each with a default. */
public final class Arguments {

    private static final String DRIVERS = "official-sync,official-reactive,rotor,bare";

    private final Map<String, String> values = new TreeMap<>();

    /**
     * @param arguments the command line
     * @param defaults the options that there are, with their defaults; {@code drivers} is always one, unless there is
     *     {@code transports}
     * @throws IllegalArgumentException if an option is unknown or lacks a value
     */
    public Arguments(String[] arguments, Map<String, String> defaults) {
        if (!defaults.containsKey("transports")) {
            values.put("drivers", DRIVERS);
        }
        values.putAll(defaults);
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!values.containsKey(name) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("not understood: " + arguments[i]
                        + "; the options, each with a value, are " + values.keySet() + " after --");
            }
            values.put(name, arguments[i + 1]);
        }
    }

    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no option " + name);
        }
        return value;
    }

    public int number(String name) {
        int number = Integer.parseInt(text(name));
        if (number < 1) {
            throw new IllegalArgumentException("--" + name + " must be at least 1");
        }
        return number;
    }

    public <T> List<T> list(String name, Function<String, T> parse) {
        List<T> list = new ArrayList<>();
        for (String part : text(name).split(",", -1)) {
            list.add(parse.apply(part.trim()));
        }
        return list;
    }

    public List<String> drivers() {
        return list("drivers", Function.identity());
    }
}
