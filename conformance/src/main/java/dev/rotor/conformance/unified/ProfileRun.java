package dev.rotor.conformance.unified;

import dev.rotor.conformance.CaseSkippedException;
import dev.rotor.conformance.ConformanceCase;
import dev.rotor.conformance.unified.deployment.Profile;
import dev.rotor.conformance.unified.deployment.RunningDeployment;
import dev.rotor.conformance.unified.entity.InternalClients;
import dev.rotor.conformance.unified.operation.OperationRunner;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** A profile while its cases run, one after the other: started before the first, stopped after the last. */
final class ProfileRun {

    private static final int MOST_ATTEMPTS = 5;

    private final Profile profile;
    private final OperationRunner operations = new OperationRunner();
    private @Nullable Stalls stalls;
    private @Nullable RunningDeployment running;
    private @Nullable InternalClients internal;
    private @Nullable Exception failure;

    ProfileRun(Profile profile) {
        this.profile = profile;
    }

    /**
     * Runs a case; starts the deployment if that has not been done, and fails if that has failed. A case that failed by
     * its own time limits while something held threads up is run again, which is told.
     */
    void run(BsonDocument file, BsonDocument test, ConformanceCase.Repeats repeats) throws Exception {
        if (failure != null) {
            throw new IllegalStateException("the profile did not start: " + failure, failure);
        }
        if (running == null || internal == null || stalls == null) {
            try {
                stalls = Stalls.watched();
                running = profile.starter().start();
                internal = new InternalClients(running);
                ServerSessions.killAll(internal);
            } catch (Exception broken) {
                failure = broken;
                throw new IllegalStateException("the profile did not start: " + broken, broken);
            }
        }
        CaseRun run = new CaseRun(file, test, running, internal, operations);
        for (int attempt = 1; ; attempt++) {
            Stalls.Moment began = stalls.now();
            try {
                run.run();
                return;
            } catch (CaseSkippedException skipped) {
                throw skipped;
            } catch (Exception | AssertionError failed) {
                boolean byTime = TimeLimits.has(file, test) && TimeLimits.explain(failed);
                String heldUpBy = byTime && attempt < MOST_ATTEMPTS ? stalls.since(began) : null;
                if (heldUpBy == null) {
                    throw failed;
                }
                repeats.repeated(failed, heldUpBy);
            }
        }
    }

    /** Stops what was started. */
    void stop() throws Exception {
        if (stalls != null) {
            stalls.stop();
        }
        if (internal != null) {
            internal.close();
        }
        if (running != null) {
            running.stop().stop();
        }
    }
}
