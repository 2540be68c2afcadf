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
import java.util.HashMap;
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
        Plan plan = new Plan(profiles);
        for (Path path : SpecificationFiles.jsonBelow(options.specifications())) {
            String name = SpecificationFiles.name(options, path);
            if (name.startsWith(INVALID)) {
                plan.serverless.add(invalid(name, SpecificationFiles.text(path), schemas));
            } else {
                read(name, SpecificationFiles.text(path), schemas).ifPresent(plan::add);
            }
        }
        return plan.groups();
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

    /** Which cases run where. */
    private static final class Plan {
        private final Profiles profiles;
        private final Map<Profile, OnProfile> byProfile = new HashMap<>();
        private final List<ConformanceCase> serverless = new ArrayList<>();

        private record OnProfile(ProfileRun run, List<ConformanceCase> cases) {}

        Plan(Profiles profiles) {
            this.profiles = profiles;
        }

        void add(UnifiedFile file) {
            boolean mustFail = file.name().startsWith(VALID_FAIL);
            for (BsonDocument test : file.tests()) {
                String description = UnifiedFile.descriptionOf(test);
                if (file.problem().isPresent()) {
                    String problem = file.problem().get();
                    serverless.add(ConformanceCase.pure(file.name(), description, () -> unusable(problem, mustFail)));
                } else {
                    add(file, test, description, mustFail);
                }
            }
        }

        private void add(UnifiedFile file, BsonDocument test, String description, boolean mustFail) {
            List<String> reasons = new ArrayList<>();
            Optional<String> never = skippedEverywhere(test);
            never.ifPresent(reasons::add);
            List<Profile> able = never.isPresent() ? List.of() : profiles.ableToRun(file.requirements(), test, reasons);
            for (Profile profile : able) {
                OnProfile there = byProfile.computeIfAbsent(
                        profile, each -> new OnProfile(new ProfileRun(each), new ArrayList<>()));
                ConformanceCase.Repeatable body = repeats -> there.run().run(file.content(), test, repeats);
                there.cases()
                        .add(ConformanceCase.repeatable(
                                profile.name(),
                                file.name(),
                                description,
                                mustFail ? repeats -> mustFail(() -> body.run(repeats)) : body));
            }
            if (able.isEmpty()) {
                String reason = String.join("; or ", reasons.stream().distinct().toList());
                serverless.add(ConformanceCase.pure(file.name(), description, () -> {
                    throw new CaseSkippedException(reason);
                }));
            }
        }

        List<CaseGroup> groups() {
            List<CaseGroup> groups = new ArrayList<>();
            groups.add(CaseGroup.of("unified test format, without a server", serverless));
            for (Profile profile : profiles.all()) {
                OnProfile there = byProfile.get(profile);
                if (there != null) {
                    groups.add(
                            new CaseGroup("unified test format on " + profile.name(), there.cases(), () -> there.run()
                                    .stop()));
                }
            }
            return groups;
        }
    }
}
