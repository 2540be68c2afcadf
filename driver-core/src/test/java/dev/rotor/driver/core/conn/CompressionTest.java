package dev.rotor.driver.core.conn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCompressor;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.core.compression.Compressors;
import dev.rotor.driver.core.fake.FakeCompression;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.spi.Compressor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one connection compresses and takes compressed, byte by byte. */
class CompressionTest {

    private static final String ALL = "['snappy', 'zlib', 'zstd']";

    private final Rig rig = new Rig();

    enum Kind {
        SNAPPY(FakeCompression.SNAPPY),
        ZLIB(FakeCompression.ZLIB),
        ZSTD(FakeCompression.ZSTD);

        final int id;

        Kind(int id) {
            this.id = id;
        }

        MongoCompressor compressor() {
            return new MongoCompressor(name().toLowerCase(Locale.ROOT), -1);
        }
    }

    /** Opens a connection that wants these to a server that knows those. */
    private void open(String theirs, MongoCompressor... ours) {
        rig.compressors = Compressors.open(List.of(ours));
        rig.startOpening();
        rig.connect();
        rig.reply(hello(theirs));
        rig.transport.loop().run();
        assertThat(rig.log).containsExactly("opened");
        rig.log.clear();
    }

    private static String hello(String compression) {
        return Rig.HELLO_REPLY.replace("{", "{compression: " + compression + ", ");
    }

    private byte[] last() {
        List<byte[]> sent = rig.wire().sent();
        return sent.get(sent.size() - 1);
    }

    private FakeMessage lastUnpacked() {
        return FakeMessage.parse(FakeCompression.unpack(last()));
    }

    private void deliver(byte[] frame) {
        rig.wire().deliver(frame);
        rig.transport.loop().run();
    }

    private byte[] ok() {
        return FakeMessage.reply(lastUnpacked(), "{ok: 1, n: 42}");
    }

    // ---- the handshake

    @Test
    void compressorsAreOfferedInTheirOrderInAHelloThatIsNotCompressed() {
        rig.compressors = Compressors.open(List.of(MongoCompressor.ZSTD, MongoCompressor.ZLIB));
        rig.startOpening();
        FakeMessage hello = rig.connect().lastSent();
        assertThat(hello.body().getArray("compression"))
                .isEqualTo(BsonDocument.parse("{c: ['zstd', 'zlib']}").getArray("c"));
    }

    @Test
    void theFirstOfTheClientsThatTheServerKnowsIsUsed() {
        open("['zlib', 'zstd']", MongoCompressor.SNAPPY, MongoCompressor.ZSTD, MongoCompressor.ZLIB);
        rig.send("ping");
        assertThat(FakeCompression.compressor(last())).isEqualTo(FakeCompression.ZSTD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "['lz4', 'brotli']", "['SNAPPY']", "null", "'zlib'", "[1, null, {zlib: 1}]"})
    void aServerThatKnowsNoneOfThemIsSentPlainCommands(String theirs) {
        open(theirs, MongoCompressor.SNAPPY, MongoCompressor.ZLIB);
        rig.send("ping");
        assertThat(FakeMessage.parse(last()).commandName()).isEqualTo("ping");
        rig.reply("{ok: 1}");
        assertThat(rig.log).containsExactly("reply");
    }

    @Test
    void aClientThatOffersNothingCompressesNothingWhateverTheServerSays() {
        open(ALL);
        rig.send("ping");
        assertThat(FakeMessage.parse(last()).commandName()).isEqualTo("ping");
    }

    @Test
    void theReplyToHelloItselfMayBeCompressed() {
        rig.compressors = Compressors.open(List.of(MongoCompressor.SNAPPY, MongoCompressor.ZSTD));
        rig.startOpening();
        FakeMessage hello = rig.connect().lastSent();
        deliver(FakeCompression.pack(FakeMessage.reply(hello, hello("['snappy']")), FakeCompression.ZSTD));
        assertThat(rig.log).containsExactly("opened");
        rig.send("ping");
        assertThat(FakeCompression.compressor(last())).isEqualTo(FakeCompression.SNAPPY);
    }

