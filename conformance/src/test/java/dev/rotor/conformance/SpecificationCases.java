package dev.rotor.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Makes cases of the JSON files of the driver specifications that need no server: of whatever lies below a folder and
 * has the shape that a format understands, so that files nobody has seen yet are run as well.
 */
public final class SpecificationCases {

    private SpecificationCases() {}

    /** One case of a file. */
    public record Case(String description, ConformanceCase.Body body) {}

    /** Files of one case each. */
    public static List<CaseGroup> files(
            Options options, String folder, Predicate<BsonDocument> shape, Consumer<BsonDocument> run) {
        return cases(
                options,
                folder,
                shape,
                file -> List.of(new Case(
                        file.getString("description", new BsonString("")).getValue(), () -> run.accept(file))));
    }

    /** Files with an array of cases that are told apart by their descriptions. */
    public static List<CaseGroup> tests(
            Options options, String folder, Predicate<BsonDocument> shape, Consumer<BsonDocument> run) {
        return cases(options, folder, shape, file -> {
            List<Case> cases = new ArrayList<>();
            for (BsonValue value : file.getArray("tests")) {
                BsonDocument one = value.asDocument();
                cases.add(new Case(one.getString("description").getValue(), () -> run.accept(one)));
            }
            return cases;
        });
    }

    /** Files of many cases. */
    public static List<CaseGroup> cases(
            Options options, String folder, Predicate<BsonDocument> shape, Function<BsonDocument, List<Case>> cases) {
        List<ConformanceCase> found = new ArrayList<>();
        for (Path path : SpecificationFiles.jsonBelow(options.specifications().resolve(folder))) {
            String name = SpecificationFiles.name(options, path);
            try {
                BsonDocument file = BsonDocument.parse(SpecificationFiles.text(path));
                if (shape.test(file)) {
                    for (Case one : cases.apply(file)) {
                        String description =
                                one.description().isEmpty() ? String.valueOf(path.getFileName()) : one.description();
                        found.add(ConformanceCase.pure(name, description, one.body()));
                    }
                }
            } catch (RuntimeException e) {
                found.add(ConformanceCase.pure(name, "is understood", () -> {
                    throw e;
                }));
            }
        }
        return found.isEmpty() ? List.of() : List.of(CaseGroup.of(folder, found));
    }
}
