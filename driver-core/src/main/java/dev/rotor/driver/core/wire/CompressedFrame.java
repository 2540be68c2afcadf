package dev.rotor.driver.core.wire;

import dev.rotor.driver.spi.Compressor;
import java.util.List;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The outside of a message that is another one, compressed: header, operation and length of the other one, and how it
 * was compressed.
 *
 * @see <a href="https://github.com/mongodb/specifications/blob/master/source/compression/OP_COMPRESSED.md">Wire
 *     Compression in Drivers</a>
 */
public final class CompressedFrame {

    /** How long a message's header is; it is never compressed. */
    static final int HEADER = 16;
    /** Where the compressed bytes start. */
    static final int CONTENT = 25;

    private static final int REQUEST_ID = 4;
    private static final int RESPONSE_TO = 8;
    private static final int OP_CODE = 12;
    private static final int ORIGINAL_OP_CODE = 16;
    private static final int UNCOMPRESSED_SIZE = 20;
    private static final int COMPRESSOR_ID = 24;
    /** Not compressed at all; for tests. */
    private static final int NOOP = 0;

    private CompressedFrame() {}

    /** Whether a message is one. */
    public static boolean is(byte[] frame) {
        return frame.length >= HEADER && LittleEndian.getInt(frame, OP_CODE) == OpCode.OP_COMPRESSED;
    }

    /**
     * Takes the outside off.
     *
     * @param frame a message that {@link #is} one
     * @param offered the compressors that the server may use
     * @param maxLength how long a message may be, header included
     * @return the message as it was before it was compressed; a new array
     * @throws MalformedMessageException if it is not well formed; what it declares is checked before memory is taken
     */
    public static byte[] uncompressed(byte[] frame, List<Compressor> offered, int maxLength) {
        int declared = LittleEndian.getInt(frame, 0);
        if (declared != frame.length) {
            throw new MalformedMessageException(
                    "a compressed message that declares " + declared + " bytes and has " + frame.length);
        }
        if (frame.length < CONTENT) {
            throw new MalformedMessageException("a compressed message of " + frame.length + " bytes, which are "
                    + (CONTENT - frame.length) + " too few");
        }
        if (offered.isEmpty()) {
            throw new MalformedMessageException(
                    "a compressed message (OP_COMPRESSED), though it was offered no compressor");
        }
        int size = LittleEndian.getInt(frame, UNCOMPRESSED_SIZE);
        if (size < 0 || size > maxLength - HEADER) {
            throw new MalformedMessageException("a compressed message that declares " + size
                    + " bytes uncompressed, where 0 to " + (maxLength - HEADER) + " are allowed");
        }
        int id = frame[COMPRESSOR_ID] & 0xFF;
        byte[] message = id == NOOP ? copied(frame, size) : decompressed(frame, size, compressor(id, offered));
        LittleEndian.putInt(message, 0, message.length);
        LittleEndian.putInt(message, REQUEST_ID, LittleEndian.getInt(frame, REQUEST_ID));
        LittleEndian.putInt(message, RESPONSE_TO, LittleEndian.getInt(frame, RESPONSE_TO));
        LittleEndian.putInt(message, OP_CODE, LittleEndian.getInt(frame, ORIGINAL_OP_CODE));
        return message;
    }

    private static byte[] copied(byte[] frame, int size) {
        if (size != frame.length - CONTENT) {
            throw new MalformedMessageException("a message of " + (frame.length - CONTENT)
                    + " bytes that are not compressed, and declared to be " + size);
        }
        byte[] message = new byte[HEADER + size];
        System.arraycopy(frame, CONTENT, message, HEADER, size);
        return message;
    }

    private static byte[] decompressed(byte[] frame, int size, Compressor compressor) {
        byte[] message = new byte[HEADER + size];
        try {
            compressor.decompress(frame, CONTENT, frame.length - CONTENT, message, HEADER, size);
        } catch (DataFormatException | RuntimeException e) {
            @Nullable String words = e.getMessage();
            throw new MalformedMessageException("a message that " + compressor.name() + " cannot decompress: "
                    + (words == null ? e.getClass().getSimpleName() : words));
        }
        return message;
    }

    private static Compressor compressor(int id, List<Compressor> offered) {
        for (int i = 0; i < offered.size(); i++) {
            if (offered.get(i).id() == id) {
                return offered.get(i);
            }
        }
        throw new MalformedMessageException("a message compressed by compressor " + id + ", which it was not offered");
    }

    /** Writes what stands before the compressed bytes of a message. */
    static void writeHeader(byte[] target, int total, ChunkedOutput message, int uncompressedSize, int compressorId) {
        LittleEndian.putInt(target, 0, total);
        LittleEndian.putInt(target, REQUEST_ID, message.getInt(REQUEST_ID));
        LittleEndian.putInt(target, RESPONSE_TO, message.getInt(RESPONSE_TO));
        LittleEndian.putInt(target, OP_CODE, OpCode.OP_COMPRESSED);
        LittleEndian.putInt(target, ORIGINAL_OP_CODE, message.getInt(OP_CODE));
        LittleEndian.putInt(target, UNCOMPRESSED_SIZE, uncompressedSize);
        target[COMPRESSOR_ID] = (byte) compressorId;
    }
}
