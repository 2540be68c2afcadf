package dev.rotor.driver.core.cursor;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results that came whole, without a cursor: those of {@code distinct} and {@code listDatabases}. */
public final class ListBatch<T> implements Batch<T> {

    private final Iterator<T> results;
    private @Nullable T current;

    /** A batch of these results. */
    public ListBatch(List<T> results) {
        this.results = results.iterator();
    }

    @Override
    public long cursorId() {
        return 0;
    }

    @Override
    public boolean advance() {
        if (!results.hasNext()) {
            return false;
        }
        current = results.next();
        return true;
    }

    @Override
    public T read() {
        T result = current;
        if (result == null) {
            throw new IllegalStateException("advance() first");
        }
        return result;
    }
}
