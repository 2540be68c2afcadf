package dev.rotor.driver.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.rotor.driver.core.fake.FakeMessage;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DocumentCodec;
import org.junit.jupiter.api.Test;

class HostileReplyTest {

    @Test
    void everyPrefixOfAReplyIsRefused() {
        for (BsonDocument valid : HostileReplies.VALID) {
            byte[] whole = FakeMessage.opMsg(1, 0, valid);
            for (int length = 0; length < whole.length; length++) {
                byte[] prefix = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> ReplyEnvelope.parse(prefix)).isInstanceOf(MalformedMessageException.class);
                if (length >= 4) {
                    LittleEndian.putInt(prefix, 0, length);
                    assertThatThrownBy(() -> ReplyEnvelope.parse(prefix)).isInstanceOf(MalformedMessageException.class);
                }
            }
        }
    }

    @Test
    void mutatedRepliesGiveAnswersOrBsonErrorsAndNothingElse() {
        int refused = 0;
        int read = 0;
        for (int seed = 0; seed < 60_000; seed++) {
            byte[] frame = HostileReplies.mutate(new Random(seed));
            try {
                useEverything(ReplyEnvelope.parse(frame));
                read++;
            } catch (MalformedMessageException e) {
                refused++;
            } catch (Throwable e) {
                fail("seed " + seed + ": " + HexFormat.of().formatHex(frame), e);
            }
        }
        // Both kinds must occur, or the mutations would test nothing.
        assertThat(refused).isGreaterThan(5_000);
        assertThat(read).isGreaterThan(5_000);
    }

    @Test
    void noiseIsRefused() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] noise = new byte[16 + random.nextInt(200)];
            random.nextBytes(noise);
            LittleEndian.putInt(noise, 0, noise.length);
            assertThatThrownBy(() -> ReplyEnvelope.parse(noise)).isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void aLengthThatPromisesMuchAllocatesLittle() {
        BsonDocument document =
                BsonDocument.parse("{value: {x: {$binary: {base64: 'AAECAw==', subType: '00'}}}, ok: 1}");
        byte[] frame = FakeMessage.opMsg(1, 0, document);
        ReplyEnvelope reply = ReplyEnvelope.parse(frame);
        int binary = reply.valueOffset() + 4 + 1 + 2;
        assertThat(LittleEndian.getInt(frame, binary)).isEqualTo(4);
        LittleEndian.putInt(frame, binary, Integer.MAX_VALUE - 100);
        // An OutOfMemoryError would not be a BSONException.
        assertThatThrownBy(() -> reply.decodeDocument(reply.valueOffset(), new DocumentCodec()))
                .isInstanceOf(BSONException.class);
        LittleEndian.putInt(frame, binary, -5);
        assertThatThrownBy(() -> reply.decodeDocument(reply.valueOffset(), new DocumentCodec()))
                .isInstanceOf(BSONException.class);
    }

    /** Asks for all that can be asked for. Offsets that were given must be usable; documents may be bad BSON inside. */
    private static void useEverything(ReplyEnvelope reply) {
        reply.codeName();
        reply.errorMessage();
        reply.errorLabels();
        reply.cursorNamespace();
        boolean whole = valid(reply);
        int[] documents = {
            reply.bodyOffset(),
            reply.valueOffset(),
            reply.clusterTimeOffset(),
            reply.cursorOffset(),
            reply.postBatchResumeTokenOffset(),
            reply.recoveryTokenOffset(),
            reply.writeConcernErrorOffset()
        };
        for (int offset : documents) {
            if (offset >= 0) {
                decode(reply, offset, whole);
            }
        }
        int[] arrays = {reply.batchOffset(), reply.writeErrorsOffset(), reply.upsertedOffset()};
        for (int offset : arrays) {
            if (offset >= 0) {
                walk(reply.documents(offset));
            }
        }
    }

    private static boolean valid(ReplyEnvelope reply) {
        try {
            reply.document();
            return true;
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    private static void decode(ReplyEnvelope reply, int offset, boolean valid) {
        try {
            reply.decodeDocument(offset, new BsonDocumentCodec());
        } catch (BSONException | IllegalArgumentException e) {
            // What codecs make of contents: a bad decimal, a regular expression with unknown options.
            if (e instanceof MalformedMessageException && valid) {
                throw new AssertionError("what passed the validation cannot be malformed", e);
            }
        }
    }

    private static void walk(DocumentArray array) {
        int count = 0;
        try {
            while (array.advance()) {
                count++;
                assertThat(array.documentLength()).isGreaterThanOrEqualTo(5);
                try {
                    array.decode(new BsonDocumentCodec());
                } catch (BSONException | IllegalArgumentException e) {
                    // The walk goes on after a document that cannot be decoded.
                    assertThat(e).isNotNull();
                }
            }
        } catch (MalformedMessageException e) {
            assertThat(count).isLessThan(100);
        }
    }
}
