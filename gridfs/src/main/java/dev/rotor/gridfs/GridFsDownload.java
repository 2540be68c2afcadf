package dev.rotor.gridfs;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;

/**
 * The contents of a stored file. Nothing is read before somebody asks. The file is looked up once; its contents are
 * read anew, from the start, by each subscriber and each call.
 *
 * <p>As a publisher it gives the chunks in order, each as a buffer that belongs to the subscriber. The buffer is a view
 * of the server's reply, which holds several chunks: {@code arrayOffset()} is rarely 0, and who keeps a buffer keeps
 * the whole reply, up to half of the bucket's {@code bufferBytes}. What is fetched ahead of a slow subscriber stays
 * within {@code bufferBytes}. Every chunk is checked as it comes: a missing, doubled, surplus, short or long one ends
 * the stream with a {@link MongoGridFsException}, at the point where it is found. Cancelling releases the server's
 * cursor.
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
     * The same with somebody who hears how far each reading of it has come: after each chunk, or each read of a reader.
     * A seek back is not told; what is read again is not counted again.
     *
     * @param progress hears how many bytes of the file, or of the range, were passed on, of how many
     * @return a copy, which looks the file up together with this one
     */
    GridFsDownload progress(GridFsProgress progress);

    /**
     * The same with or without a comparison of what was read with the SHA-256 digest of the metadata, field
     * {@code sha256}, as {@link GridFsUploadOptions#sha256} stores it. All bytes have been passed on when a difference
     * is found: it takes the place of the end, as a {@link MongoGridFsException} for
     * {@link MongoGridFsException.Reason#SHA256_MISMATCH}. A file without a digest fails for
     * {@link MongoGridFsException.Reason#SHA256_MISSING} before any byte; a range that is not the whole file with an
     * {@link IllegalStateException}. A {@link #reader()}, or the {@link #asInputStream() stream} over it, compares when
     * it reaches the end, unless it has jumped over chunks.
     *
     * @param verify whether they are compared; default {@code false}
     * @return a copy, which looks the file up together with this one
     */
    GridFsDownload verifySha256(boolean verify);

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

    /**
     * Writes all of it to a file. It is first written to one beside it, named {@code .rotor-<id>.part}, which takes the
     * place of the wanted one when it is complete, and is deleted when the download fails: so there is never half a
     * file under the wanted name. A file of that name is replaced; a symbolic link to a file stays, and the file is
     * replaced. The data is not forced to the disk. Reading and writing files happens on the bucket's executor.
     *
     * @param path where the file shall be, in a directory that is there
     * @return the file, when all is written; fails with an {@link java.io.IOException} where the file system refuses,
     *     also if there is something at {@code path} that is no file
     */
    CompletionStage<GridFsFile> toPath(Path path);

    /**
     * Writes all of it to a stream, on the bucket's executor: one chunk at a time, no thread waits for the server. The
     * stream is flushed at the end and not closed. When the download fails, the stream has got what came before.
     *
     * @param stream may block
     * @return the file, when all is written; fails with an {@link java.io.IOException} when the stream does
     */
    CompletionStage<GridFsFile> toOutputStream(OutputStream stream);

    /**
     * The same on an executor of the caller's.
     *
     * @param stream may block
     * @param executor where it is written; must not be one of the client's event loops
     * @return the file, when all is written; fails with an {@link java.io.IOException} when the stream does
     */
    CompletionStage<GridFsFile> toOutputStream(OutputStream stream, Executor executor);

    /**
     * Writes all of it to a channel, which is not closed.
     *
     * @param channel takes bytes at its own pace
     * @return the file, when all is written; fails as the channel failed
     */
    CompletionStage<GridFsFile> toChannel(AsynchronousByteChannel channel);

    /**
     * Reads piece by piece, from any place.
     *
     * @return a reader at the start, to be closed after use; each has its own position
     */
    GridFsReader reader();

    /**
     * The contents as a stream that blocks. A read that has to wait on one of the client's event loops fails at once
     * with a {@link dev.rotor.driver.MongoLoopBlockedException}, as {@code join()} does. {@code skip} fetches nothing
     * that lies between, {@code available} tells what is here, {@code transferTo} writes chunk by chunk. A download
     * that fails throws an {@link java.io.IOException} whose cause says why. When a waiting thread is interrupted, it
     * throws an {@link java.io.InterruptedIOException}; reading may go on after that.
     *
     * @return a stream at the start, to be closed after use and, as others, for one thread at a time
     */
    InputStream asInputStream();

    /**
     * The contents as a channel that can be read only: writing throws a
     * {@link java.nio.channels.NonWritableChannelException}.
     *
     * @return a channel at the start, to be closed after use
     */
    AsynchronousByteChannel asChannel();
}
