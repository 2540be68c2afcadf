package dev.rotor.examples.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.transport.TransportSettings;
import dev.rotor.testserver.TestServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the record says of a client that was told {@code transport=recording}. */
@Timeout(120)
class RecordingTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("traffic.log");
    }

    @BeforeEach
    void recordHere() {
        System.setProperty(Recording.FILE, file().toString());
    }

    @AfterEach
    void recordWhereItWas() {
        System.clearProperty(Recording.FILE);
    }

    @Test
    void everyMessageOfAClientIsInTheRecordAndNothingOfWhatItSays() throws IOException {
        try (TestServer server = TestServer.standalone().start();
                MongoClient client =
                        MongoClient.create(server.connectionString().replaceFirst("/?$", "/?transport=recording"))) {
            assertThat(client.transport().name()).isEqualTo("recording");
            client.getDatabase("shop")
                    .getCollection("books")
                    .insertOne(new Document("title", "a very secret title"))
                    .toCompletableFuture()
                    .join();
        }

        List<String> record = Files.readAllLines(file());
        assertThat(record).anyMatch(line -> line.contains("connects to"));
        assertThat(record).anyMatch(line -> line.contains("is connected with"));
        List<String> asked = numbers(record, "-> \\d+ bytes, message (-?\\d+)");
        List<String> answered = numbers(record, "<- \\d+ bytes, message -?\\d+ that answers (-?\\d+)");
        assertThat(asked).isNotEmpty();
        assertThat(answered).isNotEmpty().isSubsetOf(union(asked, numbers(record, "<- \\d+ bytes, message (-?\\d+)")));
        assertThat(String.join("\n", record)).doesNotContain("secret").doesNotContain("shop");
        // Closing the client has ended the record: every wire that was connected is closed in it.
        assertThat(record.stream().filter(line -> line.contains("is closed")).count())
                .isEqualTo(record.stream()
                        .filter(line -> line.contains("connects to"))
                        .count());
    }

    private static List<String> numbers(List<String> record, String pattern) {
        return Pattern.compile(pattern)
                .matcher(String.join("\n", record))
                .results()
                .map((MatchResult found) -> Objects.requireNonNull(found.group(1)))
                .toList();
    }

    private static List<String> union(List<String> one, List<String> other) {
        return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
    }

    @Test
    void aHeaderIsReadAcrossBuffersWhichStayAsTheyAre() {
        ByteBuffer message = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(40).putInt(17).putInt(4711).putInt(2013).clear();
        ByteBuffer first = message.slice(0, 6);
        ByteBuffer rest = message.slice(6, 34);

        assertThat(Recording.describe(first, rest)).isEqualTo("40 bytes, message 17 that answers 4711");
        assertThat(Recording.describe(first)).isEqualTo("6 bytes");
        assertThat(first.remaining() + rest.remaining()).isEqualTo(40);
    }

    @Test
    void aRecordThatCannotBeWrittenIsSaidBeforeAnythingIsConnected() {
        System.setProperty(
                Recording.FILE, folder.resolve("missing").resolve("x.log").toString());

        assertThatThrownBy(() -> new RecordingProvider().open(TransportSettings.DEFAULT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("missing")
                .hasMessageContaining(Recording.FILE);
    }
}
