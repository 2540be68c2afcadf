package dev.rotor.driver.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.conformance.CaseGroup;
import dev.rotor.conformance.CaseSkippedException;
import dev.rotor.conformance.Format;
import dev.rotor.conformance.Options;
import dev.rotor.conformance.SpecificationCases;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/** The specification's own tests of the pool, unit and integration alike: the latter's server is a fake one. */
public final class ConnectionPoolFormat implements Format {

    /** For the service loader. */
    public ConnectionPoolFormat() {}

    @Override
    public String name() {
        return "connection pool";
    }

    @Override
    public List<CaseGroup> groups(Options options) {
        return SpecificationCases.files(
                options,
                "connection-monitoring-and-pooling/tests",
                file -> file.containsKey("style") && file.containsKey("operations"),
                test -> {
                    assertThat(test.getNumber("version", new BsonInt32(0)).intValue())
                            .isEqualTo(1);
                    requireRunnable(test);
                    new CmapRun(test).run();
                });
    }

    /** The fake server is of the newest version. */
    private static void requireRunnable(BsonDocument test) {
        if (!test.containsKey("runOn")) {
            return;
        }
        for (BsonValue requirement : test.getArray("runOn")) {
            if (!requirement.asDocument().containsKey("maxServerVersion")) {
                return;
            }
        }
        throw new CaseSkippedException("Only for servers older than the one that is emulated: " + test.get("runOn")
                + "; run it against such a server with the integration suites");
    }
}
