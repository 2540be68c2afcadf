package dev.rotor.driver.core.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rotor.driver.MongoCompressor;
import dev.rotor.driver.core.services.ServiceFolder;
import dev.rotor.driver.spi.Compressor;
import dev.rotor.driver.spi.CompressorProvider;
import dev.rotor.driver.transport.Availability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which compressors a client has. */
class CompressorsTest {

    private static final Availability NO = Availability.no("the moon is not full", null);

    private final List<String> warnings = new ArrayList<>();

    /** Compresses nothing; tells its name, number and level. */
    private static class Named implements Compressor {
        final int level;
        private final String name;
        private final int id;
        boolean closed;

        Named(String name, int id, int level) {
            this.name = name;
            this.id = id;
            this.level = level;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int id() {
            return id;
        }

        @Override
        public int maxCompressedLength(int length) {
            return length;
        }

        @Override
        public int compress(byte[] source, int offset, int length, byte[] target, int targetOffset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void decompress(
                byte[] source, int offset, int length, byte[] target, int targetOffset, int targetLength) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private record Fake(String name, int id, Availability availability) implements CompressorProvider {
        @Override
        public Compressor create(int level) {
            return new Named(name, id, level);
        }
    }

    /** Found through a service file. */
    public static final class Found implements CompressorProvider {
        @Override
        public String name() {
            return "zlib";
        }

        @Override
        public Availability availability() {
            return Availability.yes();
        }

        @Override
        public Compressor create(int level) {
            return new Named("zlib", 2, level);
        }
    }

    /** Cannot be made. */
    public static final class Unmakeable implements CompressorProvider {
        public Unmakeable() {
            throw new IllegalStateException("no licence");
        }

        @Override
        public String name() {
            return "zlib";
        }

        @Override
        public Availability availability() {
            return Availability.yes();
        }

        @Override
        public Compressor create(int level) {
            throw new AssertionError("never made");
        }
    }

    private static CompressorProvider yes(String name, int id) {
        return new Fake(name, id, Availability.yes());
    }

    private List<String> chosen(List<MongoCompressor> wanted, CompressorProvider... providers) {
        return Compressors.choose(wanted, List.of(providers), warnings::add).stream()
                .map(Compressor::name)
                .toList();
    }

    private static MongoCompressor named(String name) {
        return new MongoCompressor(name, -1);
    }

    @Test
    void theOrderIsThatOfTheSettingsAndNothingComesTwice() {
        assertThat(chosen(
                        List.of(named("c"), named("a"), named("c"), named("b")),
                        yes("a", 1),
                        yes("b", 2),
                        yes("c", 3),
                        yes("d", 4)))
                .containsExactly("c", "a", "b");
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatNobodyMakesIsLeftOutWithAWarning() {
        assertThat(chosen(List.of(named("snoopy"), named("a")), yes("a", 1))).containsExactly("a");
        assertThat(warnings).containsExactly("Unsupported compressor: 'snoopy'; it is not used");
    }

    @Test
    void whatCannotWorkHereIsLeftOutWithTheReason() {
        assertThat(chosen(List.of(named("a")), new Fake("a", 1, NO))).isEmpty();
        assertThat(warnings).containsExactly("The compressor 'a' is not used: the moon is not full");
    }

    @Test
    void ofTwoOfTheSameNameTheFirstThatWorksIsUsed() {
        List<Compressor> made = Compressors.choose(
                List.of(named("a")), List.of(new Fake("a", 1, NO), yes("a", 7), yes("a", 8)), warnings::add);
        assertThat(made).singleElement().extracting(Compressor::id).isEqualTo(7);
        assertThat(warnings).isEmpty();
    }

    @Test
    void compressorsThatCannotBeToldApartInAMessageAreLeftOut() {
        assertThat(chosen(
                        List.of(named("a"), named("b"), named("c"), named("d")),
                        yes("a", 1),
                        yes("b", 1),
                        yes("c", 0),
                        yes("d", 256)))
                .containsExactly("a");
        assertThat(warnings).hasSize(3);
        assertThat(warnings.get(0)).contains("'b' is not used").contains("that of 'a'");
        assertThat(warnings.get(1)).contains("'c' is not used").contains("id 0");
        assertThat(warnings.get(2)).contains("'d' is not used").contains("id 256");
    }

    @Test
    void oneThatCallsItselfOtherwiseIsLeftOutAndClosed() {
        Named other = new Named("other", 1, -1);
        CompressorProvider lying = new CompressorProvider() {
            @Override
            public String name() {
                return "a";
            }

            @Override
            public Availability availability() {
                return Availability.yes();
            }

            @Override
            public Compressor create(int level) {
                return other;
            }
        };
        assertThat(chosen(List.of(named("a")), lying)).isEmpty();
        assertThat(other.closed).isTrue();
        assertThat(warnings).singleElement().asString().contains("calls itself 'other'");
    }

    @Test
    void oneThatThrowsIsLeftOutAndTheClientIsMadeAllTheSame() {
        CompressorProvider throwing = new CompressorProvider() {
            @Override
            public String name() {
                return "a";
            }

            @Override
            public Availability availability() {
                throw new UnsatisfiedLinkError("no native code");
            }

            @Override
            public Compressor create(int level) {
                throw new AssertionError("never made");
            }
        };
        assertThat(chosen(List.of(named("a")), throwing)).isEmpty();
        assertThat(warnings).singleElement().asString().contains("no native code");
    }

    @Test
    void theLevelIsPassedOn() {
        List<Compressor> made =
                Compressors.choose(List.of(MongoCompressor.ZLIB.withLevel(7)), List.of(yes("zlib", 2)), warnings::add);
        assertThat(((Named) made.get(0)).level).isEqualTo(7);
    }

    @Test
    void theDriverBringsThreeAndTheyWorkWhereTheirLibrariesAre() {
        List<Compressor> made = Compressors.open(
                List.of(MongoCompressor.ZSTD, MongoCompressor.SNAPPY, MongoCompressor.ZLIB.withLevel(1)));
        assertThat(made).extracting(Compressor::name).containsExactly("zstd", "snappy", "zlib");
        assertThat(made).extracting(Compressor::id).containsExactly(3, 1, 2);
        Compressors.close(made);
    }

    @Test
    void aServiceTakesThePlaceOfTheDriversOwn(@TempDir Path services) throws IOException {
        inLoaderWith(services, Found.class, () -> {
            assertThat(Compressors.open(List.of(MongoCompressor.ZLIB.withLevel(3))))
                    .singleElement()
                    .isInstanceOf(Named.class);
        });
        assertThat(Compressors.open(List.of(MongoCompressor.ZLIB)))
                .singleElement()
                .isInstanceOf(ZlibCompressor.class);
    }

    @Test
    void aServiceThatCannotBeMadeIsAWarning(@TempDir Path services) throws IOException {
        inLoaderWith(services, Unmakeable.class, () -> {
            assertThat(Compressors.find(warnings::add)).isEmpty();
            assertThat(Compressors.open(List.of(MongoCompressor.ZLIB)))
                    .singleElement()
                    .isInstanceOf(ZlibCompressor.class);
        });
        assertThat(warnings).singleElement().asString().contains(Unmakeable.class.getName());
    }

    @Test
    void oneThatCannotBeClosedHarmsNobody() {
        Named after = new Named("b", 2, -1);
        Named broken = new Named("a", 1, -1) {
            @Override
            public void close() {
                throw new IllegalStateException("stuck");
            }
        };
        assertThatCode(() -> Compressors.close(List.of(broken, after))).doesNotThrowAnyException();
        assertThat(after.closed).isTrue();
    }

    private static void inLoaderWith(Path services, Class<?> provider, Runnable body) throws IOException {
        ServiceFolder.at(services)
                .with(CompressorProvider.class, provider.getName())
                .asContext(() -> {
                    body.run();
                    return provider;
                });
    }
}
