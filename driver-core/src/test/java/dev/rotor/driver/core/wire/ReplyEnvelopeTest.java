package dev.rotor.driver.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.core.fake.FakeMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.RawBsonDocumentCodec;
import org.junit.jupiter.api.Test;

class ReplyEnvelopeTest {

    private static ReplyEnvelope reply(String json) {
        return ReplyEnvelope.parse(FakeMessage.opMsg(42, 0, BsonDocument.parse(json)));
    }

    private static ReplyEnvelope reply(BsonDocument body) {
        return ReplyEnvelope.parse(FakeMessage.opMsg(42, 0, body));
    }

    private static byte[] withFlags(int flags) {
        return FakeMessage.opMsg(42, flags, BsonDocument.parse("{ok: 1}"));
    }

    /** A valid reply with its checksum. */
    private static byte[] withChecksum() {
        byte[] plain = withFlags(1);
        ByteBuffer sealed = ByteBuffer.allocate(plain.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        sealed.put(plain).putInt(0, plain.length + 4);
        CRC32C crc = new CRC32C();
        crc.update(sealed.array(), 0, plain.length);
        return sealed.putInt((int) crc.getValue()).array();
    }

    @Test
    void aReplyWithEverythingIsFoundInOnePass() {
        BsonDocument body = BsonDocument.parse("{cursor: {id: {$numberLong: '77'}, ns: 'db.c', firstBatch: [{a: 1}],"
                        + " postBatchResumeToken: {_data: 'x'}}, n: 3, nModified: 2, value: {v: 1}, values: [1, 2],"
                        + " upserted: [{index: 0, _id: 5}], writeErrors: [{index: 1}],"
                        + " writeConcernError: {code: 64}, recoveryToken: {t: 1},"
                        + " topologyVersion: {counter: {$numberLong: '6'}}, code: 26, codeName: 'NamespaceNotFound',"
                        + " errmsg: 'ns not found', errorLabels: ['A', 'B'], $clusterTime: {clusterTime: 1}, ok: 1}")
                .append("operationTime", new BsonTimestamp(9, 1))
                .append("atClusterTime", new BsonTimestamp(8, 2));
        ReplyEnvelope reply = reply(body);
        BsonDocumentCodec codec = new BsonDocumentCodec();
        assertThat(reply.responseTo()).isEqualTo(42);
        assertThat(reply.requestId()).isEqualTo(77);
        assertThat(reply.moreToCome()).isFalse();
        assertThat(reply.ok()).isTrue();
        assertThat(reply.hasCursor()).isTrue();
        assertThat(reply.cursorId()).isEqualTo(77);
        assertThat(reply.cursorNamespace()).isEqualTo("db.c");
        assertThat(reply.n()).isEqualTo(3);
        assertThat(reply.nModified()).isEqualTo(2);
        assertThat(reply.code()).isEqualTo(26);
        assertThat(reply.codeName()).isEqualTo("NamespaceNotFound");
        assertThat(reply.errorMessage()).isEqualTo("ns not found");
        assertThat(reply.errorLabels()).containsExactly("A", "B");
        assertThat(reply.operationTime()).isEqualTo(new BsonTimestamp(9, 1).getValue());
        assertThat(reply.atClusterTime()).isEqualTo(new BsonTimestamp(8, 2).getValue());
        assertThat(reply.decodeDocument(reply.clusterTimeOffset(), codec))
                .isEqualTo(BsonDocument.parse("{clusterTime: 1}"));
        assertThat(reply.decodeDocument(reply.postBatchResumeTokenOffset(), codec))
                .isEqualTo(BsonDocument.parse("{_data: 'x'}"));
        assertThat(reply.decodeDocument(reply.valueOffset(), codec)).isEqualTo(BsonDocument.parse("{v: 1}"));
        assertThat(reply.decodeDocument(reply.writeConcernErrorOffset(), codec))
                .isEqualTo(BsonDocument.parse("{code: 64}"));
        assertThat(reply.decodeDocument(reply.recoveryTokenOffset(), codec)).isEqualTo(BsonDocument.parse("{t: 1}"));
        assertThat(reply.decodeDocument(reply.topologyVersionOffset(), codec)).isEqualTo(body.get("topologyVersion"));
        assertThat(reply.decodeDocument(reply.cursorOffset(), codec)).isEqualTo(body.get("cursor"));
        assertThat(reply.decodeDocument(reply.valuesOffset(), codec)).isEqualTo(BsonDocument.parse("{'0': 1, '1': 2}"));
        assertThat(reply.documents(reply.upsertedOffset()).advance()).isTrue();
        assertThat(reply.documents(reply.writeErrorsOffset()).advance()).isTrue();
        assertThat(reply.documents(reply.batchOffset()).advance()).isTrue();
        assertThat(reply.document()).isEqualTo(body);
        assertThat(reply.bodyLength()).isEqualTo(FakeMessage.bytes(body).length);
    }

    @Test
    void whatIsNotThereIsToldAsNotThere() {
        ReplyEnvelope reply = reply("{}");
        assertThat(reply.ok()).isFalse();
        assertThat(reply.code()).isEqualTo(-1);
        assertThat(reply.codeName()).isEmpty();
        assertThat(reply.errorMessage()).isEmpty();
        assertThat(reply.errorLabels()).isEmpty();
        assertThat(reply.n()).isEqualTo(-1);
        assertThat(reply.nModified()).isEqualTo(-1);
        assertThat(reply.hasCursor()).isFalse();
        assertThat(reply.cursorId()).isZero();
        assertThat(reply.cursorNamespace()).isNull();
        assertThat(reply.operationTime()).isZero();
        assertThat(reply.atClusterTime()).isZero();
        assertThat(new int[] {
                    reply.batchOffset(),
                    reply.cursorOffset(),
                    reply.postBatchResumeTokenOffset(),
                    reply.clusterTimeOffset(),
                    reply.writeErrorsOffset(),
                    reply.writeConcernErrorOffset(),
                    reply.upsertedOffset(),
                    reply.valueOffset(),
                    reply.valuesOffset(),
                    reply.recoveryTokenOffset(),
                    reply.topologyVersionOffset()
                })
                .containsOnly(-1);
    }

    @Test
    void numbersMayComeAsAnyNumericType() {
        for (String number :
                new String[] {"{$numberInt: '1'}", "{$numberLong: '1'}", "{$numberDouble: '1.0'}", "true"}) {
            ReplyEnvelope reply = reply("{ok: " + number + ", n: " + number + ", code: " + number + "}");
            assertThat(reply.ok()).as(number).isTrue();
            assertThat(reply.n()).as(number).isEqualTo(1);
            assertThat(reply.code()).as(number).isEqualTo(1);
        }
        for (String no : new String[] {"0", "0.0", "false", "'1'", "null", "{$numberDouble: '1.5'}"}) {
            assertThat(reply("{ok: " + no + "}").ok()).as(no).isFalse();
        }
    }

    @Test
    void aFieldOfAnotherTypeCountsAsNotThere() {
        ReplyEnvelope reply = reply("{cursor: 1, value: null, values: {}, errmsg: 5, codeName: 1, errorLabels: 'x',"
                + " writeErrors: {}, $clusterTime: 1, operationTime: 5, n: 'x', upserted: 1, recoveryToken: []}");
        assertThat(reply.hasCursor()).isFalse();
        assertThat(reply.valueOffset()).isEqualTo(-1);
        assertThat(reply.valuesOffset()).isEqualTo(-1);
        assertThat(reply.errorMessage()).isEmpty();
        assertThat(reply.codeName()).isEmpty();
        assertThat(reply.errorLabels()).isEmpty();
        assertThat(reply.writeErrorsOffset()).isEqualTo(-1);
        assertThat(reply.clusterTimeOffset()).isEqualTo(-1);
        assertThat(reply.operationTime()).isZero();
        assertThat(reply.n()).isEqualTo(-1);
        assertThat(reply.upsertedOffset()).isEqualTo(-1);
        assertThat(reply.recoveryTokenOffset()).isEqualTo(-1);
    }

    @Test
    void namesThatMerelyHaveTheRightLengthAreNotMistaken() {
        ReplyEnvelope reply = reply("{ko: 1, x: 5, cursot: {id: 1}, errmsq: 'x', coda: 7}");
        assertThat(reply.ok()).isFalse();
        assertThat(reply.n()).isEqualTo(-1);
        assertThat(reply.hasCursor()).isFalse();
        assertThat(reply.errorMessage()).isEmpty();
        assertThat(reply.code()).isEqualTo(-1);
    }

    @Test
    void everyBsonTypeCanBeSteppedOver() {
        BsonDocument all = BsonDocument.parse("{a: {$binary: {base64: 'AAEC', subType: '00'}}, b: {$undefined: true},"
                + " c: {$oid: '0123456789abcdef01234567'}, d: {$date: 5}, e: {$regularExpression: {pattern: 'p',"
                + " options: 'i'}}, f: {$dbPointer: {'$ref': 'c', '$id': {'$oid': '0123456789abcdef01234567'}}},"
                + " g: {$code: 'x'}, h: {$symbol: 's'}, i: {$code: 'x', $scope: {y: 1}},"
                + " j: {$timestamp: {t: 1, i: 2}}, k: {$numberDecimal: '1.5'}, l: {$minKey: 1}, m: {$maxKey: 1},"
                + " z: {deep: {deeper: [1, {x: 2}]}}, ok: 1}");
        assertThat(reply(all).ok()).isTrue();
        assertThat(reply(all).document()).isEqualTo(all);
    }

    @Test
    void sequencesInAReplyAreSteppedOver() {
        byte[] body = FakeMessage.bytes(BsonDocument.parse("{ok: 1}"));
        byte[] document = FakeMessage.bytes(BsonDocument.parse("{a: 1}"));
        byte[] message = new byte[16 + 4 + 1 + 4 + 2 + document.length + 1 + body.length];
        FakeMessage.header(message.length, 1, 2, 2013)
                .putInt(0)
                .put((byte) 1)
                .putInt(4 + 2 + document.length)
                .put((byte) 'x')
                .put((byte) 0)
                .put(document)
                .put((byte) 0)
                .put(body)
                .flip()
                .get(message);
        assertThat(ReplyEnvelope.parse(message).ok()).isTrue();
    }

    // ---- flags and checksum

    @Test
    void moreToComeIsTold() {
        assertThat(ReplyEnvelope.parse(withFlags(2)).moreToCome()).isTrue();
    }

    @Test
    void unknownRequiredFlagsAreRefusedAndUnknownOptionalOnesIgnored() {
        for (int bit = 2; bit < 16; bit++) {
            int flags = 1 << bit;
            assertThatThrownBy(() -> ReplyEnvelope.parse(withFlags(flags)))
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("flags");
        }
        for (int bit = 16; bit < 32; bit++) {
            assertThat(ReplyEnvelope.parse(withFlags(1 << bit)).ok()).isTrue();
        }
    }

    @Test
    void aRightChecksumIsAcceptedAndEveryFlippedBitNoticed() {
        byte[] sealed = withChecksum();
        assertThat(ReplyEnvelope.parse(sealed).ok()).isTrue();
        // Not the length, the operation and the flag itself, which other checks hold.
        for (int bit = 8 * 21; bit < 8 * sealed.length; bit++) {
            byte[] broken = sealed.clone();
            broken[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> ReplyEnvelope.parse(broken))
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageContaining("checksum");
        }
    }

    // ---- documents

    @Test
    void aRawDocumentIsAViewOfTheFrame() {
        ReplyEnvelope reply = reply("{value: {a: 1}, ok: 1}");
        RawBsonDocument raw = reply.decodeDocument(reply.valueOffset(), new RawBsonDocumentCodec());
        assertThat(raw.getBackingArray()).isSameAs(reply.frame());
        assertThat(raw).isEqualTo(BsonDocument.parse("{a: 1}"));
    }

    @Test
    void theWholeReplyAsADocumentOutlivesTheFrame() {
        ReplyEnvelope reply = reply("{errmsg: 'x', ok: 0}");
        BsonDocument document = reply.document();
        java.util.Arrays.fill(reply.frame(), (byte) 0x55);
        assertThat(document).isEqualTo(BsonDocument.parse("{errmsg: 'x', ok: 0}"));
    }

    @Test
    void anOffsetThatIsNoDocumentsIsRefused() {
        ReplyEnvelope reply = reply("{ok: 1}");
        for (int offset : new int[] {-1, reply.frame().length - 2, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> reply.decodeDocument(offset, new DocumentCodec()))
                    .isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void nestingThatWouldOverflowTheStackIsAnError() {
        byte[] deep = HostileReplies.nested(200_000);
        ReplyEnvelope reply = ReplyEnvelope.parse(deep);
        assertThatThrownBy(reply::document)
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("nested");
        assertThatThrownBy(() -> reply.decodeDocument(reply.bodyOffset(), new DocumentCodec()))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("nested");
    }

    @Test
    void nestingThatServersAllowIsRead() {
        ReplyEnvelope reply = ReplyEnvelope.parse(HostileReplies.nested(200));
        Document decoded = reply.decodeDocument(reply.bodyOffset(), new DocumentCodec());
        assertThat(reply.document().toJson()).isEqualTo(decoded.toJson());
    }
}
