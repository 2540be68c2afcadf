package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.CaseContext;
import dev.rotor.conformance.unified.entity.ThreadEntity;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.conformance.unified.match.RunnerException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** Special operations that run other operations: on a thread, and again and again. */
final class RunnerThreads {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** A loop ends by itself only when an operation fails; this is how whoever started the runner ends it. */
    private static final String LOOP_MILLIS = "conformance.loopMillis";

    private final OperationRunner operations;

    RunnerThreads(OperationRunner operations) {
        this.operations = operations;
    }

    Map<String, Handler<CaseContext>> table() {
        return Map.of(
                "runOnThread", this::runOnThread,
                "waitForThread", RunnerThreads::waitForThread,
                "loop", this::loop);
    }

    private Handler.Action runOnThread(CaseContext self, Arguments arguments, CaseContext context) {
        ThreadEntity thread = context.entities().get(arguments.required("thread", Values::string), ThreadEntity.class);
        BsonDocument operation = arguments.required("operation", Values::document);
        return () -> {
            thread.run(() -> operations.run(operation, context));
            return Result.NONE;
        };
    }

    private static Handler.Action waitForThread(CaseContext self, Arguments arguments, CaseContext context) {
        ThreadEntity thread = context.entities().get(arguments.required("thread", Values::string), ThreadEntity.class);
        return () -> {
            thread.await(LIMIT);
            return Result.NONE;
        };
    }

    private Handler.Action loop(CaseContext self, Arguments arguments, CaseContext context) {
        Loop loop = new Loop(
                arguments.required("operations", Values::documents),
                arguments.optional("storeErrorsAsEntity", Values::string),
                arguments.optional("storeFailuresAsEntity", Values::string),
                arguments.optional("storeSuccessesAsEntity", Values::string),
                arguments.optional("storeIterationsAsEntity", Values::string));
        return () -> {
            long end = System.nanoTime()
                    + Duration.ofMillis(Long.getLong(LOOP_MILLIS, 1_000)).toNanos();
            loop.run(context, () -> System.nanoTime() - end < 0);
            return Result.NONE;
        };
    }

    private final class Loop {
        private final List<BsonDocument> body;
        private final @Nullable String errors;
        private final @Nullable String failures;
        private final @Nullable String successes;
        private final @Nullable String iterations;

        Loop(
                List<BsonDocument> body,
                @Nullable String errors,
                @Nullable String failures,
                @Nullable String successes,
                @Nullable String iterations) {
            this.body = body;
            this.errors = errors == null ? failures : errors;
            this.failures = failures == null ? errors : failures;
            this.successes = successes;
            this.iterations = iterations;
        }

        void run(CaseContext context, BooleanSupplier goOn) throws Exception {
            array(errors, context);
            array(failures, context);
            number(successes, context);
            number(iterations, context);
            while (goOn.getAsBoolean()) {
                try {
                    for (BsonDocument operation : body) {
                        operations.run(operation, context);
                        increment(successes, context);
                    }
                } catch (AssertionError failure) {
                    if (failures == null) {
                        throw failure;
                    }
                    store(failures, failure, context);
                } catch (Exception error) {
                    if (errors == null) {
                        throw error;
                    }
                    store(errors, error, context);
                } finally {
                    increment(iterations, context);
                }
            }
        }

        private void array(@Nullable String name, CaseContext context) {
            if (name != null) {
                if (context.entities().contains(name)) {
                    context.entities().get(name, BsonArray.class);
                } else {
                    context.entities().add(name, new BsonArray());
                }
            }
        }

        private void number(@Nullable String name, CaseContext context) {
            if (name != null) {
                if (context.entities().contains(name)) {
                    throw new RunnerException("there is already an entity " + name);
                }
                context.entities().add(name, new BsonInt64(0));
            }
        }

        private void increment(@Nullable String name, CaseContext context) {
            if (name != null) {
                long value = context.entities().get(name, BsonInt64.class).getValue();
                context.entities().replace(name, new BsonInt64(value + 1));
            }
        }

        private void store(String name, Throwable failure, CaseContext context) {
            context.entities()
                    .get(name, BsonArray.class)
                    .add(new BsonDocument("error", new BsonString(String.valueOf(failure)))
                            .append("time", new BsonDouble(System.currentTimeMillis() / 1e3)));
        }
    }
}
