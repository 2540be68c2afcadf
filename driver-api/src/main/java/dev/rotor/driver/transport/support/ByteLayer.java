package dev.rotor.driver.transport.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The bytes between framing and the socket. In plain text this is the socket itself; encryption is a second
 * implementation around an {@code SSLEngine}. It may hold bytes that have left one side and not reached the other,
 * which the methods with a default tell of; in plain text there are none.
 */
public interface ByteLayer {

    /**
     * Writes what can be written without blocking. Called by one thread at a time, not always the loop.
     *
     * @param buffers the buffers; positions are advanced by what was taken
     * @param offset the first buffer to write
     * @param count how many buffers to write
     * @return the bytes taken; fewer than remain means that the socket is full
     * @throws IOException if the stream is broken
     */
    long write(ByteBuffer[] buffers, int offset, int count) throws IOException;

    /**
     * Passes on what was taken and has not reached the socket. Called by whoever may write.
     *
     * @return whether nothing is left; if not, the socket is full
     * @throws IOException if the stream is broken
     */
    default boolean flush() throws IOException {
        return true;
    }

    /**
     * Whether the layer has something of its own to say, for which {@link #flush} is to be called. Any thread.
     *
     * @return {@code false} in plain text
     */
    default boolean hasOutput() {
        return false;
    }

    /**
     * Whether a read may give something although the socket has nothing. Called on the loop.
     *
     * @return {@code false} in plain text
     */
    default boolean hasInput() {
        return false;
    }

    /**
     * How the peer's stream ended, to end a sentence about it. Called on the loop, after {@link #read} gave -1.
     *
     * @return empty for an orderly end, and in plain text, which has no other
     */
    default String howEnded() {
        return "";
    }

    /** Tells the peer that nothing follows, if there is a way to. Called on the loop when all is written. */
    default void sayGoodbye() {}

    /**
     * The TLS session. Any thread.
     *
     * @return {@code null} in plain text
     */
    default @Nullable SSLSession session() {
        return null;
    }

    /**
     * Reads what is there without blocking. Called on the loop.
     *
     * @param into where to; its position is advanced
     * @return the bytes read, 0 when there are none now, -1 at the end of the stream
     * @throws IOException if the stream is broken
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Ends this side's stream behind what was written; the other side's goes on. Called on the loop.
     *
     * @throws IOException if the stream is broken
     */
    void endOutput() throws IOException;

    /** Closes the socket. Called on the loop; harmless when closed already. */
    void close();
}
