package dev.rotor.testserver.script;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables where a piece of code runs. */
final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, @Nullable Object> values = new HashMap<>();
    private final @Nullable Object self;

    Scope(@Nullable Scope outer, @Nullable Object self) {
        this.outer = outer;
        this.self = self;
    }

    @Nullable
    Object self() {
        return self;
    }

    void declare(String name, @Nullable Object value) {
        values.put(name, value);
    }

    @Nullable
    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.values.containsKey(name)) {
                return scope.values.get(name);
            }
        }
        throw Tokens.failure("ReferenceError: " + name + " is not defined");
    }

    void set(String name, @Nullable Object value) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.values.containsKey(name)) {
                scope.values.put(name, value);
                return;
            }
        }
        values.put(name, value);
    }
}
