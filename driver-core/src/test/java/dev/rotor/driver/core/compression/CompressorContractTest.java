package dev.rotor.driver.core.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.rotor.driver.core.fake.FakeCompression;
import dev.rotor.driver.spi.Compressor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every one of the driver's own compressors keeps. */
class CompressorContractTest {

    private static final int MARGIN = 33;
    private static final byte MARK = (byte) 0xA5;

    static Stream<Arguments> all() {
        return Stream.of(
                Arguments.of("snappy", new SnappyCompressor()),
                Arguments.of("zlib", new ZlibCompressor(-1)),
                Arguments.of("zlib, level 0", new ZlibCompressor(0)),
                Arguments.of("zlib, level 1", new ZlibCompressor(1)),
                Arguments.of("zlib, level 9", new ZlibCompressor(9)),
                Arguments.of("zstd", new ZstdCompressor()));
    }

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        byte[] words = "all that is gold does not glitter ".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < length; i++) {
            text[i] = words[i % words.length];
        }
        return text;
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    private static List<byte[]> contents() {
        List<byte[]> contents = new ArrayList<>();
        for (int length : new int[] {0, 1, 5, 100, 8176, 65_536, 1_000_003}) {
            contents.add(text(length));
            contents.add(noise(length));
        }
        return contents;
    }

    private static byte[] compressed(Compressor compressor, byte[] content) {
        byte[] target = new byte[compressor.maxCompressedLength(content.length)];
        int length = compressor.compress(content, 0, content.length, target, 0);
        return Arrays.copyOf(target, length);
    }

    private static byte[] decompress(Compressor compressor, byte[] compressed, int length) throws DataFormatException {
        byte[] back = new byte[length];
        compressor.decompress(compressed, 0, compressed.length, back, 0, length);
        return back;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void whatIsCompressedBecomesTheSameAgainAndNothingAroundItChanges(String name, Compressor compressor)
            throws Exception {
        for (byte[] content : contents()) {
            byte[] source = new byte[MARGIN + content.length + MARGIN];
            System.arraycopy(content, 0, source, MARGIN, content.length);
            int room = compressor.maxCompressedLength(content.length);
            byte[] target = new byte[MARGIN + room + MARGIN];
            Arrays.fill(target, MARK);

            int written = compressor.compress(source, MARGIN, content.length, target, MARGIN);

            assertThat(written).isBetween(1, room);
            assertMarked(target, 0, MARGIN);
            assertMarked(target, MARGIN + room, target.length);
            byte[] back = new byte[MARGIN + content.length + MARGIN];
            Arrays.fill(back, MARK);
            compressor.decompress(target, MARGIN, written, back, MARGIN, content.length);
            assertThat(Arrays.copyOfRange(back, MARGIN, MARGIN + content.length))
                    .isEqualTo(content);
            assertMarked(back, 0, MARGIN);
            assertMarked(back, MARGIN + content.length, back.length);
        }
    }

    private static void assertMarked(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != MARK) {
                fail("byte " + i + " of " + bytes.length + " was written");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void itIsTheFormatThatOthersReadAndWrite(String name, Compressor compressor) throws Exception {
        byte[] content = text(20_000);
        byte[] message = new byte[16 + content.length];
        System.arraycopy(content, 0, message, 16, content.length);
        byte[] frame = FakeCompression.frame(message, content.length, compressor.id(), compressed(compressor, content));
        assertThat(Arrays.copyOfRange(FakeCompression.unpack(frame), 16, message.length))
                .isEqualTo(content);

        byte[] theirs = FakeCompression.compress(content, compressor.id());
        assertThat(decompress(compressor, theirs, content.length)).isEqualTo(content);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void everyPrefixIsRefused(String name, Compressor compressor) {
        byte[] content = text(500);
        byte[] whole = compressed(compressor, content);
        for (int length = 0; length < whole.length; length++) {
            byte[] prefix = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decompress(compressor, prefix, content.length))
                    .as("%s bytes of %s", length, whole.length)
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageNotContaining("gold");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void anotherLengthThanTheDeclaredOneIsRefused(String name, Compressor compressor) throws Exception {
        byte[] content = text(5_000);
        byte[] whole = compressed(compressor, content);
        for (int declared : new int[] {0, 1, 4_999, 5_001, 100_000}) {
            byte[] back = new byte[MARGIN + declared + MARGIN];
            Arrays.fill(back, MARK);
            assertThatThrownBy(() -> compressor.decompress(whole, 0, whole.length, back, MARGIN, declared))
                    .as("%s declared", declared)
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageNotContaining("null");
            assertMarked(back, 0, MARGIN);
            assertMarked(back, MARGIN + declared, back.length);
        }
        // One that has refused something is as good as before.
        assertThat(decompress(compressor, whole, content.length)).isEqualTo(content);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void aBombDoesNotGoBeyondWhatWasDeclared(String name, Compressor compressor) {
        byte[] bomb = compressed(compressor, new byte[20_000_000]);
        byte[] back = new byte[100 + MARGIN];
        Arrays.fill(back, MARK);
        assertThatThrownBy(() -> compressor.decompress(bomb, 0, bomb.length, back, 0, 100))
                .isInstanceOf(DataFormatException.class);
        assertMarked(back, 100, back.length);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void brokenBytesGiveTheDeclaredLengthOrAnErrorOfTheFormat(String name, Compressor compressor) {
        byte[] whole = compressed(compressor, text(300));
        int refused = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] broken = whole.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            byte[] back = new byte[300 + MARGIN];
            Arrays.fill(back, MARK);
            try {
                compressor.decompress(broken, 0, broken.length, back, 0, 300);
            } catch (DataFormatException e) {
                refused++;
            }
            assertMarked(back, 300, back.length);
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void manyThreadsMayUseItAtOnceAndItMayBeClosedMeanwhile(String name, Compressor compressor) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int thread = 0; thread < 12; thread++) {
                byte[] content = thread % 2 == 0 ? text(3_000 + thread) : noise(3_000 + thread);
                done.add(CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 200; i++) {
                                try {
                                    byte[] there = compressed(compressor, content);
                                    if (!Arrays.equals(decompress(compressor, there, content.length), content)) {
                                        throw new AssertionError("not the same");
                                    }
                                } catch (DataFormatException e) {
                                    throw new AssertionError(e);
                                }
                            }
                        },
                        threads));
            }
            compressor.close();
            CompletableFuture.allOf(done.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void bytesBehindTheEndOfZlibsAreRefused() {
        byte[] content = text(500);
        byte[] whole = compressed(new ZlibCompressor(-1), content);
        byte[] longer = Arrays.copyOf(whole, whole.length + 3);
        assertThatThrownBy(() -> decompress(new ZlibCompressor(-1), longer, content.length))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("3 bytes after the end");
    }

    @Test
    void zlibsLevelIsHeardOf() {
        byte[] content = text(100_000);
        int none = compressed(new ZlibCompressor(0), content).length;
        int fast = compressed(new ZlibCompressor(1), content).length;
        int best = compressed(new ZlibCompressor(9), content).length;
        assertThat(none).isGreaterThan(content.length);
        assertThat(fast).isLessThan(content.length / 10);
        assertThat(best).isLessThan(fast);
    }
}
