package dev.rotor.conformance.unified.deployment;

import dev.rotor.conformance.unified.match.Matcher;
import dev.rotor.conformance.unified.match.NamedValues;
import dev.rotor.conformance.unified.match.RunnerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Decides whether a deployment meets {@code runOnRequirements}. */
public final class Requirements {

    private static final Matcher MATCHER = new Matcher(new NamedValues() {
        @Override
        public BsonValue value(String name) {
            throw new RunnerException("requirements know no entities: " + name);
        }

        @Override
        public BsonDocument lsid(String name) {
            throw new RunnerException("requirements know no sessions: " + name);
        }
    });

    private Requirements() {}

    /**
     * Why the deployment meets none of the requirements, or nothing when it meets one of them, or when there are none.
     */
    public static Optional<String> unmet(BsonArray requirements, Deployment deployment) {
        List<String> reasons = new ArrayList<>();
        for (BsonValue requirement : requirements) {
            Optional<String> reason = unmet(requirement.asDocument(), deployment);
            if (reason.isEmpty()) {
                return Optional.empty();
            }
            reasons.add(reason.get());
        }
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; or ", reasons.stream().distinct().toList()));
    }

    private static Optional<String> unmet(BsonDocument requirement, Deployment deployment) {
        for (var entry : requirement.entrySet()) {
            if (!meets(entry.getKey(), entry.getValue(), deployment)) {
                return Optional.of("needs " + entry.getKey() + " " + Matcher.text(entry.getValue()));
            }
        }
        return Optional.empty();
    }

    private static boolean meets(String name, BsonValue value, Deployment deployment) {
        return switch (name) {
            case "minServerVersion" ->
                deployment.version().isAtLeast(Version.parse(value.asString().getValue()));
            case "maxServerVersion" ->
                Version.parse(value.asString().getValue()).isAtLeast(deployment.version());
            case "topologies" ->
                value.asArray().stream()
                        .anyMatch(each ->
                                deployment.topology().isCalled(each.asString().getValue()));
            // Atlas Serverless is no more: nothing is an instance of it.
            case "serverless" -> !value.asString().getValue().equals("require");
            case "auth" -> value.asBoolean().getValue() == deployment.auth();
            case "authMechanism" -> hasMechanism(value.asString().getValue(), deployment);
            case "serverParameters" -> MATCHER.matches(value, deployment.parameters(), true);
            // The driver has no client-side encryption: only who forbids it can run.
            case "csfle" -> value.isBoolean() && !value.asBoolean().getValue();
            default -> throw new RunnerException("the runner does not know the requirement " + name);
        };
    }

    private static boolean hasMechanism(String mechanism, Deployment deployment) {
        BsonArray mechanisms = deployment.parameters().getArray("authenticationMechanisms", new BsonArray());
        return mechanisms.stream()
                .anyMatch(each ->
                        each.asString().getValue().toUpperCase(Locale.ROOT).equals(mechanism.toUpperCase(Locale.ROOT)));
    }
}
