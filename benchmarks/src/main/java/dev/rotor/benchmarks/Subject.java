package dev.rotor.benchmarks;

/** A driver under test, used as its documentation says: one client, one handle of the collection, default settings. */
public interface Subject extends AutoCloseable {

    /** The database of all operations but ping. */
    String DATABASE = "bench";

    /** The collection of all operations. */
    String COLLECTION = "people";

    /**
     * Does one operation and blocks until its result is there.
     *
     * @param operation what to do
     * @return the result: never null, a find must find its document
     */
    Object call(Operation operation);

    /**
     * Whether there is such an operation.
     *
     * @param operation what may be asked
     * @return whether {@link #call} does it
     */
    default boolean knows(Operation operation) {
        return true;
    }

    @Override
    void close();
}
