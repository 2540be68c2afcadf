package dev.rotor.driver.core.tls;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The encoding of keys, certificates and what is said about them (DER), as far as it is needed. Pure functions. */
final class Der {

    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int NULL = 0x05;
    static final int OBJECT_ID = 0x06;
    static final int SEQUENCE = 0x30;

    private static final int MORE_BYTES = 0x80;
    private static final int MOST_LENGTH_BYTES = 4;

    private Der() {}

    /** One element. */
    static final class Element {

        private final int tag;
        private final byte[] content;

        private Element(int tag, byte[] content) {
            this.tag = tag;
            this.content = content;
        }

        /** Its first byte. */
        int tag() {
            return tag;
        }

        /** What it holds; not a copy. */
        byte[] content() {
            return content;
        }

        /** The elements that this one holds. */
        List<Element> children() {
            return read(content);
        }
    }

    /**
     * The elements that stand one after the other.
     *
     * @throws IllegalArgumentException if the bytes end inside of one
     */
    static List<Element> read(byte[] bytes) {
        List<Element> elements = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int content = contentAt(bytes, at);
            int end = content + lengthAt(bytes, at);
            if (end < content || end > bytes.length) {
                throw damaged();
            }
            elements.add(new Element(bytes[at] & 0xff, Arrays.copyOfRange(bytes, content, end)));
            at = end;
        }
        return elements;
    }

    /** Makes an element of what it holds, in parts. */
    static byte[] of(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < MORE_BYTES) {
            out.write(length);
        } else {
            int bytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            out.write(MORE_BYTES | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(length >> (8 * i));
            }
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static int contentAt(byte[] bytes, int at) {
        if (at + 1 >= bytes.length) {
            throw damaged();
        }
        int first = bytes[at + 1] & 0xff;
        return at + 2 + (first < MORE_BYTES ? 0 : first & 0x7f);
    }

    private static int lengthAt(byte[] bytes, int at) {
        int first = bytes[at + 1] & 0xff;
        if (first < MORE_BYTES) {
            return first;
        }
        int count = first & 0x7f;
        if (count == 0 || count > MOST_LENGTH_BYTES || at + 2 + count > bytes.length) {
            throw damaged();
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << 8) | (bytes[at + 2 + i] & 0xff);
        }
        if (length < 0) {
            throw damaged();
        }
        return length;
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException("the encoding is damaged");
    }
}
