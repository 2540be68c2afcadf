package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Orders documents as {@code sort} says. Of an array counts the smallest element, or the largest when descending. */
public final class SortKey implements Comparator<Document> {
    private final Document spec;
    private final Collation collation;

    private SortKey(Document spec, Collation collation) {
        this.spec = spec;
        this.collation = collation;
    }

    /**
     * The order that a sort document asks for.
     *
     * @throws CommandError if a direction is neither 1 nor -1
     */
    public static SortKey of(Document spec, Collation collation) {
        spec.forEach((field, direction) -> {
            if (field.startsWith("$") && !field.equals("$natural")) {
                throw new CommandError(
                        16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
            }
            if (direction instanceof Document meta && meta.containsKey("$meta")) {
                throw new CommandError(ErrorCode.NOT_IMPLEMENTED, "This server does not implement sorting by $meta");
            }
            if (!(direction instanceof Number n) || (n.doubleValue() != 1 && n.doubleValue() != -1)) {
                throw new CommandError(15975, "$sort key ordering must be specified using a number or {$meta: 'text'}");
            }
        });
        return new SortKey(spec, collation);
    }

    public boolean isEmpty() {
        return spec.isEmpty();
    }

    /** -1 or 1 when the natural order is asked for, else 0. */
    public int natural() {
        return spec.get("$natural") instanceof Number n ? n.intValue() : 0;
    }

    @Override
    public int compare(Document a, Document b) {
        for (Map.Entry<String, Object> field : spec.entrySet()) {
            int direction = ((Number) field.getValue()).intValue();
            int c = BsonOrder.INSTANCE.compare(key(a, field.getKey(), direction), key(b, field.getKey(), direction));
            if (c != 0) {
                return direction < 0 ? -c : c;
            }
        }
        return 0;
    }

    private @Nullable Object key(Document document, String path, int direction) {
        Object best = null;
        boolean first = true;
        for (Object value : Paths.values(document, path)) {
            for (Object each :
                    value instanceof List<?> many && !many.isEmpty() ? many : java.util.Arrays.asList(value)) {
                Object folded = collation.fold(each instanceof Missing ? null : each);
                if (first || BsonOrder.INSTANCE.compare(folded, best) * direction < 0) {
                    best = folded;
                    first = false;
                }
            }
        }
        return best;
    }
}
