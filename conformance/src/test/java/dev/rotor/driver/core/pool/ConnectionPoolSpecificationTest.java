package dev.rotor.driver.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.conformance.SpecificationCases;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The specification's own tests of the pool, unit and integration alike: the latter's server is a fake one. */
class ConnectionPoolSpecificationTest {

    @TestFactory
    List<DynamicNode> theSpecificationsTestsPass() {
        return SpecificationCases.files(
                "connection-monitoring-and-pooling/tests",
                file -> file.containsKey("style") && file.containsKey("operations"),
                test -> {
                    assertThat(test.getNumber("version", new BsonInt32(0)).intValue())
                            .isEqualTo(1);
                    assumeRunnable(test);
                    new CmapRun(test).run();
                });
    }

    /** The fake server is of the newest version. */
    private static void assumeRunnable(BsonDocument test) {
        if (!test.containsKey("runOn")) {
            return;
        }
        for (BsonValue requirement : test.getArray("runOn")) {
            if (!requirement.asDocument().containsKey("maxServerVersion")) {
                return;
            }
        }
        Assumptions.abort("Only for servers older than the one that is emulated: " + test.get("runOn")
                + "; run it against such a server with the integration suites");
    }
}
