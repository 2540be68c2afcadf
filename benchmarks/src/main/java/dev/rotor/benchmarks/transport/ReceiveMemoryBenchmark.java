package dev.rotor.benchmarks.transport;

import dev.rotor.benchmarks.People;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDateTime;
import org.bson.ByteBufNIO;
import org.bson.Document;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.bson.io.ByteBufferBsonInput;
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
 * Where a received message had best lie when it is decoded. The operating system has put it into direct memory in every
 * case; the question is whether to decode it there, or to copy it to the heap first.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReceiveMemoryBenchmark {

    /** How many documents of ten fields the message holds: one is about 200 bytes, 5,000 about 1 MiB. */
    @Param({"1", "5000"})
    public int documents = 1;

    private final DocumentCodec codec = new DocumentCodec();
    private final DecoderContext context = DecoderContext.builder().build();
    private ByteBuffer direct = ByteBuffer.allocate(0);
    private byte[] heap = {};

    /** JMH creates the state. */
    public ReceiveMemoryBenchmark() {}

    /** Encodes the message once, into both kinds of memory. */
    @Setup(Level.Trial)
    public void encode() {
        BsonDateTime seen = new BsonDateTime(People.SEEN.toEpochMilli());
        List<Document> batch = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            batch.add(People.ada(i, seen));
        }
        BasicOutputBuffer out = new BasicOutputBuffer();
        try (BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            codec.encode(
                    writer,
                    new Document("batch", batch),
                    EncoderContext.builder().build());
        }
        heap = out.toByteArray();
        direct = ByteBuffer.allocateDirect(heap.length).put(heap).flip();
    }

    /** Copied into an array made for it, and decoded from there: what the transport does. */
    @Benchmark
    public Document copiedToAnExactArray(ProcessorTime time) {
        byte[] frame = new byte[heap.length];
        direct.get(0, frame);
        return decode(ByteBuffer.wrap(frame));
    }

    /** Copied into an array that is used again and again: what a pooled frame would save. */
    @Benchmark
    public Document copiedToAReusedArray(ProcessorTime time) {
        direct.get(0, heap);
        return decode(ByteBuffer.wrap(heap));
    }

    /** Decoded where it is: no copy, but no array either. */
    @Benchmark
    public Document decodedInDirectMemory(ProcessorTime time) {
        return decode(direct.duplicate());
    }

    private Document decode(ByteBuffer bytes) {
        ByteBufferBsonInput in = new ByteBufferBsonInput(new ByteBufNIO(bytes.order(ByteOrder.LITTLE_ENDIAN)));
        try (BsonBinaryReader reader = new BsonBinaryReader(in)) {
            return codec.decode(reader, context);
        }
    }
}
