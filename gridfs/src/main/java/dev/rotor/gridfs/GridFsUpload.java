package dev.rotor.gridfs;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A file while it is being stored, piece by piece. It becomes visible when {@link #closeAsync} has completed, not
 * before. Whoever opens one ends it: by {@link #closeAsync}, or by {@link #abort}.
 *
 * <p>Calls may come from any thread, but only one {@code write} at a time: the next one when the stage of the last one
 * is complete, which is how a slow server slows the writer down. What is held in memory stays within the bucket's
 * {@code bufferBytes}, the buffer that is being written not counted.
 *
 * <p>With a timeout, all of it must be done within that time from when it was opened. The time that the application
 * lets pass between its calls counts.
 *
 * <p>When the server refuses a chunk, or cannot be reached, the call under way and all later ones fail with the same
 * exception; chunks that were stored remain, as the specification wants, and {@link #abort} removes them.
 *
 * <p>An id that another file has already is refused by the server with the first chunks, and nothing of the other file
 * is touched.
 */
public interface GridFsUpload {

    /**
     * The file's id.
     *
     * @return the id that was given, or the {@code ObjectId} that was made for it
     */
    BsonValue id();

    /**
     * The file's name.
     *
     * @return the name that was given
     */
    String filename();

    /**
     * How many bytes go into each of its chunks, but for the last one.
     *
     * @return the number of bytes
     */
    int chunkSizeBytes();

    /**
     * How much has been written, whether it was sent yet or not.
     *
     * @return the number of bytes
     */
    long length();

    /**
     * Whether nothing more can be written: it was closed or aborted, or has failed. The file may still be on its way.
     *
     * @return whether it has ended
     */
    boolean isClosed();

    /**
     * Adds bytes.
     *
     * @param source all of its remaining bytes are taken; it must be left alone until the stage is complete
     * @return completes when the buffer can be used again and the next one may come; fails with an
     *     {@link IllegalStateException} when another write is under way or the upload has ended
     */
    CompletionStage<Void> write(ByteBuffer source);

    /**
     * Adds bytes.
     *
     * @param source all of it is taken; it must be left alone until the stage is complete
     * @return completes when the array can be used again and the next one may come; fails like
     *     {@link #write(ByteBuffer)}
     */
    default CompletionStage<Void> write(byte[] source) {
        return write(ByteBuffer.wrap(Objects.requireNonNull(source, "source")));
    }

    /**
     * Adds the bytes of several buffers, one after the other.
     *
     * @param sources asked for a buffer when the one before it was taken, on the thread that this happens on; all must
     *     be left alone until the stage is complete
     * @return completes when all were taken; fails like {@link #write(ByteBuffer)}, or with what the iterator throws
     */
    CompletionStage<Void> write(Iterable<ByteBuffer> sources);

    /**
     * Sets one field of the file's metadata. Before the file is complete, it becomes part of what is stored;
     * afterwards, the stored document is changed, but not a {@link GridFsFile} that somebody has already.
     *
     * @param name the field's name; not empty, without {@code '.'}, not starting with {@code '$'}
     * @param value its value, of any type that the bucket has a codec for; {@code null} for a BSON null
     * @return completes when the value is kept or stored; fails as the upload did when that has failed, and with a
     *     {@link MongoGridFsException} when the file was deleted meanwhile
     * @throws IllegalArgumentException if this is no name for a field
     * @throws org.bson.codecs.configuration.CodecConfigurationException if there is no codec for the value
     */
    CompletionStage<Void> setMetadata(String name, @Nullable Object value);

    /**
     * Stores what is left and makes the file visible.
     *
     * @return the file; the same stage when called again; fails with a {@link MongoGridFsException} if the upload was
     *     aborted. To cancel it aborts the upload, unless its file was being stored already
     */
    CompletionStage<GridFsFile> closeAsync();

    /**
     * Gives the upload up: what was not sent is dropped, and the chunks that were stored are deleted; so is the file
     * itself where storing it failed and it may be there all the same. A source that is being read is not waited for.
     * Of an id that the application chose, only what this upload has sent is deleted, since another file may have that
     * id.
     *
     * @return completes when nothing of it is left; fails if that could not be done, or with an
     *     {@link IllegalStateException} if the file is complete
     */
    CompletionStage<Void> abort();

    /**
     * The upload for those who write by blocking. The stream is for one thread at a time, and refuses an event loop of
     * the client's with a {@link dev.rotor.driver.MongoLoopBlockedException} at once. Writing waits while the server is
     * slower than the writer; closing waits until the file is visible. A failure of the upload is an
     * {@link java.io.IOException} with that as its cause. A thread that is interrupted while it waits gets a
     * {@link java.io.InterruptedIOException}, and the upload is aborted.
     *
     * <p>Leaving a {@code try} with resources closes the stream, also when it is left by an exception, and so stores
     * what was written until then: call {@link #abort} before where that is not wanted. Closing after that does
     * nothing.
     *
     * @return a stream over this upload, which itself can still be used between the stream's calls
     */
    OutputStream asOutputStream();

    /**
     * The upload as a channel that can be written only; reading fails with a
     * {@link java.nio.channels.NonReadableChannelException}. A write takes all bytes of its buffer, and its handler is
     * called when the next one may come, perhaps on an event loop of the client's. Closing the channel blocks until the
     * file is visible, and refuses an event loop at once; {@link #closeAsync} does the same without blocking.
     *
     * @return a channel over this upload
     */
    AsynchronousByteChannel asChannel();
}
