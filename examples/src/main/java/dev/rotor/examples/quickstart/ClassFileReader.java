package dev.rotor.examples.quickstart;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a class file: it walks over the constant pool noting where each entry is, and decodes only the
 * names that the head refers to. Every index and length is checked, so any bytes at all give a {@link ClassFile} or a
 * {@link BadClassFileException}, nothing else.
 */
final class ClassFileReader {
    private static final int MAGIC = 0xCAFEBABE;

    // Tags of the constant pool, JVMS table 4.4-A.
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int FLOAT = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD_REF = 9;
    private static final int METHOD_REF = 10;
    private static final int INTERFACE_METHOD_REF = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int DYNAMIC = 17;
    private static final int INVOKE_DYNAMIC = 18;
    private static final int MODULE = 19;
    private static final int PACKAGE = 20;

    private final byte[] bytes;
    private int at;
    /** Where the tag of each constant is; 0 for no constant: index 0, and behind each long and double. */
    private int[] constants = {};

    private ClassFileReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads the head of a class file.
     *
     * @param bytes the whole file; not kept
     * @return what it says
     * @throws BadClassFileException if the bytes are not the beginning of a class file
     */
    static ClassFile read(byte[] bytes) throws BadClassFileException {
        return new ClassFileReader(bytes).head();
    }

    private ClassFile head() throws BadClassFileException {
        need(4);
        if (((u2() << 16) | u2()) != MAGIC) {
            throw new BadClassFileException("it does not begin with CAFEBABE");
        }
        int minor = u2();
        int major = u2();
        walkConstants();
        int flags = u2();
        String name = className(u2());
        int superIndex = u2();
        @Nullable String superclass = superIndex == 0 ? null : className(superIndex);
        int count = u2();
        need(2 * count);
        List<String> interfaces = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            interfaces.add(className(u2()));
        }
        return new ClassFile(major, minor, flags, name, superclass, interfaces);
    }

    private void walkConstants() throws BadClassFileException {
        int count = u2();
        if (count == 0) {
            throw new BadClassFileException("the count of its constants is 0; it is at least 1");
        }
        constants = new int[count];
        for (int i = 1; i < count; i++) {
            constants[i] = at;
            int tag = u1();
            skip(size(tag));
            if (tag == LONG || tag == DOUBLE) {
                // These two take up two indexes, the second of which is never used (JVMS 4.4.5).
                i++;
                if (i == count) {
                    throw new BadClassFileException("the last constant takes up two indexes but has one");
                }
            }
        }
    }

    /** How many bytes follow the tag; moves to the bytes of a UTF8 constant, whose length is its first two. */
    private int size(int tag) throws BadClassFileException {
        return switch (tag) {
            case UTF8 -> u2();
            case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> 2;
            case METHOD_HANDLE -> 3;
            case INTEGER, FLOAT, FIELD_REF, METHOD_REF, INTERFACE_METHOD_REF, NAME_AND_TYPE, DYNAMIC, INVOKE_DYNAMIC ->
                4;
            case LONG, DOUBLE -> 8;
            default -> throw new BadClassFileException("unknown constant tag " + tag + " at offset " + (at - 1));
        };
    }

    private String className(int index) throws BadClassFileException {
        int reference = constant(index, CLASS) + 1;
        int utf8 = constant(((bytes[reference] & 0xff) << 8) | (bytes[reference + 1] & 0xff), UTF8) + 1;
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, utf8, bytes.length - utf8))) {
            return in.readUTF().replace('/', '.');
        } catch (IOException e) {
            throw new BadClassFileException("the name at offset " + utf8 + " is not modified UTF-8: " + e.getMessage());
        }
    }

    /** Where the tag of a constant is, if it is the expected one. The walk has made sure that all of it is there. */
    private int constant(int index, int tag) throws BadClassFileException {
        if (index >= constants.length || constants[index] == 0) {
            throw new BadClassFileException("there is no constant " + index + " of " + constants.length);
        }
        int offset = constants[index];
        if (bytes[offset] != tag) {
            throw new BadClassFileException(
                    "constant " + index + " has the tag " + bytes[offset] + " where " + tag + " is needed");
        }
        return offset;
    }

    private int u1() throws BadClassFileException {
        need(1);
        return bytes[at++] & 0xff;
    }

    private int u2() throws BadClassFileException {
        need(2);
        int value = ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
        at += 2;
        return value;
    }

    private void skip(int count) throws BadClassFileException {
        need(count);
        at += count;
    }

    private void need(int count) throws BadClassFileException {
        if (bytes.length - at < count) {
            throw new BadClassFileException("it ends at offset " + bytes.length + ", where "
                    + (at + count - bytes.length) + " bytes more are needed");
        }
    }
}
