package dev.rotor.testserver.bson;

import de.bwaldvogel.mongo.bson.Bson;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Binary data of a subtype that has no type of its own: subtype 0 is {@code BinData}, 3 {@code LegacyUUID}, 4
 * {@code UUID} (both only if 16 bytes long).
 */
public final class Binary implements Bson, Comparable<Binary> {

    private static final long serialVersionUID = 1L;

    private final byte subtype;
    private final byte[] data;

    public Binary(byte subtype, byte[] data) {
        this.subtype = subtype;
        this.data = data.clone();
    }

    public byte subtype() {
        return subtype;
    }

    public byte[] data() {
        return data.clone();
    }

    int length() {
        return data.length;
    }

    /** The server's order: length, then subtype, then bytes. */
    @Override
    public int compareTo(Binary other) {
        int byLength = Integer.compare(data.length, other.data.length);
        int bySubtype = byLength != 0 ? byLength : Byte.compareUnsigned(subtype, other.subtype);
        return bySubtype != 0 ? bySubtype : Arrays.compareUnsigned(data, other.data);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Binary binary && subtype == binary.subtype && Arrays.equals(data, binary.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(data) + subtype;
    }

    @Override
    public String toString() {
        return "Binary(" + (subtype & 0xff) + ", " + HexFormat.of().formatHex(data) + ")";
    }
}
