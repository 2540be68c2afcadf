package dev.rotor.testserver.wire;

import java.util.zip.CRC32C;

/** The checksum of OP_MSG. */
final class Crc32c {

    private Crc32c() {}

    static int of(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
