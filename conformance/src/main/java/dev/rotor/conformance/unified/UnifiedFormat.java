package dev.rotor.conformance.unified;

import dev.rotor.conformance.CaseGroup;
import dev.rotor.conformance.CaseSkippedException;
import dev.rotor.conformance.ConformanceCase;
import dev.rotor.conformance.Format;
import dev.rotor.conformance.Options;
import dev.rotor.conformance.SpecificationFiles;
import dev.rotor.conformance.unified.deployment.Profile;
import dev.rotor.conformance.unified.deployment.Profiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.json.JsonParseException;

/**
 * The unified test format: all files that have a {@code schemaVersion}, on all profiles that their cases can run on.
 */
public final class UnifiedFormat implements Format {

    private static final String FOLDER = "unified-test-format";
    private static final String INVALID = FOLDER + "/tests/invalid/";
    private static final String VALID_FAIL = FOLDER + "/tests/valid-fail/";

    @Override
    public String name() {
        return "unified test format";
    }

    @Override
    public List<CaseGroup> groups(Options options) {
        SchemaChecks schemas = new SchemaChecks(options.specifications().resolve(FOLDER));
        Profiles profiles = Profiles.of(options);
        Map<Profile, ProfileRun> runs = new LinkedHashMap<>();
        Map<Profile, List<ConformanceCase>> cases = new LinkedHashMap<>();
        for (Profile profile : profiles.all()) {
            runs.put(profile, new ProfileRun(profile));
            cases.put(profile, new ArrayList<>());
        }
        List<ConformanceCase> serverless = new ArrayList<>();
        for (Path path : SpecificationFiles.jsonBelow(options.specifications())) {
            String name = SpecificationFiles.name(options, path);
            if (name.startsWith(INVALID)) {
                serverless.add(invalid(name, SpecificationFiles.text(path), schemas));
            } else {
                read(name, SpecificationFiles.text(path), schemas)
                        .ifPresent(file -> plan(file, profiles, runs, cases, serverless));
            }
        }
        List<CaseGroup> groups = new ArrayList<>();
        groups.add(CaseGroup.of("unified test format, without a server", serverless));
        cases.forEach((profile, those) ->
                groups.add(new CaseGroup("unified test format on " + profile.name(), those, () -> runs.get(profile)
                        .stop())));
        return groups;
    }

    /** A file that must not comply with the schema. */
    private static ConformanceCase invalid(String name, String text, SchemaChecks schemas) {
        return ConformanceCase.pure(name, "does not comply with the schema", () -> {
            if (schemas.violationOfNewest(text).isEmpty()) {
                throw new AssertionError("the schema does not refuse the file");
            }
        });
    }

    private static Optional<UnifiedFile> read(String name, String text, SchemaChecks schemas) {
        if (!text.contains("\"schemaVersion\"")) {
            return Optional.empty();
        }
        BsonDocument content;
        try {
            content = BsonDocument.parse(text);
        } catch (JsonParseException malformed) {
            return Optional.empty();
        }
        if (!content.isString("schemaVersion") || !content.isArray("tests")) {
            return Optional.empty();
        }
        String version = content.getString("schemaVersion").getValue();
        return Optional.of(new UnifiedFile(name, content, schemas.problem(version, text)));
    }

    private static void plan(
            UnifiedFile file,
            Profiles profiles,
            Map<Profile, ProfileRun> runs,
            Map<Profile, List<ConformanceCase>> cases,
            List<ConformanceCase> serverless) {
        for (BsonDocument test : file.tests()) {
            String description = UnifiedFile.descriptionOf(test);
            boolean mustFail = file.name().startsWith(VALID_FAIL);
            if (file.problem().isPresent()) {
                serverless.add(ConformanceCase.pure(
                        file.name(), description, () -> unusable(file.problem().get(), mustFail)));
                continue;
            }
            List<String> reasons = new ArrayList<>();
            Optional<String> never = skippedEverywhere(test);
            never.ifPresent(reasons::add);
            List<Profile> able = never.isPresent() ? List.of() : profiles.ableToRun(file.requirements(), test, reasons);
            for (Profile profile : able) {
                ProfileRun run = runs.get(profile);
                cases.get(profile)
                        .add(ConformanceCase.on(
                                profile.name(),
                                file.name(),
                                description,
                                mustFail
                                        ? () -> mustFail(() -> run.run(file.content(), test))
                                        : () -> run.run(file.content(), test)));
            }
            if (able.isEmpty()) {
                String reason = String.join("; or ", reasons.stream().distinct().toList());
                serverless.add(ConformanceCase.pure(file.name(), description, () -> {
                    throw new CaseSkippedException(reason);
                }));
            }
        }
    }

    /** Why a case runs nowhere, whatever the deployment. */
    private static Optional<String> skippedEverywhere(BsonDocument test) {
        if (test.containsKey("skipReason")) {
            return Optional.of(test.getString("skipReason").getValue());
        }
        return test.containsKey("expectTracingMessages") ? Optional.of("the driver has no tracing") : Optional.empty();
    }

    private static void unusable(String problem, boolean mustFail) {
        if (!mustFail) {
            throw new AssertionError(problem);
        }
    }

    /** The runner tests itself with cases that it must find at fault. */
    private static void mustFail(ConformanceCase.Body body) throws Exception {
        try {
            body.run();
        } catch (CaseSkippedException skipped) {
            throw skipped;
        } catch (Exception | AssertionError expected) {
            return;
        }
        throw new AssertionError("passes although it must fail");
    }
}
