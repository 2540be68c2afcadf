package dev.rotor.examples.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.transport.TransportSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded of a client that was told {@code transport=recording}, and what another is answered from it. */
@Timeout(120)
class RecordingTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("traffic.txt");
    }

    @AfterEach
    void recordWhereItWas() {
        System.clearProperty(RecordingProvider.FILE);
    }

    @Test
    void whatWasFoundWithAServerIsFoundAgainWithoutOne() throws IOException {
        List<String> told = new ArrayList<>();

        Replay.run(file(), told::add);

        assertThat(told)
                .containsExactly(
                        "with the server: Document{{_id=1, title=Flatland}}",
                        "without any server: Document{{_id=1, title=Flatland}}");
        assertThat(Files.readAllLines(file()))
                .anyMatch(line -> line.startsWith("insert "))
                .anyMatch(line -> line.startsWith("find "));
    }

    @Test
    void aCommandThatWasNotRecordedIsSaidAndTheClientGoesOn() {
        List<String> told = new ArrayList<>();
        Replay.run(file(), told::add);

        try (MongoClient client = MongoClient.create("mongodb://127.0.0.1:1/?transport=replaying")) {
            var books = client.getDatabase("shop").getCollection("books");

            assertThatThrownBy(
                            () -> books.countDocuments().toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(MongoException.class)
                    .hasStackTraceContaining("has no answer to the command aggregate");
            assertThat(books.findOne(new Document()).toCompletableFuture().join())
                    .containsEntry("title", "Flatland");
        }
    }

    @Test
    void aRecordThatCannotBeUsedIsSaidWhenTheClientIsCreated() throws IOException {
        Path missing = folder.resolve("missing").resolve("x.txt");
        System.setProperty(RecordingProvider.FILE, missing.toString());
        assertThatThrownBy(() -> new RecordingProvider().open(TransportSettings.DEFAULT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot write the record " + missing);

        assertThatThrownBy(() -> MongoClient.create(
                        MongoClientSettings.builder().transport("replaying").build()))
                .hasStackTraceContaining("cannot replay the record " + missing);

        Files.writeString(file(), "neither command nor message");
        System.setProperty(RecordingProvider.FILE, file().toString());
        assertThatThrownBy(() -> new ReplayingProvider().open(TransportSettings.DEFAULT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot replay the record " + file());
    }

    private static ByteBuffer message(int kind, int flags, String command) {
        ByteBuffer message = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(60)
                .putInt(17)
                .putInt(4711)
                .putInt(kind)
                .putInt(flags)
                .put((byte) 0)
                .putInt(30)
                .put((byte) 2);
        return message.put(command.getBytes(StandardCharsets.UTF_8)).clear();
    }

    @Test
    void aCommandIsReadAcrossBuffersWhichStayAsTheyAre() {
        ByteBuffer message = message(2013, 0, "find");
        ByteBuffer first = message.slice(0, 6);
        ByteBuffer rest = message.slice(6, 54);

        byte[] start = Tape.start(first, rest);

        assertThat(Tape.command(start)).isEqualTo("find");
        assertThat(Tape.number(start)).isEqualTo(17);
        assertThat(Tape.answers(start)).isEqualTo(4711);
        assertThat(first.remaining() + rest.remaining()).isEqualTo(60);
    }

    @Test
    void whatIsNotAnsweredOnceIsNoCommandForTheRecord() {
        assertThat(Tape.command(Tape.start(message(2013, 1 << 1, "insert")))).isNull();
        assertThat(Tape.command(Tape.start(message(2013, 1 << 16, "hello")))).isNull();
        assertThat(Tape.command(Tape.start(message(2012, 0, "compressed")))).isNull();
        assertThat(Tape.command(Tape.start(ByteBuffer.allocate(3)))).isNull();
    }
}
