package dev.rotor.driver;

import java.nio.ByteBuffer;
import java.util.Iterator;
import org.bson.RawBsonDocument;

/**
 * The documents of one reply, undecoded. Never empty: a reply without documents gives no batch.
 *
 * <p>It is a view of the reply's memory and keeps all of it from the garbage collector, as do the documents of the
 * iterator and the buffers. Immutable and safe for several threads.
 */
public interface RawBatch extends Iterable<RawBsonDocument> {

    /**
     * How many documents there are.
     *
     * @return the count, at least 1
     */
    int documentCount();

    /**
     * The documents one directly after the other, as in a {@code .bson} file of {@code mongodump}. A reply has an array
     * index between two documents, so each call copies the documents once, unless there is only one.
     *
     * @return a read-only buffer of its own, little-endian, from the first document's length to the last one's end
     */
    ByteBuffer bytes();

    /**
     * The documents as the BSON array that the server sent, for example to be put into another document. Copies
     * nothing.
     *
     * @return a read-only buffer of its own, little-endian, from the array's length to its final zero
     */
    ByteBuffer bsonArray();

    /**
     * The documents one by one, in the server's order. Copies nothing, and reads no document before it is asked to.
     *
     * @return an iterator that cannot remove
     */
    @Override
    Iterator<RawBsonDocument> iterator();
}
