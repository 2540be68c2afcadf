package dev.rotor.gridfs;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * Reads a download piece by piece, from any place. Made by {@link GridFsDownload#reader()}; nothing is sent before the
 * first read. While the caller works on one batch of chunks the next one is fetched; both together stay within the
 * bucket's {@code bufferBytes}.
 *
 * <p>Positions count from the first byte of the download: with a {@linkplain GridFsDownload#range range} from its first
 * byte. One call at a time: a read or a seek that begins before the last read is complete fails with an
 * {@link IllegalStateException}, and so does each after {@link #close()}. A read that failed has left the position
 * where it was, and may be tried again. Reads fail as downloads do, with a {@link MongoGridFsException} for a file or a
 * chunk that is not there or not as it should be, else with another {@link dev.rotor.driver.MongoException}.
 */
public interface GridFsReader extends AutoCloseable {

    /**
     * Which file it is. May be called at any time.
     *
     * @return the file; fails with a {@link MongoGridFsException} if there is no such file, or no such revision of it
     */
    CompletionStage<GridFsFile> file();

    /**
     * Reads into a buffer what can be had with at most one wait for the server.
     *
     * @param target where the bytes are put, from its position on; to be left alone until the stage is complete
     * @return how many bytes were read: at least one, unless the buffer has no room; -1 at the end
     */
    CompletionStage<Integer> read(ByteBuffer target);

    /**
     * Reads so many bytes, fewer only where the file ends.
     *
     * @param bytes how many, all of which are then in memory
     * @return the bytes; empty at the end
     * @throws IllegalArgumentException if {@code bytes} is negative
     */
    CompletionStage<byte[]> read(int bytes);

    /**
     * Reads to the end of the present chunk, or the next chunk where the last one was read to its end. Nothing is
     * copied: the buffer is a view of the server's reply.
     *
     * @return the bytes, which belong to the caller; empty at the end
     */
    CompletionStage<ByteBuffer> readChunk();

    /**
     * Reads a line, however long.
     *
     * @return the bytes up to the next {@code \n}, and this with them; to the end of the file where no more comes;
     *     empty at the end
     */
    default CompletionStage<byte[]> readLine() {
        return readLine(Integer.MAX_VALUE);
    }

    /**
     * Reads a line, or the first part of a long one.
     *
     * @param most how many bytes at most
     * @return the bytes up to the next {@code \n}, and this with them; empty at the end
     * @throws IllegalArgumentException if {@code most} is negative
     */
    CompletionStage<byte[]> readLine(int most);

    /**
     * Goes to another place. Sends nothing: the next read asks the server, if the place is not in the present chunk nor
     * in those that are here or on their way behind it. Each such read opens another cursor and begins to read ahead:
     * for a single piece {@link GridFsDownload#range} is cheaper.
     *
     * @param position where to read on; behind the end is allowed, there is nothing to be read there
     * @throws IllegalArgumentException if it is negative
     * @throws IllegalStateException if a read is not complete, or the reader is closed
     */
    void seek(long position);

    /**
     * Where the next read begins.
     *
     * @return the position
     */
    long tell();

    /**
     * Ends reading and returns at once: a read that is not complete fails, the server's cursor is killed in the
     * background. May be called more than once. Never blocks.
     */
    @Override
    void close();
}
