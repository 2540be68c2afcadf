package dev.rotor.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonParseException;

/**
 * Runs the specifications' tests from the command line: prints what contradicts the list of known failures and a table
 * of counts, and writes the report. {@link Options} says what can be asked for. Exits with 1 where something
 * contradicts the list, with 2 where the specifications are not there or the transport cannot run.
 */
public final class Conformance {

    private Conformance() {}

    /** The entry point; takes no arguments but system properties. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(Options.fromSystem(), Path.of("known-failures.txt"), System.out));
    }

    static int run(Options options, Path knownFailures, PrintStream out) throws IOException {
        if (!options.specificationsArePresent()) {
            out.println("the specifications are not at " + options.specifications()
                    + ": set -Dspecifications.dir to the source folder of a checkout of mongodb/specifications");
            return 2;
        }
        Optional<String> unavailable = Transports.reasonAgainst(options.transport());
        if (unavailable.isPresent()) {
            out.println(unavailable.get());
            return 2;
        }
        KnownFailures known = KnownFailures.read(knownFailures);
        ConformanceRun run = new ConformanceRun(options, Formats.all());
        run.start().join();
        run.report().writeTo(options.output());
        List<CaseResult> results = run.report().results();
        List<String> contradictions = contradictions(options, known, results);
        if (options.page() != null) {
            writePage(options, options.page(), known, results);
        }
        contradictions.forEach(out::println);
        out.println(Summary.of(results).table());
        return contradictions.isEmpty() ? 0 : 1;
    }

    private static void writePage(Options options, Path file, KnownFailures known, List<CaseResult> results)
            throws IOException {
        String before = Files.exists(file) ? Files.readString(file) : "";
        TransportRows rows = TransportRows.of(before).with(options.transport(), results);
        String page = options.transport().equals(TransportRows.FULL)
                ? new Page(results, known, OfficialSkips.read(), descriptions(options)).text()
                : before;
        Files.writeString(file, rows.into(page));
    }

    /** What test files call themselves: an empty text where they do not say. */
    private static Function<String, String> descriptions(Options options) {
        return file -> {
            Path path = options.specifications().resolve(file);
            try {
                BsonValue description =
                        BsonDocument.parse(Files.readString(path)).get("description");
                return description instanceof BsonString text ? text.getValue() : "";
            } catch (IOException | JsonParseException notThere) {
                return "";
            }
        };
    }

    private static List<String> contradictions(Options options, KnownFailures known, List<CaseResult> results) {
        List<String> contradictions = new ArrayList<>();
        for (CaseResult result : results) {
            known.contradictionBy(result)
                    .ifPresent(text -> contradictions.add(
                            result.file() + ": " + result.description() + " [" + result.profile() + "] " + text));
        }
        if (options.isOfEverything()) {
            known.withoutCase(results)
                    .forEach(entry -> contradictions.add("known failure that no case answers to: " + entry));
        }
        return contradictions;
    }
}
