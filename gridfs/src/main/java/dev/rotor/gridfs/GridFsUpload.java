package dev.rotor.gridfs;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.bson.BsonValue;

/**
 * A file while it is being stored, piece by piece. It becomes visible when {@link #closeAsync} has completed, not
 * before. Whoever opens one ends it: by {@link #closeAsync}, or by {@link #abort}.
 *
 * <p>Calls may come from any thread, but only one {@link #write} at a time: the next one when the stage of the last one
 * is complete, which is how a slow server slows the writer down. What is held in memory stays within the bucket's
 * {@code bufferBytes}, the buffer that is being written not counted.
 *
 * <p>With a timeout, all of it must be done within that time from when it was opened. The time that the application
 * lets pass between its calls counts.
 *
 * <p>When the server refuses a chunk, or cannot be reached, the call under way and all later ones fail with the same
 * exception; chunks that were stored remain, as the specification wants, and {@link #abort} removes them.
 */
public interface GridFsUpload {

    /**
     * The file's id.
     *
     * @return the id that was given, or the {@code ObjectId} that was made for it
     */
    BsonValue id();

    /**
     * Adds bytes.
     *
     * @param source all of its remaining bytes are taken; it must be left alone until the stage is complete
     * @return completes when the buffer can be used again and the next one may come; fails with an
     *     {@link IllegalStateException} when another write is under way or the upload has ended
     */
    CompletionStage<Void> write(ByteBuffer source);

    /**
     * Stores what is left and makes the file visible.
     *
     * @return the file; the same stage when called again; fails with a {@link MongoGridFsException} if the upload was
     *     aborted
     */
    CompletionStage<GridFsFile> closeAsync();

    /**
     * Gives the upload up: what was not sent is dropped, and the chunks that were stored are deleted.
     *
     * @return completes when nothing of it is left; fails if that could not be done, or with an
     *     {@link IllegalStateException} if the file is complete
     */
    CompletionStage<Void> abort();
}
