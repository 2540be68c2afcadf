package dev.rotor.driver.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The ids of inserted documents by their index in the call: a view of an array, so that an insert of many documents
 * makes no entry and boxes no index unless somebody walks through it. An index without an id is not in the map.
 */
final class IdsByIndex extends AbstractMap<Integer, BsonValue> {
    private final @Nullable BsonValue[] ids;
    private final int size;

    /** Copies the array. */
    IdsByIndex(@Nullable BsonValue[] ids) {
        this.ids = ids.clone();
        int known = 0;
        for (BsonValue id : ids) {
            if (id != null) {
                known++;
            }
        }
        this.size = known;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable BsonValue get(@Nullable Object key) {
        return key instanceof Integer index && index >= 0 && index < ids.length ? ids[index] : null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Map.Entry<Integer, BsonValue>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Map.Entry<Integer, BsonValue>> iterator() {
                return new Entries(ids);
            }
        };
    }

    private static final class Entries implements Iterator<Map.Entry<Integer, BsonValue>> {
        private final @Nullable BsonValue[] ids;
        private int next;

        Entries(@Nullable BsonValue[] ids) {
            this.ids = ids;
        }

        @Override
        public boolean hasNext() {
            while (next < ids.length && ids[next] == null) {
                next++;
            }
            return next < ids.length;
        }

        @Override
        public Map.Entry<Integer, BsonValue> next() {
            BsonValue id = hasNext() ? ids[next] : null;
            if (id == null) {
                throw new NoSuchElementException();
            }
            return Map.entry(next++, id);
        }
    }
}
