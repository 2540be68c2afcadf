package dev.rotor.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole quickstart, in process, against servers in process. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class QuickstartTest {
    private final Printed printed = new Printed();

    private int run(Hooks hooks, String... arguments) {
        return Quickstart.run(List.of(arguments), printed.screen(false, false), System::nanoTime, hooks);
    }

    private int run(String... arguments) {
        return run(Hooks.NONE, arguments);
    }

    @Test
    void quietPrintsASummaryOfThreeLinesAndSucceeds() throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        assertThat(run("--limit", "2000", "--quiet")).as(printed.err()).isEqualTo(Quickstart.OK);

        assertThat(printed.out().lines()).hasSize(3);
        assertThat(printed.out())
                .startsWith("2,000 class files catalogued in ")
                .contains("\n2,000 inserted - 0 deleted = 2,000 documents, ")
                .contains("\nOK: ");
        assertThat(printed.err()).isEmpty();
        assertThat(threadsThatStay(before)).isEmpty();
    }

    @Test
    void withoutQuietEachChapterPrintsWhatItFound() {
        // Enough for a second module, so that there is a descriptor to delete and more than one module to compare.
        assertThat(run("--limit", "7000")).as(printed.err()).isEqualTo(Quickstart.OK);

        assertThat(printed.out())
                .contains("transport  nio")
                .contains("100 %  7,000 of 7,000")
                .contains("name_1_module_1")
                .contains("java.io.Serializable")
                .contains("annotation", "enum", "interface")
                .contains("java.lang.Object\n")
                .contains("MongoWriteException:\n    duplicate key: ")
                .contains("7,000 matched, 7,000 modified, ")
                .contains("\n  OK: ");
        assertThat(printed.out()).doesNotContain("\r").doesNotContain("\u001b").doesNotContain("null");
        assertThat(printed.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Screen.WIDTH));
        assertThat(printed.err()).isEmpty();
    }

    @Test
    void aServerKilledInTheMiddleGivesOneErrorThatNamesItAndLeavesNoThread() throws InterruptedException {
        try (EmbeddedServer server = EmbeddedServer.start()) {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            String address = server.connectionString().hosts().get(0).toString();
            Hooks kill = new Hooks() {
                @Override
                public void batchSent(long sent) {
                    if (sent == 3L * Catalogue.BATCH) {
                        server.stop();
                    }
                }
            };

            int status =
                    run(kill, "--limit", "6000", "--uri", "mongodb://" + address + "/?serverSelectionTimeoutMS=10000");

            assertThat(status).isEqualTo(Quickstart.FAILED);
            assertThat(printed.err())
                    .startsWith("quickstart: ")
                    .containsOnlyOnce("quickstart: ")
                    .contains(address);
            // How the end of a connection shows depends on what was being sent or awaited.
            assertThat(printed.err().replaceAll("\\s+", " "))
                    .containsPattern("(?i)closed|reset|refused|broken pipe|ended the connection");
            assertThat(printed.err().lines().count()).isLessThanOrEqualTo(8);
            assertThat(printed.err()).doesNotContain("\tat ");
            assertThat(printed.out()).doesNotContain("OK");
            assertThat(threadsThatStay(before)).isEmpty();
        }
    }

    @Test
    void noServerAtTheUriSaysWhatWasTriedAndWhyItFailed() throws Exception {
        int port = closedPort();
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        int status = run("--uri", "mongodb://127.0.0.1:" + port + "/?serverSelectionTimeoutMS=5000");

        assertThat(status).isEqualTo(Quickstart.FAILED);
        assertThat(printed.err())
                .startsWith("quickstart: Could not connect to 127.0.0.1:" + port)
                .containsIgnoringCase("connection refused")
                .contains("serverSelectionTimeoutMS");
        assertThat(threadsThatStay(before)).isEmpty();
    }

    @Test
    void anUnknownOptionShowsTheUsage() {
        assertThat(run("--frob")).isEqualTo(Quickstart.USAGE);
        assertThat(printed.err()).isEqualTo("quickstart: unknown option --frob\n  " + Options.SYNOPSIS + "\n");
        assertThat(printed.out()).isEmpty();
    }

    @Test
    void anUnknownTransportIsAMistakeOfUsageThatNamesTheOnesThatAreThere() {
        assertThat(run("--transport", "pigeon")).isEqualTo(Quickstart.USAGE);
        assertThat(printed.err()).contains("\"pigeon\"").contains("nio");
    }

    @Test
    void helpGoesToStandardOutputAndSucceeds() {
        assertThat(run("--help")).isEqualTo(Quickstart.OK);
        assertThat(printed.out()).isEqualTo(Options.HELP);
        assertThat(printed.err()).isEmpty();
    }

    @Test
    void aCountThatDoesNotAgreeFailsAndSaysWhich() {
        Hooks oneTooMany = new Hooks() {
            @Override
            public ImageCount expected(ImageCount counted) {
                return new ImageCount(
                        counted.classFiles() + 1, counted.moduleDescriptors(), counted.internal(), counted.modules());
            }
        };

        assertThat(run(oneTooMany, "--limit", "600", "--quiet")).isEqualTo(Quickstart.FAILED);
        assertThat(printed.err())
                .contains("do not agree")
                .contains("documents inserted: 600 in the database, 601 in the image");
        assertThat(printed.out()).isEmpty();
    }

    @Test
    void aSecondRunReplacesTheCatalogueOfTheFirst() {
        try (EmbeddedServer server = EmbeddedServer.start()) {
            String uri = server.connectionString().toString();
            assertThat(run("--limit", "900", "--quiet", "--uri", uri)).isEqualTo(Quickstart.OK);
            assertThat(run("--limit", "600", "--quiet", "--uri", uri))
                    .as(printed.err())
                    .isEqualTo(Quickstart.OK);
        }
    }

    @Test
    void dataOfSomebodyElseAreLeftAloneAndTheRunIsRefused() {
        try (EmbeddedServer server = EmbeddedServer.start();
                MongoClient client = MongoClient.create(server.connectionString())) {
            var accounts = client.getDatabase("rotor_quickstart").getCollection("accounts");
            accounts.insertOne(new Document("_id", 1)).toCompletableFuture().join();
            String uri = server.connectionString().toString();

            assertThat(run("--limit", "600", "--uri", uri)).isEqualTo(Quickstart.FAILED);
            assertThat(printed.err())
                    .contains("\"rotor_quickstart\" is not the quickstart's")
                    .contains("\"accounts\"")
                    .contains("Nothing was changed");
            assertThat(accounts.countDocuments().toCompletableFuture().join()).isEqualTo(1);
            assertThat(client.getDatabase("rotor_quickstart")
                            .listCollectionNames()
                            .toCompletableFuture()
                            .join())
                    .containsExactly("accounts");

            String elsewhere = uri.replace("/?", "/elsewhere?");
            assertThat(run("--limit", "600", "--quiet", "--uri", elsewhere)).isEqualTo(Quickstart.OK);
        }
    }

    @Test
    void collectionsThatOnlyLookLikeTheQuickstartsAreLeftAloneToo() {
        try (EmbeddedServer server = EmbeddedServer.start();
                MongoClient client = MongoClient.create(server.connectionString())) {
            var classes = client.getDatabase("school").getCollection(Workspace.CLASSES);
            classes.insertOne(new Document("_id", "mathematics"))
                    .toCompletableFuture()
                    .join();
            String uri = server.connectionString().toString().replace("/?", "/school?");

            assertThat(run("--limit", "600", "--uri", uri)).isEqualTo(Quickstart.FAILED);
            assertThat(printed.err()).contains("it has not the quickstart's marker");
            assertThat(classes.countDocuments().toCompletableFuture().join()).isEqualTo(1);
        }
    }

    /** Threads that a run started and that neither end soon nor let the process end. */
    private static List<String> threadsThatStay(Set<Thread> before) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        List<String> staying = new ArrayList<>();
        Thread[] all = new Thread[Thread.activeCount() + 64];
        int count = Thread.enumerate(all);
        for (Thread thread : Arrays.asList(all).subList(0, count)) {
            if (before.contains(thread)
                    || (thread.isDaemon() && !thread.getName().contains("rotor"))) {
                continue;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            thread.join(Math.max(1, left));
            if (thread.isAlive()) {
                staying.add(thread.getName());
            }
        }
        return staying;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
