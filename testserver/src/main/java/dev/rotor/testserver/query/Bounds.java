package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import java.util.List;

/** The {@code min} (inclusive) and {@code max} (exclusive) of an index scan. */
public final class Bounds {
    private final Document keys;
    private final Document min;
    private final Document max;

    private Bounds(Document keys, Document min, Document max) {
        this.keys = keys;
        this.min = min;
        this.max = max;
    }

    /**
     * Bounds on an index.
     *
     * @throws CommandError if they do not name the fields of the index
     */
    public static Bounds of(Document keys, Document min, Document max) {
        for (Document bound : new Document[] {min, max}) {
            if (!bound.isEmpty() && !List.copyOf(bound.keySet()).equals(List.copyOf(keys.keySet()))) {
                throw new CommandError(
                        51174,
                        "The index chosen is not compatible with min/max: " + JsonText.shell(keys) + " "
                                + JsonText.shell(bound));
            }
        }
        return new Bounds(keys, min, max);
    }

    /** Whether the index has the document's key within the bounds. */
    public boolean contain(Document document) {
        return (min.isEmpty() || compare(document, min) >= 0) && (max.isEmpty() || compare(document, max) < 0);
    }

    private int compare(Document document, Document bound) {
        for (String field : keys.keySet()) {
            int c = BsonOrder.INSTANCE.compare(Paths.values(document, field).get(0), bound.get(field));
            if (c != 0) {
                return Values.whole(keys.get(field), 1) < 0 ? -c : c;
            }
        }
        return 0;
    }
}
