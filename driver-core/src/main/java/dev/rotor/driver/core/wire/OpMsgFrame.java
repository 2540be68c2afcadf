package dev.rotor.driver.core.wire;

import java.util.zip.CRC32C;

/**
 * The outside of a message that a server sent: header, flags, checksum, sections.
 *
 * @see <a href="https://github.com/mongodb/specifications/blob/master/source/message/OP_MSG.md">OP_MSG</a>
 */
final class OpMsgFrame {

    static final int CHECKSUM_PRESENT = 1;
    static final int MORE_TO_COME = 1 << 1;

    private static final int FLAGS = 16;
    private static final int SECTIONS = 20;
    /** The low bits that this driver understands; others there mean that it cannot. The high ones are optional. */
    private static final int KNOWN_REQUIRED = CHECKSUM_PRESENT | MORE_TO_COME;

    private OpMsgFrame() {}

    /** Checks header, flags and checksum; returns the flags. */
    static int check(byte[] frame) {
        if (frame.length < 16) {
            throw new MalformedMessageException("a message of " + frame.length + " bytes has no header");
        }
        int declared = LittleEndian.getInt(frame, 0);
        if (declared != frame.length) {
            throw new MalformedMessageException(
                    "a message that declares " + declared + " bytes and has " + frame.length);
        }
        int opCode = LittleEndian.getInt(frame, 12);
        if (opCode != OpCode.OP_MSG) {
            throw new MalformedMessageException("a reply with opCode " + opCode + name(opCode) + " where OP_MSG ("
                    + OpCode.OP_MSG + ") was expected");
        }
        if (frame.length < SECTIONS) {
            throw new MalformedMessageException("an OP_MSG of " + frame.length + " bytes has no flags");
        }
        int flags = LittleEndian.getInt(frame, FLAGS);
        int unknown = flags & 0xFFFF & ~KNOWN_REQUIRED;
        if (unknown != 0) {
            throw new MalformedMessageException(
                    "an OP_MSG with unknown required flags 0x" + Integer.toHexString(unknown));
        }
        if ((flags & CHECKSUM_PRESENT) != 0) {
            checkSum(frame);
        }
        return flags;
    }

    /** Where the sections end, exclusive. */
    static int sectionsEnd(byte[] frame, int flags) {
        return (flags & CHECKSUM_PRESENT) != 0 ? frame.length - 4 : frame.length;
    }

    /** Checks the frames of all sections; returns where the one document of kind 0 starts. */
    static int body(byte[] frame, int sectionsEnd) {
        int body = -1;
        int at = SECTIONS;
        while (at < sectionsEnd) {
            int kind = frame[at] & 0xFF;
            if (kind == 0) {
                if (body >= 0) {
                    throw new MalformedMessageException("an OP_MSG with two bodies");
                }
                body = at + 1;
                at = BsonElements.documentEnd(frame, body, sectionsEnd);
            } else if (kind == 1) {
                at = sequenceEnd(frame, at + 1, sectionsEnd);
            } else {
                throw new MalformedMessageException("an OP_MSG with a section of unknown kind " + kind);
            }
        }
        if (body < 0) {
            throw new MalformedMessageException("an OP_MSG without a body");
        }
        return body;
    }

    private static int sequenceEnd(byte[] frame, int offset, int end) {
        if (end - offset < 5) {
            throw new MalformedMessageException("a document sequence where " + (end - offset) + " bytes are left");
        }
        int size = LittleEndian.getInt(frame, offset);
        if (size < 5 || size > end - offset) {
            throw new MalformedMessageException(
                    "a document sequence of " + size + " bytes where " + (end - offset) + " are left");
        }
        return offset + size;
    }

    private static void checkSum(byte[] frame) {
        int at = frame.length - 4;
        if (at < SECTIONS) {
            throw new MalformedMessageException("an OP_MSG of " + frame.length + " bytes has no checksum");
        }
        CRC32C crc = new CRC32C();
        crc.update(frame, 0, at);
        if ((int) crc.getValue() != LittleEndian.getInt(frame, at)) {
            throw new MalformedMessageException("an OP_MSG whose checksum does not match its bytes");
        }
    }

    private static String name(int opCode) {
        return switch (opCode) {
            case OpCode.OP_REPLY -> " (OP_REPLY)";
            case OpCode.OP_COMPRESSED -> " (OP_COMPRESSED)";
            default -> "";
        };
    }
}
