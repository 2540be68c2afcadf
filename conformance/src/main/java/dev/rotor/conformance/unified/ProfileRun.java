package dev.rotor.conformance.unified;

import dev.rotor.conformance.unified.deployment.Profile;
import dev.rotor.conformance.unified.deployment.RunningDeployment;
import dev.rotor.conformance.unified.entity.InternalClients;
import dev.rotor.conformance.unified.operation.OperationRunner;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** A profile while its cases run, one after the other: started before the first, stopped after the last. */
final class ProfileRun {

    private final Profile profile;
    private final OperationRunner operations = new OperationRunner();
    private @Nullable RunningDeployment running;
    private @Nullable InternalClients internal;
    private @Nullable Exception failure;

    ProfileRun(Profile profile) {
        this.profile = profile;
    }

    /** Runs a case; starts the deployment if that has not been done, and fails if that has failed. */
    void run(BsonDocument file, BsonDocument test) throws Exception {
        if (failure != null) {
            throw new IllegalStateException("the profile did not start: " + failure, failure);
        }
        if (running == null || internal == null) {
            try {
                running = profile.starter().start();
                internal = new InternalClients(running);
                ServerSessions.killAll(internal);
            } catch (Exception broken) {
                failure = broken;
                throw new IllegalStateException("the profile did not start: " + broken, broken);
            }
        }
        new CaseRun(file, test, running, internal, operations).run();
    }

    /** Stops what was started. */
    void stop() throws Exception {
        if (internal != null) {
            internal.close();
        }
        if (running != null) {
            running.stop().stop();
        }
    }
}
