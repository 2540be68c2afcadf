package dev.rotor.conformance.unified.entity;

import dev.rotor.conformance.unified.deployment.RunningDeployment;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What the operations of one case work with.
 *
 * @param running the deployment
 * @param internal the runner's own clients
 * @param entities what the case has created
 * @param failPoints what it has broken
 * @param factory creates more
 */
public record CaseContext(
        RunningDeployment running,
        InternalClients internal,
        Entities entities,
        FailPoints failPoints,
        EntityFactory factory) {

    /** Makes the context of a case. */
    public static CaseContext of(
            RunningDeployment running,
            InternalClients internal,
            boolean usesFailPoints,
            @Nullable BsonDocument clusterTime) {
        Entities entities = new Entities();
        return new CaseContext(
                running,
                internal,
                entities,
                new FailPoints(internal),
                new EntityFactory(entities, new ClientMaker(running, usesFailPoints), clusterTime));
    }
}
