package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Variables of expressions: those of {@code let}, and those that every expression has. */
public final class Variables {
    /** None but those that every expression has. */
    public static final Variables NONE = new Variables(Map.of(), millis -> {});

    private final Map<String, @Nullable Object> values;
    private final LongConsumer pause;

    private Variables(Map<String, @Nullable Object> values, LongConsumer pause) {
        this.values = values;
        this.pause = pause;
    }

    /** The same, and how a script sleeps. */
    public Variables pausing(LongConsumer how) {
        return new Variables(values, how);
    }

    LongConsumer pause() {
        return pause;
    }

    /**
     * The variables of a {@code let} argument, whose values are expressions without fields.
     *
     * @throws CommandError if it is no object or a name is not allowed
     */
    public static Variables let(@Nullable Object let, long clusterTime) {
        Variables outer = NONE.with("CLUSTER_TIME", new de.bwaldvogel.mongo.bson.BsonTimestamp(clusterTime))
                .with("NOW", java.time.Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
        if (let == null) {
            return outer;
        }
        if (!(let instanceof Document spec)) {
            throw new CommandError(
                    ErrorCode.TYPE_MISMATCH,
                    "BSON field 'let' is the wrong type '" + Values.typeName(let) + "', expected type 'object'");
        }
        Variables all = outer;
        for (Map.Entry<String, Object> entry : spec.entrySet()) {
            if (!entry.getKey().matches("[a-z\\x80-\\uffff][A-Za-z0-9_\\x80-\\uffff]*")) {
                throw new CommandError(
                        ErrorCode.FAILED_TO_PARSE,
                        "'" + entry.getKey() + "' starts with an invalid character for a user variable name");
            }
            all = all.with(entry.getKey(), Expressions.evaluate(entry.getValue(), new Document(), outer));
        }
        return all;
    }

    Variables with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Variables(more, pause);
    }

    /** As {@link #let}, but the expressions may name fields of a document and the variables around. */
    public Variables let(Document spec, Document document) {
        Variables all = this;
        for (Map.Entry<String, Object> entry : spec.entrySet()) {
            all = all.with(entry.getKey(), Expressions.evaluate(entry.getValue(), document, this));
        }
        return all;
    }

    /** The value of a variable; {@code $$ROOT} and {@code $$CURRENT} are the document. */
    @Nullable
    Object value(String name, Document document) {
        return switch (name) {
            case "ROOT", "CURRENT" -> values.containsKey(name) ? values.get(name) : document;
            case "REMOVE" -> Missing.getInstance();
            case "PRUNE", "KEEP", "DESCEND" -> "$$" + name;
            default -> {
                if (!values.containsKey(name)) {
                    throw new CommandError(17276, "Use of undefined variable: " + name);
                }
                yield values.get(name);
            }
        };
    }

    /** The document with the variables in it, under the names by which the engine's expressions look for them. */
    Document bound(Document document) {
        Document copy = Paths.shallow(document);
        values.forEach((name, value) -> copy.put("$" + name, value));
        copy.put("$ROOT", document);
        copy.put("$CURRENT", document);
        return copy;
    }

    /** The document without what {@link #bound} has put into it. */
    Document freed(Document document) {
        boolean any = false;
        for (String key : document.keySet()) {
            any |= key.startsWith("$");
        }
        if (!any) {
            return document;
        }
        Document copy = Paths.shallow(document);
        values.keySet().forEach(name -> copy.remove("$" + name));
        copy.remove("$ROOT");
        copy.remove("$CURRENT");
        return copy;
    }
}
