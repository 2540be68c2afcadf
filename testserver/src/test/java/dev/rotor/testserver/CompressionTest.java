package dev.rotor.testserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.bson.BsonReader;
import dev.rotor.testserver.bson.BsonWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

/** OP_COMPRESSED, both ways. */
class CompressionTest {

    private static final int OP_COMPRESSED = 2012;
    private static final int OP_MSG = 2013;

    private static final Document PING = new Document("ping", 1).append("$db", "admin");

    private static byte[] body(Document command) {
        BsonWriter out = new BsonWriter();
        out.int32(0);
        out.int8(0);
        out.document(command);
        return out.toBytes();
    }

    private static byte[] compress(byte[] bytes, int compressor) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (compressor) {
            case 0 -> out.writeBytes(bytes);
            case 1 -> out.writeBytes(Snappy.compress(bytes));
            case 2 -> {
                try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
                    deflater.write(bytes);
                }
            }
            default -> out.writeBytes(Zstd.compress(bytes));
        }
        return out.toByteArray();
    }

    private static byte[] decompress(byte[] bytes, int compressor, int size) throws IOException {
        return switch (compressor) {
            case 0 -> bytes;
            case 1 -> Snappy.uncompress(bytes);
            case 2 -> new InflaterInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
            default -> Zstd.decompress(bytes, size);
        };
    }

    private static byte[] packed(int size, int compressor, byte[] content) {
        return ByteBuffer.allocate(9 + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(OP_MSG)
                .putInt(size)
                .put((byte) compressor)
                .put(content)
                .array();
    }

    /** Sends a command compressed; gives the answer, which has to be compressed in the same way. */
    private static Document ask(RawClient client, Document command, int compressor) throws IOException {
        byte[] plain = body(command);
        int id = client.sendMessage(OP_COMPRESSED, packed(plain.length, compressor, compress(plain, compressor)));
        ByteBuffer reply = ByteBuffer.wrap(client.receiveMessage()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(reply.getInt(8)).isEqualTo(id);
        assertThat(reply.getInt(12)).isEqualTo(OP_COMPRESSED);
        assertThat(reply.getInt(16)).isEqualTo(OP_MSG);
        assertThat(reply.get(24)).isEqualTo((byte) compressor);
        byte[] content = new byte[reply.capacity() - 25];
        reply.get(25, content);
        byte[] answer = decompress(content, compressor, reply.getInt(20));
        assertThat(answer).hasSize(reply.getInt(20));
        return new BsonReader(answer, 5, answer.length).readDocument();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aCompressedCommandIsAnsweredCompressed(int compressor) throws IOException {
        try (TestServer server = TestServer.standalone().start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            assertThat(ask(client, PING, compressor).get("ok")).isEqualTo(1.0);
        }
    }

    @Test
    void aPlainCommandIsAnsweredPlain() {
        try (TestServer server = TestServer.standalone().start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            client.admin(new Document("hello", 1).append("compression", List.of("zlib")));
            client.send(0, PING);
            assertThat(client.receive().opcode()).isEqualTo(OP_MSG);
        }
    }

    @Test
    void helloTellsWhatBothKnowInTheClientsOrder() {
        try (TestServer server = TestServer.standalone()
                        .parameter("networkMessageCompressors", "zstd,zlib")
                        .start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            Document hello = new Document("hello", 1);
            assertThat(client.admin(hello.clone().append("compression", List.of("zlib", "snappy", "zstd")))
                            .get("compression"))
                    .isEqualTo(List.of("zlib", "zstd"));
            assertThat(client.admin(hello.clone().append("compression", List.of("snappy"))))
                    .doesNotContainKey("compression");
            assertThat(client.admin(hello)).doesNotContainKey("compression");
        }
    }

    @Test
    void aCompressorThatIsNotEnabledEndsTheConnection() throws IOException {
        try (TestServer server = TestServer.standalone()
                        .parameter("networkMessageCompressors", "zlib")
                        .start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            assertThatThrownBy(() -> ask(client, PING, 3)).isInstanceOf(UncheckedIOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void contentThatIsNotWhatItSaysToBeEndsTheConnection(int compressor) throws IOException {
        byte[] plain = body(PING);
        byte[] content = compress(plain, compressor);
        for (int size : new int[] {-1, 0, plain.length - 1, plain.length + 1, Integer.MAX_VALUE}) {
            try (TestServer server = TestServer.standalone().start();
                    RawClient client = new RawClient(server.addresses().get(0))) {
                client.sendMessage(OP_COMPRESSED, packed(size, compressor, content));
                assertThat(client.isClosedByServer()).as("%s bytes", size).isTrue();
            }
        }
    }

    @Test
    void serverStatusCountsWhatWasCompressed() throws IOException {
        try (TestServer server = TestServer.standalone().start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            ask(client, PING, 2);
            Document status = client.admin(new Document("serverStatus", 1));
            assertThat(((Document) Documents.at(status, "network", "compression")).keySet())
                    .containsExactlyInAnyOrder("snappy", "zlib", "zstd");
            assertThat(Documents.at(status, "network", "compression", "zlib", "decompressor", "bytesOut"))
                    .isEqualTo((long) body(PING).length);
            assertThat(Documents.at(status, "network", "compression", "zstd", "decompressor", "bytesOut"))
                    .isEqualTo(0L);
        }
    }
}
