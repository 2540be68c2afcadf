package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.wire.Compression;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What was compressed and decompressed, as {@code serverStatus} tells under {@code network.compression}. */
final class CompressionCounters {

    private final Map<Compression, Bytes> compressed = new EnumMap<>(Compression.class);
    private final Map<Compression, Bytes> decompressed = new EnumMap<>(Compression.class);

    private record Bytes(AtomicLong in, AtomicLong out) {
        void add(int bytesIn, int bytesOut) {
            in.addAndGet(bytesIn);
            out.addAndGet(bytesOut);
        }

        Document show() {
            return new Document("bytesIn", in.get()).append("bytesOut", out.get());
        }
    }

    CompressionCounters() {
        for (Compression each : Compression.values()) {
            compressed.put(each, new Bytes(new AtomicLong(), new AtomicLong()));
            decompressed.put(each, new Bytes(new AtomicLong(), new AtomicLong()));
        }
    }

    void compressed(Compression how, int plain, int packed) {
        of(compressed, how).add(plain, packed);
    }

    void decompressed(Compression how, int packed, int plain) {
        of(decompressed, how).add(packed, plain);
    }

    Document show(Iterable<Compression> offered) {
        Document all = new Document();
        for (Compression each : offered) {
            all.put(
                    each.wireName(),
                    new Document("compressor", of(compressed, each).show())
                            .append("decompressor", of(decompressed, each).show()));
        }
        return all;
    }

    private static Bytes of(Map<Compression, Bytes> counted, Compression how) {
        Bytes bytes = counted.get(how);
        if (bytes == null) {
            throw new IllegalStateException("not counted: " + how);
        }
        return bytes;
    }
}