    @Test
    void theReplyToHelloMustFitTheLimitOfHellosWhenDecompressed() {
        rig.compressors = Compressors.open(List.of(MongoCompressor.ZLIB));
        rig.startOpening();
        FakeMessage hello = rig.connect().lastSent();
        byte[] huge =
                FakeMessage.reply(hello, "{ok: 1, padding: '" + "x".repeat(Connection.HANDSHAKE_FRAME_BYTES) + "'}");
        deliver(FakeCompression.pack(huge, FakeCompression.ZLIB));
        assertThat(rig.log).containsExactly("open failed");
        assertThat(rig.failure()).hasMessageContaining("bytes uncompressed, where 0 to 1048560 are allowed");
    }

    // ---- commands

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aCommandIsWrappedWithItsNumbersAndComesOutTheSame(Kind kind) {
        open(ALL, kind.compressor());
        rig.send("ping");

        ByteBuffer sent = ByteBuffer.wrap(last()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(sent.getInt(0)).isEqualTo(last().length);
        assertThat(sent.getInt(12)).isEqualTo(2012);
        assertThat(sent.getInt(16)).isEqualTo(2013);
        assertThat(sent.get(24)).isEqualTo((byte) kind.id);
        FakeMessage message = lastUnpacked();
        assertThat(message.requestId()).isEqualTo(sent.getInt(4)).isPositive();
        assertThat(message.body()).isEqualTo(BsonDocument.parse("{ping: 1, $db: 'admin'}"));

        deliver(FakeCompression.pack(ok(), kind.id));
        assertThat(rig.log).containsExactly("reply");
        assertThat(rig.replies.get(0).n()).isEqualTo(42);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void longCommandsOfManyChunksAndDocumentSequencesComeOutTheSame(Kind kind) {
        open(ALL, kind.compressor());
        for (int documents : new int[] {10, 100, 1_000, 20_000}) {
            CommandWriter out = rig.connection().beginCommand();
            out.putString(CommandWriter.name("insert"), "things");
            out.putString(CommandWriter.name("$db"), "app");
            out.endBody();
            int sequence = out.startSequence(CommandWriter.name("documents"));
            Random random = new Random(documents);
            for (int i = 0; i < documents; i++) {
                int document = out.startBareDocument();
                out.putInt32(CommandWriter.name("_id"), i);
                out.putInt64(CommandWriter.name("noise"), random.nextLong());
                out.putString(CommandWriter.name("text"), "what is said again and again");
                out.endDocument(document);
            }
            out.endSequence(sequence);
            rig.connection().send(out, rig, Deadline.NONE);

            List<BsonDocument> arrived =
                    Objects.requireNonNull(lastUnpacked().sequences().get("documents"));
            assertThat(arrived).hasSize(documents);
            assertThat(arrived.get(documents - 1).getInt32("_id").getValue()).isEqualTo(documents - 1);
            deliver(FakeCompression.pack(ok(), kind.id));
        }
        assertThat(rig.log).containsExactly("reply", "reply", "reply", "reply");
    }

    @Test
    void memoryOfACompressedCommandIsReusedOnlyWhenTheTransportHasGivenItBack() {
        open(ALL, MongoCompressor.ZLIB);
        rig.wire().holdBuffers(true);
        rig.send("first");
        byte[] first = last().clone();
        deliver(ok());
        rig.send("second");
        assertThat(lastUnpacked().commandName()).isEqualTo("second");
        assertThat(rig.wire().sent().get(rig.wire().sent().size() - 2)).isEqualTo(first);
        rig.wire().giveBackBuffers();
        deliver(ok());
        rig.send("third");
        assertThat(lastUnpacked().commandName()).isEqualTo("third");
        assertThat(rig.log).containsExactly("reply", "reply");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "isMaster",
                "saslStart",
                "saslContinue",
                "getnonce",
                "authenticate",
                "createUser",
                "updateUser",
                "copydbSaslStart",
                "copydbgetnonce",
                "copydb"
            })
    void whatMustNotBeCompressedIsNot(String name) {
        open(ALL, MongoCompressor.SNAPPY);
        for (String spelling : List.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT))) {
            rig.send(spelling);
            assertThat(FakeMessage.parse(last()).commandName()).isEqualTo(spelling);
            rig.reply("{ok: 1}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ping",
                "helloo",
                "hell",
                "copydbs",
                "updateUsers",
                "insert",
                "saslStartsaslStartsaslStartsaslStart",
                "h"
            })
    void everythingElseIs(String name) {
        open(ALL, MongoCompressor.SNAPPY);
        rig.send(name);
        assertThat(lastUnpacked().commandName()).isEqualTo(name);
    }

