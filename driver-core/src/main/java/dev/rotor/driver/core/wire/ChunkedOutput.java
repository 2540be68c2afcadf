package dev.rotor.driver.core.wire;

import java.nio.ByteBuffer;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.BsonSerializationException;
import org.bson.io.BsonOutput;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A growing sequence of bytes in chunks: one of its own, the others from the pool. Chunks have fixed sizes, so that the
 * place of a position is arithmetic.
 */
abstract class ChunkedOutput implements BsonOutput {

    /**
     * No message is longer, whatever a server allows: bounds what a runaway document can take, and keeps positions far
     * from overflowing.
     */
    static final int MAX_SIZE = 128 * 1024 * 1024;

    private final CommandBuffers pool;
    private final byte[] first = new byte[CommandBuffers.FIRST_CHUNK];
    private final ByteBuffer[] single = {ByteBuffer.wrap(first)};

    /** Chunks after the first; those at and after {@link #moreCount} are spare. */
    private byte[] @Nullable [] more = new byte[4][];

    private int moreCount;

    /** The chunk being written, the position of its start, and the next byte in it. */
    private byte[] current = first;

    private int base;
    private int next;

    ChunkedOutput(CommandBuffers pool) {
        this.pool = pool;
    }

    /** Starts over and gives all chunks but the first back. */
    final void clear() {
        for (int i = 0; i < more.length; i++) {
            byte[] chunk = more[i];
            if (chunk == null) {
                break;
            }
            more[i] = null;
            pool.giveChunk(chunk);
        }
        if (more.length > 64) {
            more = new byte[4][];
        }
        moreCount = 0;
        current = first;
        base = 0;
        next = 0;
    }

    /** Everything written, ready to be sent. The array is valid until {@link #clear}. */
    final ByteBuffer[] toBuffers() {
        if (moreCount == 0) {
            single[0].clear().limit(next);
            return single;
        }
        ByteBuffer[] buffers = new ByteBuffer[1 + moreCount];
        single[0].clear();
        buffers[0] = single[0];
        for (int i = 0; i < moreCount; i++) {
            buffers[1 + i] = ByteBuffer.wrap(more(i));
        }
        buffers[moreCount].limit(next);
        return buffers;
    }

    @Override
    public final int getPosition() {
        return base + next;
    }

    @Override
    public final int getSize() {
        return base + next;
    }

    @Override
    public final void truncateToPosition(int position) {
        if (position < 0 || position > getPosition()) {
            throw new IllegalArgumentException("cannot truncate " + getPosition() + " bytes to " + position);
        }
        if (position >= base) {
            next = position - base;
            return;
        }
        if (position < CommandBuffers.FIRST_CHUNK) {
            current = first;
            base = 0;
            next = position;
            moreCount = 0;
        } else {
            int index = (position - CommandBuffers.FIRST_CHUNK) / CommandBuffers.CHUNK;
            current = more(index);
            base = CommandBuffers.FIRST_CHUNK + index * CommandBuffers.CHUNK;
            next = position - base;
            moreCount = index + 1;
        }
    }

    @Override
    public final void writeByte(int value) {
        if (next == current.length) {
            grow();
        }
        current[next++] = (byte) value;
    }

    @Override
    public final void writeBytes(byte[] bytes) {
        writeBytes(bytes, 0, bytes.length);
    }

