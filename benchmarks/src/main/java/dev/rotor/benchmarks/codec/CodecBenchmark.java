package dev.rotor.benchmarks.codec;

import dev.rotor.benchmarks.People;
import dev.rotor.driver.codec.Codecs;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDateTime;
import org.bson.ByteBufNIO;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.bson.io.ByteBufferBsonInput;
import org.bson.types.ObjectId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Encoding and decoding one document of ten fields: as a record and as a {@code Document} by Rotor's codecs, and as a
 * {@code Document} by those of {@code bson}. The figure is what {@code -prof gc} tells, the bytes allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

    /** Which codec. */
    public enum Coded {
        /** A record, by Rotor's codec. */
        RECORD,
        /** A {@code Document}, by Rotor's codec. */
        DOCUMENT,
        /** A {@code Document}, by the codec of {@code bson}. */
        DOCUMENT_OF_BSON
    }

    /**
     * The same ten fields as a record.
     *
     * @param id stored as {@code _id}
     * @param name a string
     * @param email a string
     * @param city a string
     * @param age a number
     * @param visits a large number
     * @param score a fraction
     * @param active whether or not
     * @param seen a time
     * @param account an id
     */
    public record Person(
            int id,
            String name,
            String email,
            String city,
            int age,
            long visits,
            double score,
            boolean active,
            Instant seen,
            ObjectId account) {}

    /** Which codec. */
    @Param
    public Coded coded = Coded.RECORD;

    private final EncoderContext encoding = EncoderContext.builder().build();
    private final DecoderContext decoding = DecoderContext.builder().build();
    private final BasicOutputBuffer out = new BasicOutputBuffer(1024);

    @SuppressWarnings("NullAway.Init") // by prepare
    private Codec<Object> codec;

    private Object value = "";
    private byte[] bytes = {};

    /** JMH creates the state. */
    public CodecBenchmark() {}

    /** Looks for the codec and encodes what will be decoded. */
    @Setup(Level.Trial)
    @SuppressWarnings("unchecked") // The value came with its codec.
    public void prepare() {
        value = coded == Coded.RECORD ? person() : People.ada(1, new BsonDateTime(People.SEEN.toEpochMilli()));
        codec = (Codec<Object>)
                (coded == Coded.DOCUMENT_OF_BSON
                        ? new DocumentCodec()
                        : Codecs.defaults().get(value.getClass()));
        encode();
        bytes = out.toByteArray();
    }

    private static Person person() {
        return new Person(
                1,
                "Ada Lovelace",
                "ada@example.org",
                "London",
                36,
                1_815_121_000_000L,
                0.875,
                true,
                People.SEEN,
                new ObjectId("65f1a2b3c4d5e6f708192a3b"));
    }

    /** Into a buffer that is used again. */
    @Benchmark
    public int encode() {
        out.truncateToPosition(0);
        try (BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            codec.encode(writer, value, encoding);
        }
        return out.getPosition();
    }

    /** From an array. */
    @Benchmark
    public Object decode() {
        try (BsonBinaryReader reader =
                new BsonBinaryReader(new ByteBufferBsonInput(new ByteBufNIO(ByteBuffer.wrap(bytes))))) {
            return codec.decode(reader, decoding);
        }
    }
}
