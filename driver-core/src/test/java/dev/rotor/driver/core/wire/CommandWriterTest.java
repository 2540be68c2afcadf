package dev.rotor.driver.core.wire;

import static dev.rotor.driver.core.wire.CommandWriter.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.core.fake.FakeMessage;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWrapper;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.BsonObjectId;
import org.bson.BsonSerializationException;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonWriter;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.BsonValueCodecProvider;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.DocumentCodecProvider;
import org.bson.codecs.Encoder;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.IntegerCodec;
import org.bson.codecs.StringCodec;
import org.bson.codecs.ValueCodecProvider;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class CommandWriterTest {

    private static final byte[] PING = name("ping");
    private static final byte[] DB = name("$db");
    private static final CodecRegistry REGISTRY = CodecRegistries.fromProviders(
            new ValueCodecProvider(), new BsonValueCodecProvider(), new DocumentCodecProvider());

    private final CommandBuffers buffers = new CommandBuffers();

    private static byte[] message(CommandWriter writer) {
        ByteBuffer[] parts = writer.finish();
        int length = 0;
        for (ByteBuffer part : parts) {
            length += part.remaining();
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (ByteBuffer part : parts) {
            all.put(part);
        }
        return all.array();
    }

    private static FakeMessage parse(CommandWriter writer) {
        return FakeMessage.parse(message(writer));
    }

    private CommandWriter begin() {
        CommandWriter writer = buffers.begin();
        writer.putInt32(PING, 1);
        return writer;
    }

    private BsonDocument body(CommandWriter writer) {
        writer.endBody();
        BsonDocument body = parse(writer).body();
        body.remove("ping");
        return body;
    }

    @Test
    void aPingHasExactlyTheBytesThatTheSpecificationsGrammarSays() {
        CommandWriter writer = begin();
        writer.putString(DB, "admin");
        writer.endBody();
        assertThat(HexFormat.of().formatHex(message(writer)))
                .isEqualTo(
                        "33000000" // messageLength 51
                                + "01000000" // requestID
                                + "00000000" // responseTo
                                + "dd070000" // opCode 2013
                                + "00000000" // flagBits
                                + "00" // section kind 0
                                + "1e000000" // document of 30 bytes
                                + "1070696e670001000000" // int32 ping: 1
                                + "022464620006000000" + "61646d696e00" // string $db: admin
                                + "00");
    }

    @Test
    void aDocumentSequenceHasExactlyTheBytesThatTheSpecificationsGrammarSays() {
        CommandWriter writer = buffers.begin();
        writer.endBody();
        int mark = writer.startSequence(name("documents"));
        int length = writer.appendDocument(new BsonDocument("a", new BsonInt32(1)), new BsonDocumentCodec());
        writer.appendDocument(new BsonDocument(), new BsonDocumentCodec());
        writer.endSequence(mark);
        assertThat(length).isEqualTo(12);
        assertThat(HexFormat.of().formatHex(message(writer)).substring(40))
                .isEqualTo("00" + "0500000000"
                        + "01" // section kind 1
                        + "1f000000" // 31 bytes with this length
                        + "646f63756d656e747300" // documents
                        + "0c0000001061000100000000"
                        + "0500000000");
    }

    @Test
    void everyPutMethodWritesWhatAnIndependentReaderReads() {
        ObjectId id = new ObjectId();
        CommandWriter writer = begin();
        writer.putInt64(name("long"), -5_000_000_000L);
        writer.putDouble(name("double"), 0.1);
        writer.putBoolean(name("yes"), true);
        writer.putBoolean(name("no"), false);
        writer.putString(name("string"), "Grüße, 世界 \uD83D\uDE00");
        writer.putNull(name("null"));
        writer.putObjectId(name("id"), id);
        writer.putTimestamp(name("time"), 7L << 32 | 3);
        int document = writer.startDocument(name("document"));
        int array = writer.startArray(name("array"));
        writer.putInt32(writer.arrayIndex(0), 1);
        writer.putInt32(writer.arrayIndex(1), 2);
        writer.endDocument(array);
        writer.endDocument(document);
        assertThat(body(writer))
                .isEqualTo(BsonDocument.parse("{long: {$numberLong: '-5000000000'}, double: 0.1, yes: true, no: false}")
                        .append("string", new BsonString("Grüße, 世界 \uD83D\uDE00"))
                        .append("null", org.bson.BsonNull.VALUE)
                        .append("id", new BsonObjectId(id))
                        .append("time", new BsonTimestamp(7, 3))
                        .append(
                                "document",
                                new BsonDocument("array", new BsonArray(List.of(new BsonInt32(1), new BsonInt32(2))))));
    }

    @Test
    void arrayIndexesBeyondTheCachedOnesAreNamesToo() {
        CommandWriter writer = begin();
        assertThat(writer.arrayIndex(999)).isEqualTo(name("999"));
        assertThat(writer.arrayIndex(123_456)).isEqualTo(name("123456"));
    }

    @Test
    void flagsTellThatNoReplyOrManyRepliesAreExpected() {
        CommandWriter writer = begin();
        writer.unacknowledged();
        writer.endBody();
        assertThat(writer.isUnacknowledged()).isTrue();
        assertThat(parse(writer).flags()).isEqualTo(2);
        CommandWriter exhaust = begin();
        exhaust.exhaustAllowed();
        exhaust.endBody();
        assertThat(parse(exhaust).flags()).isEqualTo(1 << 16);
    }

    @Test
    void requestIdsDifferFromCommandToCommandAlsoOfAReusedWriter() {
        CommandWriter first = begin();
        int id = first.requestId();
        first.endBody();
        assertThat(parse(first).requestId()).isEqualTo(id);
        first.discard();
        CommandWriter second = begin();
        assertThat(second).isSameAs(first);
        assertThat(second.requestId()).isNotEqualTo(id);
        second.endBody();
        assertThat(parse(second).flags()).isZero();
    }

    @Test
    void aSmallCommandIsOneBufferAndTheNextOneReusesIt() {
        CommandWriter first = begin();
        first.endBody();
        ByteBuffer[] sent = first.finish();
        assertThat(sent).hasSize(1);
        first.discard();
        CommandWriter second = begin();
        second.endBody();
        assertThat(second.finish()).isSameAs(sent);
        assertThat(sent[0].position()).isZero();
    }

    @Test
    void aWriterDiscardedTwiceIsHandedOutOnce() {
        CommandWriter writer = begin();
        writer.discard();
        writer.discard();
        assertThat(begin()).isSameAs(writer);
        assertThat(begin()).isNotSameAs(writer);
    }

    @Test
    void everyLengthAroundAChunkBoundaryIsWrittenAndPatchedRight() {
        for (int size = CommandBuffers.FIRST_CHUNK - 80; size < CommandBuffers.FIRST_CHUNK + 20; size++) {
            String text = "x".repeat(size) + "é世\uD83D\uDE00";
            CommandWriter writer = begin();
            int outer = writer.startDocument(name("d"));
            writer.putString(name("s"), text);
            writer.putInt64(name("l"), 0x1122334455667788L);
            writer.putInt32(name("i"), 0x11223344);
            writer.putObjectId(name("o"), new ObjectId("0123456789abcdef01234567"));
            int inner = writer.startDocument(name("in"));
            writer.endDocument(inner);
            writer.endDocument(outer);
            assertThat(body(writer).getDocument("d"))
                    .isEqualTo(new BsonDocument("s", new BsonString(text))
                            .append("l", new BsonInt64(0x1122334455667788L))
                            .append("i", new BsonInt32(0x11223344))
                            .append("o", new BsonObjectId(new ObjectId("0123456789abcdef01234567")))
                            .append("in", new BsonDocument()));
            writer.discard();
        }
    }

    @Test
    void aLongCommandSpansChunksAndArrivesWhole() {
        byte[] noise = new byte[1_000_000];
        new java.util.Random(5).nextBytes(noise);
        CommandWriter writer = begin();
        writer.putDocument(name("d"), new BsonDocument("b", new org.bson.BsonBinary(noise)), new BsonDocumentCodec());
        writer.endBody();
        assertThat(writer.finish().length).isGreaterThan(10);
        assertThat(parse(writer).body().getDocument("d").getBinary("b").getData())
                .isEqualTo(noise);
    }

    @Test
    void truncatingAcrossChunksDropsExactlyWhatCameLater() {
        CommandWriter writer = begin();
        writer.putString(name("keep"), "k".repeat(CommandBuffers.FIRST_CHUNK + CommandBuffers.CHUNK + 100));
        int position = writer.getPosition();
        writer.putString(name("drop"), "d".repeat(3 * CommandBuffers.CHUNK));
        writer.truncateToPosition(position);
        writer.putInt32(name("after"), 1);
        assertThat(body(writer).keySet()).containsExactly("keep", "after");

        CommandWriter back = begin();
        int start = back.getPosition();
        back.putString(name("drop"), "d".repeat(3 * CommandBuffers.CHUNK));
        back.truncateToPosition(start);
        back.putInt32(name("after"), 2);
        assertThat(body(back)).isEqualTo(BsonDocument.parse("{after: 2}"));
        assertThatThrownBy(() -> back.truncateToPosition(1 << 20)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRunawayCommandIsRefusedBeforeItTakesAllMemory() {
        CommandWriter writer = begin();
        byte[] megabyte = new byte[1 << 20];
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200; i++) {
                        writer.writeBytes(megabyte);
                    }
                })
                .isInstanceOf(BsonMaximumSizeExceededException.class);
        writer.discard();
        CommandWriter next = begin();
        next.endBody();
        assertThat(parse(next).commandName()).isEqualTo("ping");
    }

    @Test
    void unpairedSurrogatesBecomeQuestionMarks() {
        CommandWriter writer = begin();
        writer.putString(name("s"), "a\uD83Db\uDE00");
        assertThat(body(writer).getString("s").getValue()).isEqualTo("a?b?");
    }

    @Test
    void aNulInAStringIsDataAndInAFieldNameAnError() {
        CommandWriter writer = begin();
        writer.putString(name("s"), "a\0b");
        assertThatThrownBy(() -> writer.putDocument(name("d"), new Document("x\0y", 1), new DocumentCodec()))
                .isInstanceOf(BsonSerializationException.class)
                .hasMessageContaining("NUL")
                .hasMessageContaining("x\\0y");
        assertThat(body(writer)).isEqualTo(new BsonDocument("s", new BsonString("a\0b")));
    }

    @Test
    void usersDocumentsAreRenderedWhateverKindTheyAre() {
        BsonDocument expected = BsonDocument.parse("{a: 1, b: {c: 'x'}}");
        Document document = new Document("a", 1).append("b", new Document("c", "x"));
        RawBsonDocument raw = new RawBsonDocument(expected, new BsonDocumentCodec());
        CommandWriter writer = begin();
        writer.putBson(name("document"), document, Document.class, REGISTRY);
        writer.putBson(name("bson"), expected, Document.class, REGISTRY);
        writer.putBson(name("raw"), raw, Document.class, REGISTRY);
        writer.putBson(
                name("wrapped"), new BsonDocumentWrapper<>(document, new DocumentCodec()), Document.class, REGISTRY);
        writer.putBson(
                name("custom"),
                new org.bson.conversions.Bson() {
                    @Override
                    public <T> BsonDocument toBsonDocument(Class<T> type, CodecRegistry registry) {
                        return expected;
                    }
                },
                Document.class,
                REGISTRY);
        BsonDocument body = body(writer);
        assertThat(body.keySet()).containsExactly("document", "bson", "raw", "wrapped", "custom");
        assertThat(body.values()).allMatch(expected::equals);
    }

    @Test
    void valuesOfAnyTypeAreEncodedUnderTheirNameAlsoAsTheFirstElement() {
        CommandWriter writer = buffers.begin();
        writer.putValue(name("first"), 42, new IntegerCodec());
        writer.putValue(name("text"), "é", new StringCodec());
        writer.putValue(name("document"), new Document("k", "v"), new DocumentCodec());
        int array = writer.startArray(name("array"));
        writer.putValue(writer.arrayIndex(0), "in", new StringCodec());
        writer.endDocument(array);
        writer.endBody();
        assertThat(parse(writer).body())
                .isEqualTo(BsonDocument.parse("{first: 42, text: 'é', document: {k: 'v'}, array: ['in']}"));
    }

    @Test
    void anEncoderThatThrowsLeavesNothingBehindAndTheWriterUsable() {
        CommandWriter writer = begin();
        Encoder<String> breaksOff = encoder((bson, value) -> {
            bson.writeStartDocument();
            bson.writeString("half", value);
            throw new IllegalStateException("codec");
        });
        writer.putInt32(name("before"), 1);
        assertThatThrownBy(() -> writer.putDocument(name("d"), "x", breaksOff)).hasMessage("codec");
        assertThatThrownBy(() -> writer.putValue(name("v"), "x", breaksOff)).hasMessage("codec");
        assertThatThrownBy(() -> writer.appendDocument("x", breaksOff)).hasMessage("codec");
        writer.putDocument(name("ok"), new Document("a", 1), new DocumentCodec());
        writer.putValue(name("v"), "x", new StringCodec());
        assertThat(body(writer)).isEqualTo(BsonDocument.parse("{before: 1, ok: {a: 1}, v: 'x'}"));
    }

    @Test
    void anEncoderThatWritesTooLittleOrTooMuchIsRefused() {
        CommandWriter writer = begin();
        Encoder<String> nothing = encoder((bson, value) -> {});
        Encoder<String> unfinished = encoder((bson, value) -> bson.writeStartDocument());
        Encoder<String> two = encoder((bson, value) -> {
            for (int i = 0; i < 2; i++) {
                bson.writeStartDocument();
                bson.writeEndDocument();
            }
        });
        for (Encoder<String> wrong : List.of(nothing, unfinished, two)) {
            assertThatThrownBy(() -> writer.putDocument(name("d"), "x", wrong))
                    .isInstanceOf(BsonInvalidOperationException.class);
            assertThatThrownBy(() -> writer.appendDocument("x", wrong))
                    .isInstanceOf(BsonInvalidOperationException.class);
            assertThatThrownBy(() -> writer.putValue(name("v"), "x", wrong))
                    .isInstanceOf(BsonInvalidOperationException.class);
        }
        assertThatThrownBy(() -> writer.putDocument(name("d"), "x", new StringCodec()))
                .isInstanceOf(BsonInvalidOperationException.class);
        assertThat(body(writer)).isEqualTo(new BsonDocument());
    }

    @Test
    void theFirstNameTellsUpdatesFromReplacements() {
        CommandWriter writer = begin();
        writer.endBody();
        int position = writer.getPosition();
        writer.appendBson(BsonDocument.parse("{$set: {a: 1}}"), Document.class, REGISTRY);
        assertThat(writer.firstNameByte(position)).isEqualTo('$');
        writer.truncateToPosition(position);
        writer.appendBson(BsonDocument.parse("{a: 1}"), Document.class, REGISTRY);
        assertThat(writer.firstNameByte(position)).isEqualTo('a');
        writer.truncateToPosition(position);
        writer.appendBson(new BsonDocument(), Document.class, REGISTRY);
        assertThat(writer.firstNameByte(position)).isEqualTo(-1);
    }

    @Test
    void theCommandForEventsShowsSequencesAsArrays() {
        CommandWriter writer = buffers.begin();
        writer.putString(name("insert"), "things");
        writer.endBody();
        int mark = writer.startSequence(name("documents"));
        writer.appendDocument(new Document("a", 1), new DocumentCodec());
        writer.appendDocument(new Document("a", 2.5), new DocumentCodec());
        writer.endSequence(mark);
        BsonDocument event = writer.toDocument();
        writer.discard();
        assertThat(event)
                .isEqualTo(new BsonDocument("insert", new BsonString("things"))
                        .append(
                                "documents",
                                new BsonArray(List.of(
                                        new BsonDocument("a", new BsonInt32(1)),
                                        new BsonDocument("a", new BsonDouble(2.5))))));
    }

    @Test
    void sectionsOutOfOrderAreAProgrammingError() {
        CommandWriter writer = begin();
        assertThatThrownBy(() -> writer.startSequence(name("documents"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
        writer.endBody();
        assertThatThrownBy(writer::endBody).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theCommandNameIsCopiedOutAsFarAsItFits() {
        CommandWriter writer = begin();
        byte[] room = new byte[8];
        assertThat(writer.copyCommandName(room)).isEqualTo(4);
        assertThat(new String(room, 0, 4, java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("ping");
        assertThat(writer.copyCommandName(new byte[2])).isEqualTo(2);
    }

    private interface Body {
        void encode(BsonWriter writer, String value);
    }

    private static Encoder<String> encoder(Body body) {
        return new Encoder<>() {
            @Override
            public void encode(BsonWriter writer, String value, EncoderContext context) {
                body.encode(writer, value);
            }

            @Override
            public Class<String> getEncoderClass() {
                return String.class;
            }
        };
    }
}
