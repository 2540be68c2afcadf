package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether all that a query finds is in a partial index. Decided field by field, as by servers: a query that implies the
 * index's filter in a way that takes more thought does not use the index.
 */
public final class Implication {

    private static final Set<String> RANGES = Set.of("$lt", "$lte", "$gt", "$gte");

    private Implication() {}

    /**
     * Whether each document that the query matches is matched by the filter as well.
     *
     * @param query what is looked for
     * @param filter {@code partialFilterExpression} of an index
     */
    public static boolean holds(Document query, Document filter) {
        for (Map.Entry<String, Object> part : filter.entrySet()) {
            if (part.getKey().startsWith("$") || !query.containsKey(part.getKey())) {
                return false;
            }
            Object asked = query.get(part.getKey());
            if (!((part.getValue() instanceof Document conditions && operators(conditions))
                    ? isImplied(asked, conditions, part.getKey())
                    : same(asked, part.getValue()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean operators(Document document) {
        return !document.isEmpty() && document.keySet().iterator().next().startsWith("$");
    }

    private static boolean same(@Nullable Object asked, @Nullable Object wanted) {
        Object value = asked instanceof Document document && operators(document) ? document.get("$eq") : asked;
        return !(value instanceof BsonRegularExpression) && BsonOrder.same(value, wanted);
    }

    private static boolean isImplied(@Nullable Object asked, Document conditions, String field) {
        if (asked instanceof BsonRegularExpression) {
            return false;
        }
        if (!(asked instanceof Document document) || !operators(document)) {
            // One value: it says itself whether it is in the index. A path through arrays may lead to several.
            return asked != null
                    && !field.contains(".")
                    && Filter.of(new Document(field, conditions)).matches(new Document(field, asked));
        }
        for (Map.Entry<String, Object> condition : conditions.entrySet()) {
            if (!isImpliedBy(document, condition.getKey(), condition.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isImpliedBy(Document asked, String operator, @Nullable Object bound) {
        return switch (operator) {
            case "$lt" -> reaches(asked, "$lt", bound, 0, -1) || reaches(asked, "$lte", bound, -1, -1);
            case "$lte" -> reaches(asked, "$lt", bound, 0, -1) || reaches(asked, "$lte", bound, 0, -1);
            case "$gt" -> reaches(asked, "$gt", bound, 0, 1) || reaches(asked, "$gte", bound, 1, 1);
            case "$gte" -> reaches(asked, "$gt", bound, 0, 1) || reaches(asked, "$gte", bound, 0, 1);
            case "$exists" ->
                Values.isTrue(bound)
                        && (Values.isTrue(asked.get("$exists"))
                                || asked.keySet().stream().anyMatch(RANGES::contains));
            default -> asked.containsKey(operator) && BsonOrder.same(asked.get(operator), bound);
        };
    }

    /**
     * Whether the query has a limit of that kind, of the type of the filter's, and at least as narrow.
     *
     * @param least 0 if the same limit will do, otherwise {@code towards}
     * @param towards which way is narrower
     */
    private static boolean reaches(Document asked, String operator, @Nullable Object bound, int least, int towards) {
        Object limit = asked.get(operator);
        if (limit == null || BsonOrder.rank(limit) != BsonOrder.rank(bound)) {
            return false;
        }
        int order = Integer.signum(BsonOrder.INSTANCE.compare(limit, bound));
        return order == towards || order == least;
    }
}
