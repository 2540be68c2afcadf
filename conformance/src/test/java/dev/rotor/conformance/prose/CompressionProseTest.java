package dev.rotor.conformance.prose;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.testserver.TestServer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The connection strings of the Wire Compression specification. What a server has decompressed is read from its
 * {@code serverStatus}, in place of its log.
 */
class CompressionProseTest {

    private TestServer server = TestServer.standalone()
            .parameter("networkMessageCompressors", "snappy")
            .start();

    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.rotor.driver.client");

    CompressionProseTest() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void close() {
        logger.detachAppender(appender);
        server.close();
    }

    private void serverKnows(String compressors) {
        server.close();
        server = TestServer.standalone()
                .parameter("networkMessageCompressors", compressors)
                .start();
    }

    /** Pings, then gives how many bytes the server has decompressed with each compressor. */
    private Document pingAndAsk(String compressors) throws Exception {
        String uri = "mongodb://" + server.addresses().get(0) + "/?compressors=" + compressors;
        try (MongoClient client = MongoClient.create(uri)) {
            MongoDatabase admin = client.getDatabase("admin");
            assertThat(await(admin, new Document("ping", 1))
                            .get("ok", Number.class)
                            .doubleValue())
                    .isEqualTo(1.0);
            return await(admin, new Document("serverStatus", 1))
                    .getEmbedded(List.of("network", "compression"), new Document());
        }
    }

    private static Document await(MongoDatabase database, Document command) throws Exception {
        return database.runCommand(command).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static long decompressed(Document counters, String compressor) {
        return counters.getEmbedded(List.of(compressor, "decompressor", "bytesIn"), 0L);
    }

    private List<String> warnings() {
        return appender.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void snappy() throws Exception {
        assertThat(decompressed(pingAndAsk("snappy"), "snappy")).isPositive();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void snoopy() throws Exception {
        assertThat(decompressed(pingAndAsk("snoopy"), "snappy")).isZero();
        assertThat(warnings())
                .containsExactly(
                        "Connection string: Option \"compressors\" names the unsupported compressor \"snoopy\","
                                + " which is ignored");
    }

    @Test
    void snappyBeforeZlib() throws Exception {
        assertThat(decompressed(pingAndAsk("snappy,zlib"), "snappy")).isPositive();
        serverKnows("zlib,snappy");
        Document counters = pingAndAsk("snappy,zlib");
        assertThat(decompressed(counters, "snappy")).isPositive();
        assertThat(decompressed(counters, "zlib")).isZero();
    }

    @Test
    void zlibBeforeSnappy() throws Exception {
        // A server that has only the second uses that; the specification's log lines are of one that has both.
        assertThat(decompressed(pingAndAsk("zlib,snappy"), "snappy")).isPositive();
        serverKnows("snappy,zlib");
        Document counters = pingAndAsk("zlib,snappy");
        assertThat(decompressed(counters, "zlib")).isPositive();
        assertThat(decompressed(counters, "snappy")).isZero();
    }
}
