package dev.rotor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.examples.bank.BankExample;
import dev.rotor.examples.bulk.BulkWrites;
import dev.rotor.examples.live.LivePage;
import dev.rotor.examples.pictures.Pictures;
import dev.rotor.examples.tailable.TailableCursor;
import dev.rotor.examples.tutorial.Tutorial;
import dev.rotor.testserver.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each example as its command line runs it, on the server that it brings. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ExamplesTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Example example, String... arguments) {
        return Examples.run(
                arguments,
                example,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private List<String> told() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theTutorialTellsWhatEachStepDid() {
        assertThat(run(Tutorial.example())).as(errors()).isEqualTo(Examples.OK);

        assertThat(told())
                .containsExactly(
                        "inserted one, which was given an id: true",
                        "inserted 2000 more",
                        "found Document{{_id=1, i=1}}",
                        "the first thousand numbers add up to 499500",
                        "the second and third from the end: [Document{{i=1998}}, Document{{i=1997}}]",
                        "there are 2001 documents",
                        "999 of them have an i beyond 1000",
                        "replaced 1",
                        "which is now Document{{_id=50, key=value}}",
                        "updated 1",
                        "which is now Document{{_id=51, i=52, key=value}}",
                        "and marked 1899 as large",
                        "deleted 999",
                        "1002 are left",
                        "the command distinct says [true]");
    }

    @Test
    void bulkWritesTellWhichWritesWereRefusedAndWhatWasDone() {
        assertThat(run(BulkWrites.example())).as(errors()).isEqualTo(Examples.OK);

        assertThat(told())
                .containsExactly(
                        "inserted 10000 documents",
                        "mixed: inserted 1, matched 5, modified 5, deleted 9997, upserted 1",
                        "ordered: inserted 0, matched 1, modified 1, deleted 0, upserted 0, then",
                        "  write 1 was refused, its key is there already (code 11000)",
                        "unordered: inserted 0, matched 3, modified 3, deleted 0, upserted 0, then",
                        "  write 1 was refused, its key is there already (code 11000)",
                        "  write 3 was refused, its key is there already (code 11000)");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theBanksTotalSurvivesConcurrentTransfersAndFaults(long seed) {
        assertThat(run(BankExample.example(seed))).as(errors()).isEqualTo(Examples.OK);

        assertThat(told())
                .startsWith("10 accounts with 1000 in all", "the server fails now and then")
                .last()
                .asString()
                .startsWith("in all there are 1000, ");
    }

    @Test
    void theTailableCursorSeesEveryLineInOrder() {
        assertThat(run(TailableCursor.example())).as(errors()).isEqualTo(Examples.OK);

        assertThat(told())
                .isEqualTo(IntStream.rangeClosed(1, 20)
                        .mapToObj(i -> i + "  " + (i == 20 ? "the end" : "line " + i))
                        .toList());
    }

    @Test
    void aServerThatIsNotThereGivesOneLineThatNamesIt() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        String nobody = "mongodb://127.0.0.1:" + port + "/?serverSelectionTimeoutMS=300";
        assertThat(run(Tutorial.example(), nobody)).isEqualTo(Examples.FAILED);

        assertThat(errors()).contains("127.0.0.1:" + port).contains("Is a server running there?");
        assertThat(told()).isEmpty();
    }

    @Test
    void aServerThatIsNoReplicaSetIsToldOfWhereOneIsNeeded() {
        try (TestServer standalone = TestServer.standalone().start()) {
            assertThat(run(BankExample.example(1), standalone.connectionString()))
                    .isEqualTo(Examples.FAILED);
            assertThat(errors())
                    .contains("Transactions need a replica set")
                    .contains("This example needs a replica set");

            for (Example page : List.of(LivePage.example(), Pictures.example())) {
                err.reset();
                assertThat(run(page, standalone.connectionString())).isEqualTo(Examples.FAILED);
                assertThat(errors()).contains("$changeStream").contains("This example needs a replica set");
            }
        }
        assertThat(told()).isEmpty();
    }

    @Test
    void whatIsNoConnectionStringIsToldSo() {
        assertThat(run(Tutorial.example(), "localhost")).isEqualTo(Examples.USAGE);

        assertThat(errors()).contains("mongodb://localhost:27017");
    }
}
