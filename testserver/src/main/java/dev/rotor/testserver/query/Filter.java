package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.script.Script;
import org.jspecify.annotations.Nullable;

/** A filter, read once and asked for many documents. */
public final class Filter {
    /** Matches everything. */
    public static final Filter ALL = of(new Document());

    private final Document spec;
    private final Document engine;
    private final @Nullable JsonSchema schema;
    private final @Nullable Script where;
    private final Collation collation;
    private final Variables variables;
    private final boolean expression;
    private final DefaultQueryMatcher matcher = new DefaultQueryMatcher();

    private Filter(Document spec, Collation collation, Variables variables) {
        FilterCheck.check(spec);
        this.spec = spec;
        this.collation = collation;
        this.variables = variables;
        Document rest = spec;
        JsonSchema found = null;
        Script script = null;
        if (spec.containsKey("$jsonSchema") || spec.containsKey("$where")) {
            rest = Paths.shallow(spec);
            Object value = rest.remove("$jsonSchema");
            found = value == null ? null : JsonSchema.of(value);
            Object code = rest.remove("$where");
            script = code == null ? null : Script.of(code).withSleep(variables.pause());
        }
        schema = found;
        where = script;
        expression = names(rest, "$expr");
        if (expression && !collation.isSimple()) {
            throw new CommandError(ErrorCode.NOT_IMPLEMENTED, "This server does not implement $expr under a collation");
        }
        engine = collation.isSimple() ? rest : (Document) folded(rest, collation);
    }

    private static Object folded(Document filter, Collation collation) {
        Object result = collation.fold(filter);
        return result == null ? filter : result;
    }

    public static Filter of(Document spec) {
        return new Filter(spec, Collation.SIMPLE, Variables.NONE);
    }

    /** A filter under a collation, with variables for its {@code $expr}. */
    public static Filter of(Document spec, Collation collation, Variables variables) {
        return new Filter(spec, collation, variables);
    }

    private static boolean names(@Nullable Object value, String operator) {
        if (value instanceof Document document) {
            return document.containsKey(operator) || document.values().stream().anyMatch(each -> names(each, operator));
        }
        return value instanceof java.util.List<?> many && many.stream().anyMatch(each -> names(each, operator));
    }

    public Document spec() {
        return spec;
    }

    public Collation collation() {
        return collation;
    }

    public boolean matches(Document document) {
        if (spec.isEmpty()) {
            return true;
        }
        if (schema != null && !schema.accepts(document)) {
            return false;
        }
        try {
            if (where != null && !where.isTrueOf(document)) {
                return false;
            }
            Document asked = document;
            if (!collation.isSimple()) {
                Object folded = collation.fold(Values.copy(document));
                asked = folded == null ? document : (Document) folded;
            } else if (expression) {
                return expressions(document);
            }
            return matcher.matches(asked, engine);
        } catch (RuntimeException failure) {
            throw Failures.of(failure);
        }
    }

    /**
     * A filter with {@code $expr}: at the top it is evaluated here, below that by the engine with the variables bound.
     */
    private boolean expressions(Document document) {
        Document rest = Paths.shallow(engine);
        if (rest.containsKey("$expr")) {
            Object value = rest.remove("$expr");
            if (!Expressions.isTruthy(Expressions.evaluate(value, document, variables))) {
                return false;
            }
        }
        return rest.isEmpty() || matcher.matches(variables.bound(document), rest);
    }

    /**
     * The only value of {@code _id} that can match, or null if there may be others: what an index on it is asked for.
     */
    public @Nullable Object onlyId() {
        if (!spec.containsKey("_id")) {
            return null;
        }
        Object id = spec.get("_id");
        if (id instanceof Document operators
                && !operators.isEmpty()
                && operators.keySet().iterator().next().startsWith("$")) {
            return operators.containsKey("$eq") ? operators.get("$eq") : null;
        }
        return id instanceof de.bwaldvogel.mongo.bson.BsonRegularExpression ? null : id;
    }

    /** Whether the filter asks for a range of {@code _id}, which a server answers in the order of its index. */
    public boolean isIdRange() {
        return spec.get("_id") instanceof Document operators
                && operators.keySet().stream()
                        .anyMatch(o -> o.equals("$gt")
                                || o.equals("$gte")
                                || o.equals("$lt")
                                || o.equals("$lte")
                                || o.equals("$in"));
    }
}
