package dev.rotor.conformance.unified;

import dev.rotor.conformance.CaseSkippedException;
import dev.rotor.conformance.unified.deployment.Profile;
import dev.rotor.conformance.unified.deployment.RunningDeployment;
import dev.rotor.conformance.unified.entity.InternalClients;
import dev.rotor.conformance.unified.operation.OperationRunner;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A profile while its cases run, one after the other: started before the first, stopped after the last. */
final class ProfileRun {

    private static final Logger LOG = LoggerFactory.getLogger(ProfileRun.class);
    private static final int MOST_ATTEMPTS = 3;

    private final Profile profile;
    private final OperationRunner operations = new OperationRunner();
    private @Nullable Stalls stalls;
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
        for (int attempt = 1; !passes(run, stalls, file, test, attempt); attempt++) {
            LOG.error(
                    "perhaps held up by the machine, run again: {} [{}]",
                    test.getString("description").getValue(),
                    profile.name());
        }
    }

    /**
     * Runs the case once.
     *
     * @return whether it passed; {@code false} when it has limits of its own, it was the first attempt or the machine
     *     held threads up meanwhile, and it may be tried once more
     */
    private static boolean passes(CaseRun run, Stalls stalls, BsonDocument file, BsonDocument test, int attempt)
            throws Exception {
        long began = System.nanoTime();
        try {
            run.run();
            return true;
        } catch (CaseSkippedException skipped) {
            throw skipped;
        } catch (Exception | AssertionError failed) {
            // What the first attempt spends on loading classes no watcher sees: that alone may take such a limit.
            boolean heldUp = attempt == 1 || stalls.since(began);
            if (attempt == MOST_ATTEMPTS || !heldUp || !hasLimitsOfItsOwn(file, test)) {
                throw failed;
            }
            return false;
        }
    }

    private static boolean hasLimitsOfItsOwn(BsonDocument file, BsonDocument test) {
        String text = test.toJson() + file.get("createEntities");
        return text.contains("blockTimeMS") || text.contains("timeoutMS") || text.contains("TimeoutMS");
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
