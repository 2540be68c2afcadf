package dev.rotor.conformance.unified;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.conformance.CaseResult;
import dev.rotor.conformance.ConformanceRun;
import dev.rotor.conformance.Options;
import dev.rotor.conformance.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cases whose expectations are wrong on purpose, run on the test server: a runner that lets one pass is worth nothing.
 */
class DeliberatelyWrongTest {

    private static final String FILE =
            """
            {"description": "wrong", "schemaVersion": "1.13",
             "createEntities": [
               {"client": {"id": "client0", "observeEvents": ["commandStartedEvent"],
                           "observeLogMessages": {"command": "debug"}}},
               {"database": {"id": "database0", "client": "client0", "databaseName": "wrong"}},
               {"collection": {"id": "collection0", "database": "database0", "collectionName": "c"}}],
             "initialData": [{"databaseName": "wrong", "collectionName": "c", "documents": [{"_id": 1, "x": 11}]}],
             "tests": [{"description": "case", "operations": [%s] %s}]}
            """;
    private static final String FIND =
            "{'name': 'find', 'object': 'collection0', 'arguments': {'filter': {}}, 'expectResult': [{'_id': 1, 'x': 11}]}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    static Path folder;

    @BeforeAll
    static void schemas() throws IOException {
        Path schemas = Files.createDirectories(folder.resolve("unified-test-format"));
        Files.writeString(schemas.resolve("schema-1.13.json"), "{\"type\": \"object\", \"required\": [\"tests\"]}");
    }

    @Test
    void theSameCaseWithRightExpectationsPasses() throws Exception {
        CaseResult result = run(
                FIND,
                ", 'expectEvents': [{'client': 'client0', 'events': [{'commandStartedEvent': {'commandName': 'find'}}]}],"
                        + " 'outcome': [{'databaseName': 'wrong', 'collectionName': 'c',"
                        + " 'documents': [{'_id': 1, 'x': 11}]}]");

        assertThat(result.reason()).isNull();
        assertThat(result.status()).isEqualTo(Status.PASSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'find' | {'filter': {}} | 'expectResult': [{'_id': 2}] | expected 2",
                "'find' | {'filter': {}} | 'expectResult': [] | expected 0 elements",
                "'find' | {'filter': {}} | 'expectError': {'isError': true} | but it succeeded",
                "'find' | {'filter': {'$nonsense': 1}} | 'expectError': {'isClientError': true} | isClientError",
                "'find' | {'filter': {'$nonsense': 1}} | 'ignoreResultAndError': false | nonsense",
                "'find' | {'filter': {}, 'colour': 'red'} | 'expectError': {'isError': true} | colour",
                "'find' | {'filter': 1} | 'expectError': {'isError': true} | expected a document",
                "'seek' | {'filter': {}} | 'expectError': {'isError': true} | not supported by the runner",
                "'find' | {'filter': {}} | 'expectWonder': true | expectWonder",
                "'find' | {'filter': {}, 'session': 'session0'} | 'expectError': {'isError': true} | session0",
            })
    void aWrongOperationFails(String name, String arguments, String expectation, String why) throws Exception {
        CaseResult result = run(
                "{'name': " + name + ", 'object': 'collection0', 'arguments': " + arguments + ", " + expectation + "}",
                "");

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(Objects.requireNonNull(result.reason())).contains(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'expectEvents': [{'client': 'client0', 'events': []}] | expected 0 events",
                "'expectEvents': [{'client': 'client0', 'events': [{'commandStartedEvent': {'commandName': 'insert'}}]}]"
                        + " | insert",
                "'expectEvents': [{'client': 'nobody', 'events': []}] | nobody",
                "'expectEvents': [{'client': 'client0', 'eventType': 'cmap', 'events': [{'poolReadyEvent': {}}]}]"
                        + " | expected 1 events",
                "'outcome': [{'databaseName': 'wrong', 'collectionName': 'c', 'documents': []}] | outcome",
                "'outcome': [{'databaseName': 'wrong', 'collectionName': 'c', 'documents': [{'_id': 1}]}] | outcome",
                "'expectLogMessages': [{'client': 'client0', 'messages': []}] | expected 0 log messages",
            })
    void aWrongExpectationOfTheCaseFails(String expectation, String why) throws Exception {
        CaseResult result = run(FIND, ", " + expectation);

        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(Objects.requireNonNull(result.reason())).contains(why);
    }

    private static CaseResult run(String operation, String expectations) throws IOException {
        Path tests = Files.createDirectories(folder.resolve("wrong/tests"));
        Files.writeString(
                tests.resolve("wrong.json"),
                FILE.formatted(operation.replace('\'', '"'), expectations.replace('\'', '"')));
        Options options =
                new Options(folder, null, "single-8.2", null, null, false, "nio", folder.resolve("report"), null, 1);
        ConformanceRun run = new ConformanceRun(options, List.of(new UnifiedFormat()));
        run.start().join();
        List<CaseResult> results = run.report().results();
        assertThat(results).hasSize(1);
        return results.get(0);
    }
}
