package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which fields of a document a reader gets: a {@code projection}, {@code fields}, or the stage {@code $project}. */
public final class Projection {
    private static final Object MISSING = Missing.getInstance();

    private final Node root = new Node();
    private final Variables variables;
    private final boolean inclusion;
    private final boolean keepsId;
    private final @Nullable Filter filter;

    private static final class Node {
        final Map<String, Node> children = new LinkedHashMap<>();
        boolean leaf;

        @Nullable
        Object computed;

        boolean isComputed;
    }

    private Projection(Document spec, Variables variables, @Nullable Filter filter) {
        this.variables = variables;
        this.filter = filter;
        Boolean mode = null;
        boolean id = true;
        boolean anyComputed = false;
        List<Map.Entry<String, Object>> flat = new ArrayList<>();
        flatten("", spec, flat);
        for (Map.Entry<String, Object> entry : flat) {
            Object value = entry.getValue();
            boolean flag = value instanceof Boolean || value instanceof Number;
            if (entry.getKey().equals("_id") && flag) {
                id = Values.isTrue(value);
                continue;
            }
            boolean neutral = isSlice(value);
            if (flag || !neutral) {
                boolean includes = !flag || Values.isTrue(value);
                if (mode != null && mode != includes) {
                    throw new CommandError(
                            includes ? 31253 : 31254,
                            "Cannot do " + (includes ? "inclusion" : "exclusion") + " on field " + entry.getKey()
                                    + " in " + (includes ? "exclusion" : "inclusion") + " projection");
                }
                mode = includes;
            }
            anyComputed |= !flag;
            place(entry.getKey(), value, flag);
        }
        boolean onlyId = mode == null && spec.containsKey("_id") && !anyComputed;
        inclusion = mode != null ? mode : onlyId && id;
        keepsId = id;
    }

    /** Nested objects say the same as dotted paths. */
    private static void flatten(String prefix, Document spec, List<Map.Entry<String, Object>> flat) {
        for (Map.Entry<String, Object> entry : spec.entrySet()) {
            Object value = entry.getValue();
            String path = prefix + entry.getKey();
            if (value instanceof Document nested
                    && !nested.isEmpty()
                    && !nested.keySet().iterator().next().startsWith("$")) {
                flatten(path + ".", nested, flat);
            } else {
                flat.add(new java.util.AbstractMap.SimpleEntry<>(path, value));
            }
        }
    }

    private void place(String path, @Nullable Object value, boolean flag) {
        String plain = path.endsWith(".$") ? path.substring(0, path.length() - 2) : path;
        Node node = root;
        for (String step : plain.split("\\.", -1)) {
            if (step.isEmpty()) {
                throw new CommandError(40353, "FieldPath must not end with a '.'.");
            }
            if (node.leaf) {
                throw new CommandError(31249, "Path collision at " + path);
            }
            node = node.children.computeIfAbsent(step, s -> new Node());
        }
        if (node.leaf || !node.children.isEmpty()) {
            throw new CommandError(31250, "Path collision at " + path);
        }
        node.leaf = true;
        if (path.endsWith(".$")) {
            node.isComputed = true;
            node.computed = POSITIONAL;
        } else if (!flag) {
            node.isComputed = true;
            node.computed = value;
            if (!isSlice(value) && !isElemMatch(value)) {
                Expressions.check(value);
            }
        }
    }

    private static final String POSITIONAL = "$positional";

    /**
     * A projection; an empty one leaves documents as they are.
     *
     * @param filter the filter of the query, for the positional operator; or null
     */
    public static Projection of(Document spec, Variables variables, @Nullable Filter filter) {
        return new Projection(spec, variables, filter);
    }

    private static boolean isSlice(@Nullable Object value) {
        return value instanceof Document d
                && d.size() == 1
                && d.containsKey("$slice")
                && !(d.get("$slice") instanceof List<?> many && !many.isEmpty() && !(many.get(0) instanceof Number));
    }

    private static boolean isElemMatch(@Nullable Object value) {
        return value instanceof Document d && d.size() == 1 && d.containsKey("$elemMatch");
    }

    /** A new document with what is asked for. */
    public Document apply(Document document) {
        Document result = new Document();
        if (inclusion) {
            if (keepsId && document.containsKey("_id") && !root.children.containsKey("_id")) {
                result.put("_id", document.get("_id"));
            }
            include(root, document, result, document);
        } else {
            exclude(root, document, result, document);
            if (!keepsId) {
                result.remove("_id");
            }
        }
        compute(root, document, result, document);
        return result;
    }

    private void include(Node node, Document source, Document target, Document whole) {
        for (Map.Entry<String, Object> field : source.entrySet()) {
            Node child = node.children.get(field.getKey());
            if (child == null) {
                continue;
            }
            if (child.isComputed) {
                Object value = special(child.computed, field.getValue(), field.getKey());
                if (value != MISSING) {
                    target.put(field.getKey(), value);
                }
            } else if (child.leaf) {
                target.put(field.getKey(), field.getValue());
            } else {
                Object inner = included(child, field.getValue(), whole);
                if (inner != MISSING) {
                    target.put(field.getKey(), inner);
                }
            }
        }
    }

