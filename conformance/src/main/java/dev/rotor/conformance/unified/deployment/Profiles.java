package dev.rotor.conformance.unified.deployment;

import dev.rotor.conformance.Options;
import dev.rotor.conformance.unified.match.RunnerException;
import dev.rotor.driver.ConnectionString;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;

/** The profiles of a run, and which of them a case runs on. */
public final class Profiles {

    private static final String ALL = "all";
    private static final String SUFFICIENT = "sufficient";

    private final List<Profile> profiles;
    private final boolean oneOfEachKind;

    private Profiles(List<Profile> profiles, boolean oneOfEachKind) {
        this.profiles = profiles;
        this.oneOfEachKind = oneOfEachKind;
    }

    /** The profiles that the options ask for. */
    public static Profiles of(Options options) {
        if (options.uri() != null) {
            return new Profiles(List.of(given(options, options.uri())), false);
        }
        List<Profile> known = TestServerProfiles.all(options.transport());
        if (options.profiles().equals(ALL) || options.profiles().equals(SUFFICIENT)) {
            return new Profiles(known, options.profiles().equals(SUFFICIENT));
        }
        List<Profile> wanted = new ArrayList<>();
        for (String name : options.profiles().split(",", -1)) {
            wanted.add(known.stream()
                    .filter(profile -> profile.name().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new RunnerException("there is no profile " + name + "; there are "
                            + known.stream().map(Profile::name).toList())));
        }
        return new Profiles(wanted, false);
    }

    private static Profile given(Options options, String uri) {
        Deployment deployment;
        try {
            deployment = Probe.ask(uri, options.transport());
        } catch (Exception failure) {
            throw new RunnerException("cannot find out what the deployment is: " + failure.getMessage(), failure);
        }
        String single = uri;
        String several = uri;
        if (deployment.topology() == TopologyKind.SHARDED) {
            single = firstHost(uri);
        } else if (deployment.topology() == TopologyKind.LOAD_BALANCED) {
            if (options.multipleUri() == null) {
                throw new RunnerException("a load-balanced deployment also needs conformance.uri.multiple: the balancer"
                        + " in front of several servers");
            }
            several = options.multipleUri();
        }
        RunningDeployment running = new RunningDeployment(deployment, several, single, options.transport(), () -> {});
        return new Profile(
                deployment.topology().word() + '-' + deployment.version() + (deployment.auth() ? "-auth" : ""),
                deployment,
                () -> running);
    }

    private static String firstHost(String uri) {
        String hosts = String.join(
                ",",
                new ConnectionString(uri).hosts().stream().map(Object::toString).toList());
        return uri.replace(hosts, new ConnectionString(uri).hosts().get(0).toString());
    }

    /** All profiles of the run. */
    public List<Profile> all() {
        return profiles;
    }

    /**
     * The profiles that a case runs on.
     *
     * @param requirements those of its file
     * @param test the case
     * @param reasons takes what the others lack
     */
    public List<Profile> ableToRun(BsonArray requirements, BsonDocument test, List<String> reasons) {
        List<Profile> able = new ArrayList<>();
        Set<TopologyKind> kinds = EnumSet.noneOf(TopologyKind.class);
        for (Profile profile : profiles) {
            Deployment deployment = profile.known();
            Optional<String> unmet = Requirements.unmet(requirements, deployment);
            if (unmet.isEmpty()) {
                unmet = Requirements.unmet(test.getArray("runOnRequirements", new BsonArray()), deployment);
            }
            if (unmet.isPresent()) {
                reasons.add(unmet.get());
            } else if (!oneOfEachKind || kinds.add(deployment.topology())) {
                able.add(profile);
            }
        }
        return able;
    }
}
