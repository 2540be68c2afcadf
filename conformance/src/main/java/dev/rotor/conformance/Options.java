package dev.rotor.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked to do. Read from system properties:
 *
 * <ul>
 *   <li>{@code specifications.dir}: the {@code source} folder of a checkout of {@code mongodb/specifications};
 *   <li>{@code conformance.only}: run only cases whose name contains this text;
 *   <li>{@code conformance.profiles}: {@code sufficient} (the default: each case on the cheapest profile that can run
 *       it and on those that differ in what the case depends on), {@code all}, or names of profiles with commas;
 *   <li>{@code conformance.uri}, or the environment's {@code MONGODB_URI}: run on this deployment instead of on the
 *       test server;
 *   <li>{@code conformance.testcontainers}: run on a replica set that Docker starts;
 *   <li>{@code conformance.transport}: the transport, by default {@code nio};
 *   <li>{@code conformance.compressors}: what clients compress with, for example {@code zstd,zlib}; by default nothing;
 *   <li>{@code conformance.output}: the folder of the report, by default {@code target};
 *   <li>{@code conformance.page}: the file that {@code docs/conformance.md} is written to; none by default. A run on
 *       {@code nio} writes all of it, a run on another transport that transport's row of it;
 *   <li>{@code conformance.threads}: how many groups run at a time, by default 4: cases wait more than they compute.
 * </ul>
 *
 * @param specifications the folder of the specifications
 * @param only part of the name of the cases to run, or {@code null} for all
 * @param profiles which profiles to run on
 * @param uri the connection string of a deployment to run on, or {@code null} for the test server
 * @param multipleUri for a load-balanced deployment, the connection string of the balancer in front of several servers
 * @param testcontainers whether to run on a replica set in a container
 * @param transport the name of the transport
 * @param output the folder of the report
 * @param page the file that the page of results is written to; {@code null} for none
 * @param threads how many groups run at a time
 */
public record Options(
        Path specifications,
        @Nullable String only,
        String profiles,
        @Nullable String uri,
        @Nullable String multipleUri,
        boolean testcontainers,
        String transport,
        Path output,
        @Nullable Path page,
        int threads) {

    /** Where the specifications are looked for when nothing is said, from the module's folder on. */
    private static final String DEFAULT_SPECIFICATIONS = "../../shared/specifications";

    /** The options that the system properties and the environment give. */
    public static Options fromSystem() {
        return from(System::getProperty, System.getenv());
    }

    static Options from(Function<String, @Nullable String> property, Map<String, String> environment) {
        String specifications = property.apply("specifications.dir");
        String uri = text(property.apply("conformance.uri"));
        if (uri == null) {
            uri = text(environment.get("MONGODB_URI"));
        }
        String multiple = text(property.apply("conformance.uri.multiple"));
        if (multiple == null) {
            multiple = text(environment.get("MULTI_MONGOS_LB_URI"));
        }
        String containers = property.apply("conformance.testcontainers");
        return new Options(
                Path.of(specifications == null ? DEFAULT_SPECIFICATIONS : specifications),
                text(property.apply("conformance.only")),
                orElse(property.apply("conformance.profiles"), "sufficient"),
                uri,
                multiple,
                containers != null && !containers.equalsIgnoreCase("false"),
                orElse(property.apply("conformance.transport"), "nio"),
                Path.of(orElse(property.apply("conformance.output"), "target")),
                pathOf(text(property.apply("conformance.page"))),
                Integer.parseInt(orElse(property.apply("conformance.threads"), "4")));
    }

    /** The same on another transport. */
    public Options on(String otherTransport) {
        return new Options(
                specifications,
                only,
                profiles,
                uri,
                multipleUri,
                testcontainers,
                otherTransport,
                output,
                page,
                threads);
    }

    /** Whether the folder of the specifications is there. */
    public boolean specificationsArePresent() {
        return Files.isDirectory(specifications);
    }

    /** Whether all cases run on the test server's profiles, so that a known failure that is not met is stale. */
    public boolean isOfEverything() {
        return only == null && uri == null && !testcontainers && profiles.equals("all");
    }

    private static @Nullable Path pathOf(@Nullable String text) {
        return text == null ? null : Path.of(text);
    }

    private static @Nullable String text(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    private static String orElse(@Nullable String value, String otherwise) {
        String text = text(value);
        return text == null ? otherwise : text;
    }
}