    private @Nullable Object included(Node node, @Nullable Object value, Document whole) {
        if (value instanceof Document document) {
            Document inner = new Document();
            include(node, document, inner, whole);
            return inner;
        }
        if (value instanceof List<?> many) {
            List<@Nullable Object> inner = new ArrayList<>();
            for (Object each : many) {
                Object one = included(node, each, whole);
                if (one != MISSING) {
                    inner.add(one);
                }
            }
            return inner;
        }
        return MISSING;
    }

    private void exclude(Node node, Document source, Document target, Document whole) {
        for (Map.Entry<String, Object> field : source.entrySet()) {
            Node child = node.children.get(field.getKey());
            if (child == null) {
                target.put(field.getKey(), field.getValue());
            } else if (child.isComputed) {
                Object value = special(child.computed, field.getValue(), field.getKey());
                target.put(field.getKey(), value == MISSING ? field.getValue() : value);
            } else if (!child.leaf) {
                target.put(field.getKey(), excluded(child, field.getValue(), whole));
            }
        }
    }

    private @Nullable Object excluded(Node node, @Nullable Object value, Document whole) {
        if (value instanceof Document document) {
            Document inner = new Document();
            exclude(node, document, inner, whole);
            return inner;
        }
        if (value instanceof List<?> many) {
            List<@Nullable Object> inner = new ArrayList<>();
            many.forEach(each -> inner.add(excluded(node, each, whole)));
            return inner;
        }
        return value;
    }

    /** What {@code $slice}, {@code $elemMatch} and the positional operator make of an array. */
    private @Nullable Object special(@Nullable Object computed, @Nullable Object value, String field) {
        if (isSlice(computed)) {
            return value instanceof List<?> many
                    ? slice(many, ((Document) java.util.Objects.requireNonNull(computed)).get("$slice"))
                    : value;
        }
        boolean positional = POSITIONAL.equals(computed);
        if (!(value instanceof List<?> many) || !(positional || isElemMatch(computed))) {
            return MISSING;
        }
        Object condition = positional
                ? condition(field)
                : ((Document) java.util.Objects.requireNonNull(computed)).get("$elemMatch");
        for (Object each : many) {
            if (matches(each, condition)) {
                List<@Nullable Object> one = new ArrayList<>();
                one.add(each);
                return one;
            }
        }
        return MISSING;
    }

    private @Nullable Object condition(String field) {
        Document spec = filter == null ? new Document() : filter.spec();
        if (spec.containsKey(field)) {
            Object value = spec.get(field);
            return value instanceof Document d && d.containsKey("$elemMatch") ? d.get("$elemMatch") : value;
        }
        Document inner = new Document();
        spec.forEach((path, value) -> {
            if (path.startsWith(field + ".")) {
                inner.put(path.substring(field.length() + 1), value);
            }
        });
        if (inner.isEmpty()) {
            throw new CommandError(
                    51246,
                    "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array");
        }
        return inner;
    }

    private static boolean matches(@Nullable Object element, @Nullable Object condition) {
        if (condition instanceof Document d
                && element instanceof Document e
                && (d.isEmpty() || !d.keySet().iterator().next().startsWith("$"))) {
            return Filter.of(d).matches(e);
        }
        return Filter.of(new Document("v", condition)).matches(new Document("v", element));
    }

    private static List<?> slice(List<?> many, @Nullable Object spec) {
        int skip = 0;
        int limit;
        if (spec instanceof List<?> two && two.size() == 2) {
            skip = (int) Values.whole(two.get(0), 0);
            limit = (int) Values.whole(two.get(1), 0);
            skip = skip < 0 ? Math.max(0, many.size() + skip) : Math.min(skip, many.size());
        } else {
            limit = (int) Values.whole(spec, 0);
            if (limit < 0) {
                skip = Math.max(0, many.size() + limit);
                limit = -limit;
            }
        }
        return new ArrayList<>(many.subList(skip, Math.min(many.size(), skip + limit)));
    }

    /** Adds the fields whose values are expressions. */
    private void compute(Node node, Document source, Document target, Document whole) {
        for (Map.Entry<String, Node> entry : node.children.entrySet()) {
            Node child = entry.getValue();
            if (child.isComputed) {
                if (isSlice(child.computed) || isElemMatch(child.computed) || POSITIONAL.equals(child.computed)) {
                    continue;
                }
                Object value = Expressions.evaluate(child.computed, whole, variables);
                if (value instanceof Missing) {
                    target.remove(entry.getKey());
                } else {
                    target.put(entry.getKey(), value);
                }
            } else if (!child.leaf && hasComputed(child)) {
                Object inner = target.get(entry.getKey());
                Document into = inner instanceof Document d ? d : new Document();
                compute(child, source, into, whole);
                target.put(entry.getKey(), into);
            }
        }
    }

    private static boolean hasComputed(Node node) {
        return node.isComputed || node.children.values().stream().anyMatch(Projection::hasComputed);
    }
}
