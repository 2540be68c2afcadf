package dev.rotor.driver.codec;

import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Where in a user's value a codec failed. Grows outwards while the failure passes the levels of the value. */
final class FieldPath implements Serializable {

    @Serial
    private static final long serialVersionUID = 1;

    private @Nullable String path;
    private @Nullable Class<?> root;

    /** The record that holds the innermost field: named when the path does not begin there. */
    private @Nullable Class<?> record;

    private @Nullable String component;

    void within(String field, Class<?> owner) {
        String name = Failures.inLine(field);
        path = path == null ? name : name + '.' + path;
        root = owner;
        if (record == null && owner.isRecord()) {
            record = owner;
            component = field;
        }
    }

    /** What went wrong, where, and what helps. */
    String describe(String what, @Nullable String hint) {
        StringBuilder text = new StringBuilder(what);
        if (path != null && root != null) {
            text.append(", at field ").append(path).append(" of ").append(root.getName());
            if (record != null && record != root) {
                text.append(" (")
                        .append(record.getName())
                        .append('.')
                        .append(component)
                        .append(')');
            }
        }
        if (hint != null) {
            text.append("; ").append(hint);
        }
        return text.toString();
    }
}
