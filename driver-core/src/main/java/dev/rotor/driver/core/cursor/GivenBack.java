package dev.rotor.driver.core.cursor;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results that were read for a call which had been given up by then, and behind them the rest of their batch. */
final class GivenBack<T> implements Batch<T> {

    private final Iterator<T> results;
    /** Why the document behind the results cannot be read, until that has its turn; {@code null} when it can. */
    private @Nullable Throwable unread;

    private final Batch<T> rest;

    private @Nullable T current;
    private @Nullable Throwable failing;

    private GivenBack(List<T> results, @Nullable Throwable unread, Batch<T> rest) {
        this.results = results.iterator();
        this.unread = unread;
        this.rest = rest;
    }

    /**
     * A batch that begins with what was read of it.
     *
     * @param unread what reading the document behind the results has thrown, or {@code null}
     * @param rest where the results came from
     */
    static <T> Batch<T> of(List<T> results, @Nullable Throwable unread, Batch<T> rest) {
        Batch<T> source = rest instanceof GivenBack<T> before && before.isUsedUp() ? before.rest : rest;
        return new GivenBack<>(results, unread, source);
    }

    private boolean isUsedUp() {
        return !results.hasNext() && unread == null;
    }

    @Override
    public long cursorId() {
        return rest.cursorId();
    }

    @Override
    public boolean advance() {
        current = null;
        failing = null;
        if (results.hasNext()) {
            current = results.next();
            return true;
        }
        if (unread != null) {
            failing = unread;
            unread = null;
            return true;
        }
        return rest.advance();
    }

    @Override
    public T read() {
        if (failing != null) {
            throw BatchCursor.asUnchecked(failing);
        }
        return current == null ? rest.read() : current;
    }
}