    @Test
    void unacknowledgedCommandsAreCompressed() {
        open(ALL, MongoCompressor.ZSTD);
        rig.sendUnacknowledged("insert");
        assertThat(lastUnpacked().flags()).isEqualTo(FakeMessage.MORE_TO_COME);
        assertThat(rig.log).containsExactly("sent");
        rig.send("ping");
        deliver(ok());
        assertThat(rig.log).containsExactly("sent", "reply");
    }

    @Test
    void aCommandThatIsTooLongWhenCompressedGoesOutAsItIs() {
        Compressor swelling = new Swelling();
        rig.compressors = List.of(swelling);
        rig.startOpening();
        rig.connect();
        rig.reply("{ok: 1, maxWireVersion: 21, compression: ['swell'], maxMessageSizeBytes: 2000}");
        rig.transport.loop().run();

        rig.send("ping");
        assertThat(FakeMessage.parse(last()).commandName()).isEqualTo("ping");
        rig.reply("{ok: 1}");
        assertThat(rig.log).containsExactly("opened", "reply");
    }

    @Test
    void aCompressorThatFailsIsAnErrorThatNamesItAndNothingIsSent() {
        rig.compressors = List.of(new Failing());
        rig.startOpening();
        rig.connect();
        rig.reply(hello("['fail']"));
        rig.transport.loop().run();
        int before = rig.wire().sent().size();

        rig.send("insert");
        assertThat(rig.failure())
                .isExactlyInstanceOf(MongoException.class)
                .hasMessage("The command insert for db1:27017 could not be compressed by fail: out of luck");
        assertThat(rig.wire().sent()).hasSize(before);
        assertThat(rig.connection().isClosed()).isTrue();
        assertThat(rig.log).containsExactly("opened", "failure");
    }

    // ---- replies

    @Test
    void repliesMayBePlainOrCompressedByAnyThatWasOffered() {
        open("['zlib']", MongoCompressor.ZLIB, MongoCompressor.SNAPPY, MongoCompressor.ZSTD);
        for (int id :
                new int[] {FakeCompression.ZLIB, FakeCompression.SNAPPY, FakeCompression.ZSTD, FakeCompression.NOOP}) {
            rig.send("ping");
            deliver(FakeCompression.pack(ok(), id));
        }
        rig.send("ping");
        deliver(ok());
        assertThat(rig.log).containsExactly("reply", "reply", "reply", "reply", "reply");
        assertThat(rig.replies).allMatch(reply -> reply.n() == 42);
    }

    @Test
    void streamedRepliesAreTakenCompressed() {
        open(ALL, MongoCompressor.ZSTD);
        rig.sendExhaust("getMore");
        assertThat(lastUnpacked().flags()).isEqualTo(1 << 16);
        int id = lastUnpacked().requestId();
        byte[] first = FakeMessage.opMsg(id, FakeMessage.MORE_TO_COME, BsonDocument.parse("{ok: 1, n: 1}"));
        deliver(FakeCompression.pack(first, FakeCompression.ZSTD));
        byte[] second = FakeMessage.opMsg(77, FakeMessage.MORE_TO_COME, BsonDocument.parse("{ok: 1, n: 2}"));
        deliver(FakeCompression.pack(second, FakeCompression.ZSTD));
        deliver(FakeCompression.pack(
                FakeMessage.opMsg(77, 0, BsonDocument.parse("{ok: 1, n: 3}")), FakeCompression.ZSTD));
        assertThat(rig.replies).extracting(reply -> reply.n()).containsExactly(1L, 2L, 3L);
        assertThat(rig.connection().isClosed()).isFalse();
    }