    @Override
    public final void writeBytes(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > current.length - next) {
            int part = current.length - next;
            System.arraycopy(bytes, from, current, next, part);
            next += part;
            from += part;
            left -= part;
            grow();
        }
        System.arraycopy(bytes, from, current, next, left);
        next += left;
    }

    @Override
    public final void writeInt32(int value) {
        if (current.length - next >= 4) {
            LittleEndian.putInt(current, next, value);
            next += 4;
        } else {
            writeByte(value);
            writeByte(value >> 8);
            writeByte(value >> 16);
            writeByte(value >> 24);
        }
    }

    @Override
    public final void writeInt32(int position, int value) {
        if (position < 0 || position > getPosition() - 4) {
            throw new IllegalArgumentException("no four bytes at " + position + " of " + getPosition());
        }
        if (position >= base) {
            LittleEndian.putInt(current, position - base, value);
            return;
        }
        for (int i = 0; i < 4; i++) {
            set(position + i, (byte) (value >> (8 * i)));
        }
    }

    @Override
    public final void writeInt64(long value) {
        if (current.length - next >= 8) {
            LittleEndian.putLong(current, next, value);
            next += 8;
        } else {
            writeInt32((int) value);
            writeInt32((int) (value >> 32));
        }
    }

    @Override
    public final void writeDouble(double value) {
        writeInt64(Double.doubleToRawLongBits(value));
    }

    @Override
    public final void writeObjectId(ObjectId value) {
        if (current.length - next >= 12) {
            value.putToByteBuffer(objectIdTarget());
            next += 12;
        } else {
            writeBytes(value.toByteArray());
        }
    }

    /**
     * Length, UTF-8 and a terminating zero. A surrogate without its partner becomes a question mark, as everywhere in
     * Java.
     */
    @Override
    public final void writeString(String value) {
        int start = getPosition();
        writeInt32(0);
        writeUtf8(value, false);
        writeByte(0);
        writeInt32(start, getPosition() - start - 4);
    }

    /** @throws BsonSerializationException if the value contains a NUL character */
    @Override
    public void writeCString(String value) {
        writeUtf8(value, true);
        writeByte(0);
    }

    @Override
    public final void close() {
        // The memory belongs to the connection, not to whoever encodes into it.
    }

    /** The byte at a position. */
    final byte get(int position) {
        if (position >= base) {
            return current[position - base];
        }
        if (position < CommandBuffers.FIRST_CHUNK) {
            return first[position];
        }
        int offset = position - CommandBuffers.FIRST_CHUNK;
        return more(offset / CommandBuffers.CHUNK)[offset % CommandBuffers.CHUNK];
    }

    /** The number at a position. */
    final int getInt(int position) {
        if (position >= base && position - base <= current.length - 4) {
            return LittleEndian.getInt(current, position - base);
        }
        return (get(position) & 0xFF)
                | (get(position + 1) & 0xFF) << 8
                | (get(position + 2) & 0xFF) << 16
                | get(position + 3) << 24;
    }

    /** The chunk that holds everything, from its start; {@code null} where there are several. */
    final byte @Nullable [] inOneChunk() {
        return moreCount == 0 ? first : null;
    }

    /** Copies bytes out. */
    final byte[] copy(int position, int length) {
        byte[] bytes = new byte[length];
        copy(position, length, bytes, 0);
        return bytes;
    }

    /** Copies bytes to a place. */
    final void copy(int position, int length, byte[] target, int start) {
        for (int done = 0; done < length; ) {
            int at = position + done;
            byte[] chunk;
            int offset;
            if (at < CommandBuffers.FIRST_CHUNK) {
                chunk = first;
                offset = at;
            } else {
                chunk = more((at - CommandBuffers.FIRST_CHUNK) / CommandBuffers.CHUNK);
                offset = (at - CommandBuffers.FIRST_CHUNK) % CommandBuffers.CHUNK;
            }
            int part = Math.min(length - done, chunk.length - offset);
            System.arraycopy(chunk, offset, target, start + done, part);
            done += part;
        }
    }

    /** Changes the byte at a position. */
    final void set(int position, byte value) {
        if (position >= base) {
            current[position - base] = value;
        } else if (position < CommandBuffers.FIRST_CHUNK) {
            first[position] = value;
        } else {
            int offset = position - CommandBuffers.FIRST_CHUNK;
            more(offset / CommandBuffers.CHUNK)[offset % CommandBuffers.CHUNK] = value;
        }
    }

    private byte[] more(int index) {
        byte[] chunk = more[index];
        if (chunk == null) {
            throw new IllegalStateException("no chunk " + index);
        }
        return chunk;
    }

    /** The buffer over the first chunk doubles as the means to write an ObjectId without a copy. */
    private ByteBuffer objectIdTarget() {
        return current == first
                ? single[0].clear().position(next)
                : ByteBuffer.wrap(current).position(next);
    }

    private void writeUtf8(String value, boolean rejectNul) {
        int length = value.length();
        // Two surrogates make four bytes, any other character at most three: this never overestimates by much.
        if (current.length - next >= 3 * (long) length) {
            byte[] to = current;
            int at = next;
            for (int i = 0; i < length; i++) {
                char c = value.charAt(i);
                if (c >= 0x80 || (rejectNul && c == 0)) {
                    next = at;
                    writeUtf8Slowly(value, i, rejectNul);
                    return;
                }
                to[at++] = (byte) c;
            }
            next = at;
        } else {
            writeUtf8Slowly(value, 0, rejectNul);
        }
    }

    private void writeUtf8Slowly(String value, int from, boolean rejectNul) {
        int length = value.length();
        for (int i = from; i < length; i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                if (rejectNul && c == 0) {
                    throw new BsonSerializationException(
                            "a field name or regular expression must not contain a NUL character, but character " + i
                                    + " of \"" + value.replace("\0", "\\0") + "\" is one");
                }
                writeByte(c);
            } else if (c < 0x800) {
                writeByte(0xC0 | (c >> 6));
                writeByte(0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                writeByte(0xE0 | (c >> 12));
                writeByte(0x80 | ((c >> 6) & 0x3F));
                writeByte(0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < length
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                int point = Character.toCodePoint(c, value.charAt(++i));
                writeByte(0xF0 | (point >> 18));
                writeByte(0x80 | ((point >> 12) & 0x3F));
                writeByte(0x80 | ((point >> 6) & 0x3F));
                writeByte(0x80 | (point & 0x3F));
            } else {
                writeByte('?');
            }
        }
    }

    private void grow() {
        int start = base + current.length;
        if (start >= MAX_SIZE) {
            throw new BsonMaximumSizeExceededException("a command of more than " + MAX_SIZE + " bytes");
        }
        if (moreCount == more.length) {
            byte[][] longer = new byte[more.length * 2][];
            System.arraycopy(more, 0, longer, 0, more.length);
            more = longer;
        }
        byte[] chunk = more[moreCount];
        if (chunk == null) {
            chunk = pool.takeChunk();
            more[moreCount] = chunk;
        }
        moreCount++;
        current = chunk;
        base = start;
        next = 0;
    }
}
