package dev.rotor.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * Makes tests of the JSON files of the driver specifications: whatever lies below a folder and has the shape that a
 * runner understands, so that files nobody has seen yet are run as well.
 */
public final class SpecificationCases {

    private SpecificationCases() {}

    /** One case of a file. */
    public record Case(String description, Executable body) {}

    /** Files of one case each. */
    public static List<DynamicNode> files(String folder, Predicate<BsonDocument> shape, Consumer<BsonDocument> test) {
        return collect(folder, shape, (name, document) -> {
            // Files of one case may describe it at length; their names tell them apart.
            return DynamicTest.dynamicTest(name, () -> test.accept(document));
        });
    }

    /** Files with an array of cases that are told apart by their descriptions. */
    public static List<DynamicNode> tests(String folder, Predicate<BsonDocument> shape, Consumer<BsonDocument> test) {
        return cases(folder, shape, document -> {
            List<Case> cases = new ArrayList<>();
            for (BsonValue value : document.getArray("tests")) {
                BsonDocument one = value.asDocument();
                cases.add(new Case(one.getString("description").getValue(), () -> test.accept(one)));
            }
            return cases;
        });
    }

    /** Files of many cases. */
    public static List<DynamicNode> cases(
            String folder, Predicate<BsonDocument> shape, Function<BsonDocument, List<Case>> cases) {
        return collect(folder, shape, (name, document) -> {
            List<DynamicTest> tests = new ArrayList<>();
            for (Case one : cases.apply(document)) {
                tests.add(DynamicTest.dynamicTest(one.description(), one.body()));
            }
            return DynamicContainer.dynamicContainer(name, tests);
        });
    }

    private interface Maker {
        DynamicNode make(String name, BsonDocument document);
    }

    private static List<DynamicNode> collect(String folder, Predicate<BsonDocument> shape, Maker maker) {
        Path base = Path.of(System.getProperty("specifications.dir", ""), folder);
        if (!Files.isDirectory(base)) {
            // A test of its own, so that it is reported and counted as skipped; a factory that aborts would not be.
            return List.of(DynamicTest.dynamicTest(
                    folder,
                    () -> Assumptions.abort("the folder " + folder + " of the driver specifications is not there; set"
                            + " the system property specifications.dir to their source folder")));
        }
        List<DynamicNode> nodes = new ArrayList<>();
        for (Path file : below(base)) {
            BsonDocument document = read(file);
            if (shape.test(document)) {
                nodes.add(maker.make(base.relativize(file).toString(), document));
            }
        }
        if (nodes.isEmpty()) {
            throw new AssertionError("no file of the right shape below " + base);
        }
        return nodes;
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BsonDocument read(Path file) {
        try {
            return BsonDocument.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
