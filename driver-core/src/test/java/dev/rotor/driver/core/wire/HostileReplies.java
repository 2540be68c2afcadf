package dev.rotor.driver.core.wire;

import dev.rotor.driver.core.fake.FakeMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.bson.BsonDocument;

/** Replies as no server sends them. */
final class HostileReplies {

    static final List<BsonDocument> VALID = List.of(
            BsonDocument.parse("{ok: 1}"),
            BsonDocument.parse("{cursor: {id: {$numberLong: '5'}, ns: 'db.c', firstBatch: [{_id: 1, a: 'text',"
                    + " b: {c: [1, 2, {d: 3}]}}, {_id: 2, x: {$binary: {base64: 'AAECAw==', subType: '00'}}}]}, ok: 1,"
                    + " operationTime: {$timestamp: {t: 1, i: 2}},"
                    + " $clusterTime: {clusterTime: {$timestamp: {t: 1, i: 2}}}}"),
            BsonDocument.parse("{ok: 0, code: 91, codeName: 'ShutdownInProgress', errmsg: 'going down',"
                    + " errorLabels: ['RetryableWriteError', 'x']}"),
            BsonDocument.parse("{n: 2, nModified: 1, upserted: [{index: 0, _id: {$oid: '0123456789abcdef01234567'}}],"
                    + " writeErrors: [{index: 1, code: 11000, errmsg: 'dup'}], writeConcernError: {code: 64}, ok: 1}"),
            BsonDocument.parse(
                    "{a: {$code: 'x', $scope: {y: 1}}, b: {$regularExpression: {pattern: 'p', options: 'i'}},"
                            + " c: {$dbPointer: {'$ref': 'c', '$id': {'$oid': '0123456789abcdef01234567'}}}, d: {$symbol: 's'},"
                            + " e: {$numberDecimal: '1'}, f: {$binary: {base64: 'AAECAw==', subType: '02'}}, ok: 1}"));

    private static final int[] NUMBERS = {
        0, 1, -1, 4, 5, 15, 16, 255, 65535, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE - 4, 1 << 24
    };

    private HostileReplies() {}

    /** A valid reply with some of its bytes changed, its tail cut off, or noise instead. The length stays true. */
    static byte[] mutate(Random random) {
        byte[] frame = FakeMessage.opMsg(1, 0, VALID.get(random.nextInt(VALID.size())));
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = 16 + random.nextInt(frame.length - 16);
            switch (random.nextInt(5)) {
                case 0 -> frame[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> frame[at] = (byte) random.nextInt(256);
                case 2 -> {
                    if (at + 4 <= frame.length) {
                        LittleEndian.putInt(frame, at, NUMBERS[random.nextInt(NUMBERS.length)]);
                    }
                }
                case 3 -> frame[at] = 0;
                default -> {
                    byte[] shorter = new byte[Math.max(17, at)];
                    System.arraycopy(frame, 0, shorter, 0, shorter.length);
                    frame = shorter;
                }
            }
        }
        LittleEndian.putInt(frame, 0, frame.length);
        return frame;
    }

    /** A reply of documents in documents. */
    static byte[] nested(int depth) {
        // Each level: length, type, one-letter name with its zero, ..., zero. The innermost is empty.
        int length = 5 + 8 * depth;
        ByteBuffer frame = FakeMessage.header(21 + length, 1, 1, 2013).putInt(0).put((byte) 0);
        for (int left = length; left > 5; left -= 8) {
            frame.putInt(left).put((byte) 3).put((byte) 'd').put((byte) 0);
        }
        byte[] bytes = new byte[21 + length];
        frame.putInt(5).put((byte) 0).clear().get(bytes);
        return bytes;
    }
}
