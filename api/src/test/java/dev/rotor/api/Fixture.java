package dev.rotor.api;

/** An API of a few types, for the tests of what reads pages. */
public final class Fixture {

    private Fixture() {}

    public interface Query<T> {
        T first();

        Query<T> limit(int limit);
    }

    public interface Find<T> extends Query<T>, AutoCloseable {
        @Override
        Find<T> limit(int limit);

        Find<T> sort(String by);

        void forBoth();

        @Override
        void close();
    }

    public record Options(boolean upsert) {
        public static final Options DEFAULT = new Options(false);

        public Options upsert(boolean wanted) {
            return new Options(wanted);
        }
    }

    public enum Kind {
        TAILABLE;

        public boolean isTailable() {
            return true;
        }
    }
}
