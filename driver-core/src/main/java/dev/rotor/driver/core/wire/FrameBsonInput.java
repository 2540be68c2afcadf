package dev.rotor.driver.core.wire;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.bson.io.BsonInput;
import org.bson.io.BsonInputMark;
import org.bson.io.BsonOutput;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * BSON read from a slice of a reply's array, without copying. Every read is checked against the end of the slice, so
 * that bytes which claim to be longer than they are give a {@link MalformedMessageException}; strings that are not
 * UTF-8 are refused, too.
 */
public final class FrameBsonInput implements BsonInput {

    private final byte[] bytes;
    private int position;
    private int end;

    /** The only way to make an ObjectId without a copy; made when there is one. */
    private @Nullable ByteBuffer buffer;

    /**
     * Input over {@code bytes[offset, offset + length)}.
     *
     * @throws IndexOutOfBoundsException if the array has no such slice
     */
    public FrameBsonInput(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    /** Moves to another slice of the same array. */
    void slice(int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.position = offset;
        this.end = offset + length;
    }

    @Override
    public int getPosition() {
        return position;
    }

    @Override
    public byte readByte() {
        need(1);
        return bytes[position++];
    }

    @Override
    public void readBytes(byte[] target) {
        readBytes(target, 0, target.length);
    }

    @Override
    public void readBytes(byte[] target, int offset, int length) {
        need(length);
        System.arraycopy(bytes, position, target, offset, length);
        position += length;
    }

    @Override
    public long readInt64() {
        need(8);
        long value = LittleEndian.getLong(bytes, position);
        position += 8;
        return value;
    }

    @Override
    public double readDouble() {
        return Double.longBitsToDouble(readInt64());
    }

    @Override
    public int readInt32() {
        need(4);
        int value = LittleEndian.getInt(bytes, position);
        position += 4;
        return value;
    }

    @Override
    public String readString() {
        int size = readInt32();
        if (size < 1) {
            throw new MalformedMessageException("a string of " + size + " bytes");
        }
        need(size);
        if (bytes[position + size - 1] != 0) {
            throw new MalformedMessageException("a string without a terminating zero");
        }
        String value = Utf8.decodeStrictly(bytes, position, size - 1);
        position += size;
        return value;
    }

    @Override
    public ObjectId readObjectId() {
        need(12);
        ByteBuffer view = buffer;
        if (view == null) {
            view = ByteBuffer.wrap(bytes);
            buffer = view;
        }
        view.position(position);
        position += 12;
        return new ObjectId(view);
    }

    @Override
    public String readCString() {
        int start = position;
        skipCString();
        return Utf8.decodeStrictly(bytes, start, position - 1 - start);
    }

    @Override
    public void skipCString() {
        int at = position;
        while (at < end) {
            if (bytes[at++] == 0) {
                position = at;
                return;
            }
        }
        throw new MalformedMessageException("a name without a terminating zero");
    }

    @Override
    public void skip(int count) {
        need(count);
        position += count;
    }

    @Override
    public BsonInputMark getMark(int readLimit) {
        int marked = position;
        return () -> position = marked;
    }

    @Override
    public boolean hasRemaining() {
        return position < end;
    }

    @Override
    public int getRemaining() {
        return end - position;
    }

    @Override
    public void pipe(BsonOutput output, int count) {
        need(count);
        output.writeBytes(bytes, position, count);
        position += count;
    }

    @Override
    public void close() {
        // The array is the garbage collector's.
    }

    private void need(int count) {
        if (count < 0 || count > end - position) {
            throw new MalformedMessageException(
                    "BSON ends too early: " + count + " bytes wanted, " + (end - position) + " left");
        }
    }
}
