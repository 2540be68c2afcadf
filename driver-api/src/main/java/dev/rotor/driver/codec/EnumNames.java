package dev.rotor.driver.codec;

import java.util.LinkedHashMap;
import java.util.Map;

/** The constants of an enum by their names. */
final class EnumNames {

    private final Class<?> type;
    private final Map<String, Object> constants = new LinkedHashMap<>();

    EnumNames(Class<?> type) {
        this.type = type;
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
    }

    Object constant(String name) {
        Object constant = constants.get(name);
        if (constant == null) {
            throw Failures.value("the enum " + type.getName() + " has no constant " + Failures.quoted(name)
                    + "; it has " + String.join(", ", constants.keySet()));
        }
        return constant;
    }
}
