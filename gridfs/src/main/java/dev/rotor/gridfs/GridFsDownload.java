package dev.rotor.gridfs;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;

/**
 * The contents of a stored file. Nothing is read before somebody asks. The file is looked up once; its contents are
 * read anew, from the start, by each subscriber and each call.
 *
 * <p>As a publisher it gives the chunks in order, each as a buffer that belongs to the subscriber. The buffer is a view
 * of the server's reply, which holds several chunks: {@code arrayOffset()} is rarely 0, and who keeps a buffer keeps the
 * whole reply, up to half of the bucket's {@code bufferBytes}. What is fetched ahead of a slow subscriber stays within
 * {@code bufferBytes}. Every chunk is checked as it comes: a missing, doubled, surplus, short or long one ends the
 * stream with a {@link MongoGridFsException}, at the point where it is found. Cancelling releases the server's cursor.
 *
 * <p>With a timeout, all of it must be done within that time from when the download was opened, whatever time the
 * subscriber takes.
 */
public interface GridFsDownload extends Flow.Publisher<ByteBuffer> {

    /**
     * Which file it is.
     *
     * @return the file; fails with a {@link MongoGridFsException} if there is no such file, or no such revision of it
     */
    CompletionStage<GridFsFile> file();

    /**
     * The same with only some of the bytes. Only the chunks that hold them are asked for; a file that ends before the
     * range does gives what there is. A range that is set already is replaced: positions are those of the file.
     *
     * @param from the first byte, counted from 0
     * @param toExclusive the byte behind the last one; {@link Long#MAX_VALUE} for the rest of the file. As large as
     *     {@code from}, nothing is read but which file it is
     * @return a copy, which looks the file up together with this one
     * @throws IllegalArgumentException if {@code from} is negative or behind {@code toExclusive}
     */
    GridFsDownload range(long from, long toExclusive);

    /**
     * Passes the contents on, one chunk at a time.
     *
     * @param destination takes a chunk; the next one follows when the stage that it returns is complete
     * @return completes with the file when the last chunk was taken; fails as the destination failed
     */
    CompletionStage<GridFsFile> to(Function<? super ByteBuffer, ? extends CompletionStage<?>> destination);

    /**
     * All of it in memory.
     *
     * @return the contents; fails with an {@link IllegalStateException} if they do not fit into an array
     */
    CompletionStage<byte[]> toBytes();
}