    /** As servers do it: the checksum is that of the message before it was compressed. */
    private static byte[] withChecksum(byte[] message, int mistake) {
        byte[] longer = Arrays.copyOf(message, message.length + 4);
        ByteBuffer out = ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0, longer.length).putInt(16, 1);
        CRC32C crc = new CRC32C();
        crc.update(longer, 0, message.length);
        out.putInt(message.length, (int) crc.getValue() + mistake);
        return longer;
    }

    @Test
    void aChecksumInsideIsThatOfTheMessageBeforeItWasCompressed() {
        open(ALL, MongoCompressor.SNAPPY);
        rig.send("ping");
        deliver(FakeCompression.pack(withChecksum(ok(), 0), FakeCompression.SNAPPY));
        assertThat(rig.log).containsExactly("reply");
        rig.send("ping");
        deliver(FakeCompression.pack(withChecksum(ok(), 1), FakeCompression.SNAPPY));
        assertThat(rig.failure()).hasMessageContaining("checksum does not match");
    }

    // ---- hostile replies

    private void refused(byte[] frame, String words) {
        deliver(frame);
        assertThat(rig.failure())
                .isExactlyInstanceOf(MongoProtocolException.class)
                .hasMessageStartingWith("db1:27017 sent ")
                .hasMessageEndingWith(" while waiting for the reply to ping")
                .hasMessageContaining(words);
        assertThat(rig.log).containsExactly("failure");
        assertThat(rig.connection().isClosed()).isTrue();
    }

    private void ask() {
        open(ALL, MongoCompressor.SNAPPY, MongoCompressor.ZLIB);
        rig.send("ping");
    }

    @Test
    void aCompressedReplyToAClientThatOfferedNothingIsRefused() {
        open(ALL);
        rig.send("ping");
        byte[] reply = FakeMessage.reply(FakeMessage.parse(last()), "{ok: 1}");
        refused(FakeCompression.pack(reply, FakeCompression.ZLIB), "though it was offered no compressor");
    }

    @Test
    void aCompressorThatWasNotOfferedIsRefused() {
        ask();
        refused(FakeCompression.pack(ok(), FakeCompression.ZSTD), "compressor 3, which it was not offered");
    }

    @Test
    void aCompressorThatNobodyKnowsIsRefused() {
        ask();
        refused(FakeCompression.frame(ok(), 100, 255, new byte[50]), "compressor 255, which it was not offered");
    }

    @Test
    void aHeaderThatBreaksOffIsRefused() {
        ask();
        byte[] whole = FakeCompression.pack(ok(), FakeCompression.ZLIB);
        byte[] frame = Arrays.copyOf(whole, 24);
        ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 24);
        refused(frame, "24 bytes, which are 1 too few");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 48_000_000 - 15})
    void aLengthThatNoMessageHasIsRefusedBeforeMemoryIsTakenForIt(int size) {
        ask();
        byte[] content = FakeCompression.compress(Arrays.copyOfRange(ok(), 16, ok().length), FakeCompression.ZLIB);
        refused(
                FakeCompression.frame(ok(), size, FakeCompression.ZLIB, content),
                "declares " + size + " bytes uncompressed, where 0 to 47999984 are allowed");
    }

    @ParameterizedTest
    @ValueSource(ints = {FakeCompression.NOOP, FakeCompression.SNAPPY, FakeCompression.ZLIB})
    void aLengthThatIsNotThatOfTheContentIsRefused(int compressor) {
        for (int difference : new int[] {-40, -1, 1, 1000}) {
            Rig each = new Rig();
            each.compressors = Compressors.open(List.of(MongoCompressor.SNAPPY, MongoCompressor.ZLIB));
            each.startOpening();
            each.connect();
            each.reply(hello(ALL));
            each.transport.loop().run();
            each.send("ping");
            byte[] sent = each.wire().sent().get(1);
            byte[] reply = FakeMessage.reply(
                    FakeMessage.parse(FakeCompression.unpack(sent)), "{ok: 1, text: '" + "x".repeat(50) + "'}");
            byte[] content = FakeCompression.compress(Arrays.copyOfRange(reply, 16, reply.length), compressor);
            each.wire().deliver(FakeCompression.frame(reply, reply.length - 16 + difference, compressor, content));
            each.transport.loop().run();
            assertThat(each.failure())
                    .isExactlyInstanceOf(MongoProtocolException.class)
                    .hasMessageContaining("declared");
            assertThat(each.connection().isClosed()).isTrue();
        }
    }

    @Test
    void aBombIsRefusedWithoutMoreMemoryThanWasDeclared() {
        ask();
        byte[] content = FakeCompression.compress(new byte[40_000_000], FakeCompression.ZLIB);
        refused(FakeCompression.frame(ok(), 30, FakeCompression.ZLIB, content), "more than the declared 30 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {FakeCompression.SNAPPY, FakeCompression.ZLIB})
    void noiseIsRefused(int compressor) {
        ask();
        byte[] noise = new byte[200];
        new Random(4).nextBytes(noise);
        refused(
                FakeCompression.frame(ok(), 300, compressor, noise),
                compressor == FakeCompression.ZLIB ? "zlib cannot decompress" : "snappy cannot decompress");
    }

    @Test
    void aCompressedMessageInACompressedMessageIsRefused() {
        ask();
        byte[] twice = FakeCompression.pack(FakeCompression.pack(ok(), FakeCompression.ZLIB), FakeCompression.SNAPPY);
        refused(twice, "opCode 2012 (OP_COMPRESSED) where OP_MSG (2013) was expected");
    }

    @Test
    void anotherOperationInsideIsRefused() {
        ask();
        byte[] opReply = FakeMessage.opReply(lastUnpacked().requestId(), BsonDocument.parse("{ok: 1}"));
        refused(FakeCompression.pack(opReply, FakeCompression.ZLIB), "opCode 1 (OP_REPLY)");
    }

    @Test
    void theReplyToAnotherRequestIsRefusedWhenCompressedToo() {
        ask();
        byte[] other = FakeMessage.opMsg(4711, 0, BsonDocument.parse("{ok: 1}"));
        refused(FakeCompression.pack(other, FakeCompression.ZLIB), "a reply to request 4711 instead of");
    }

    @Test
    void repliesWithBytesChangedAreAnsweredOrRefusedAndNothingElse() {
        int refused = 0;
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            Rig each = new Rig();
            each.compressors =
                    Compressors.open(List.of(MongoCompressor.SNAPPY, MongoCompressor.ZLIB, MongoCompressor.ZSTD));
            each.open();
            each.send("ping");
            byte[] reply = FakeMessage.reply(each.wire().lastSent(), "{ok: 1, text: '" + "again ".repeat(30) + "'}");
            byte[] frame = FakeCompression.pack(reply, 1 + random.nextInt(3));
            for (int i = 0; i <= random.nextInt(3); i++) {
                frame[12 + random.nextInt(frame.length - 12)] = (byte) random.nextInt(256);
            }
            each.wire().deliver(frame);
            each.transport.loop().run();
            assertThat(each.log).as("seed %s", seed).hasSize(1);
            if (each.log.equals(List.of("failure"))) {
                refused++;
                assertThat(each.failure()).as("seed %s", seed).isExactlyInstanceOf(MongoProtocolException.class);
            }
            assertThat(each.transport.loop().failures()).isEmpty();
        }
        assertThat(refused).isGreaterThan(100);
    }

    /** Makes more of what it is given than any message may have. */
    private static class Swelling implements Compressor {
        @Override
        public String name() {
            return "swell";
        }

        @Override
        public int id() {
            return 200;
        }

        @Override
        public int maxCompressedLength(int length) {
            return length + 10_000;
        }

        @Override
        public int compress(byte[] source, int offset, int length, byte[] target, int targetOffset) {
            return length + 10_000;
        }

        @Override
        public void decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength)
                throws DataFormatException {
            throw new DataFormatException("never asked for");
        }
    }

    private static final class Failing extends Swelling {
        @Override
        public String name() {
            return "fail";
        }

        @Override
        public int compress(byte[] source, int offset, int length, byte[] target, int targetOffset) {
            throw new IllegalStateException("out of luck");
        }
    }
}
