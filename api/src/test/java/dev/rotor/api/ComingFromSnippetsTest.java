package dev.rotor.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.testserver.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Java code of the pages for those who come from another driver is compiled, and does what it says. */
class ComingFromSnippetsTest {

    private static final Pattern IN_PAGE =
            Pattern.compile("```java\\n(.*?)```\\n<!-- snippet: ([\\w-]+) -->", Pattern.DOTALL);
    private static final Pattern IN_SOURCE =
            Pattern.compile("^ *// snippet: ([\\w-]+)\\n(.*?)^ *// end$", Pattern.DOTALL | Pattern.MULTILINE);

    private final List<String> printed = new CopyOnWriteArrayList<>();
    private final ComingFromSnippets snippets = new ComingFromSnippets(printed::add);
    private final TestServer server = TestServer.replicaSet(1).start();
    private final MongoClient client = MongoClient.create(server.connectionString());

    @BeforeEach
    void insert() throws Exception {
        await(client.getDatabase("app")
                .getCollection("people")
                .insertMany(List.of(
                        new Document("name", "Emmy").append("born", 1882),
                        new Document("name", "Grace").append("born", 1906))));
        await(accounts()
                .insertMany(List.of(
                        new Document("_id", "Ada").append("balance", 300),
                        new Document("_id", "Bob").append("balance", 0))));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void everyBlockOfJavaIsCodeThatIsCompiled() {
        Map<String, String> shown = new TreeMap<>();
        List<String> blocks = new ArrayList<>();
        for (String page : List.of("docs/coming-from-motor.md", "docs/coming-from-the-official-driver.md")) {
            String text = Published.text(Published.ROOT.resolve(page));
            find(IN_PAGE, text).forEach((code, name) -> shown.put(name, code));
            Pattern.compile("```java").matcher(text).results().forEach(block -> blocks.add(page));
        }
        Map<String, String> written = new TreeMap<>();
        find(
                        IN_SOURCE,
                        Published.text(
                                Published.ROOT.resolve("api/src/test/java/dev/rotor/api/ComingFromSnippets.java")))
                .forEach((name, code) -> written.put(name, code.stripTrailing().stripIndent() + "\n"));
        assertThat(shown).isEqualTo(written).hasSize(blocks.size()).isNotEmpty();
    }

    @Test
    void insertsAndGoesThroughWhatItFinds() throws Exception {
        await(snippets.motor(client));

        assertThat(printed).containsExactly("Emmy", "Ada");
    }

    @Test
    void movesMoneyInATransaction() throws Exception {
        await(snippets.official(client));

        assertThat(await(accounts().find().toList()))
                .extracting(account -> account.getInteger("balance"))
                .containsExactly(200, 100);
    }

    private MongoCollection<Document> accounts() {
        return client.getDatabase("bank").getCollection("accounts");
    }

    private static Map<String, String> find(Pattern pattern, String text) {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2));
        }
        return found;
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
