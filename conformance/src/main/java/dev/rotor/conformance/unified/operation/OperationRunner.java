package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.CaseSkippedException;
import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.CaseContext;
import dev.rotor.conformance.unified.entity.ClientEntity;
import dev.rotor.conformance.unified.entity.CollectionEntity;
import dev.rotor.conformance.unified.entity.CursorEntity;
import dev.rotor.conformance.unified.entity.Entities;
import dev.rotor.conformance.unified.entity.SessionEntity;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.conformance.unified.match.CourseError;
import dev.rotor.conformance.unified.match.ErrorMatcher;
import dev.rotor.conformance.unified.match.Matcher;
import dev.rotor.conformance.unified.match.RunnerException;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.gridfs.GridFsBucket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Runs one operation of a case, and compares what it gave with what the case expects. */
public final class OperationRunner {

    private static final Set<String> FIELDS = Set.of(
            "name", "object", "arguments", "ignoreResultAndError", "expectError", "expectResult", "saveResultAsEntity");

    private final Map<Class<?>, Table<?>> tables = new HashMap<>();
    private final Table<CaseContext> testRunner;

    private record Table<E>(Class<E> type, Map<String, Handler<E>> handlers) {
        Handler.Action prepare(String name, Object entity, Arguments arguments, CaseContext context) throws Exception {
            Handler<E> handler = handlers.get(name);
            if (handler == null) {
                throw new RunnerException(
                        "operation not supported by the runner yet: " + name + " of " + type.getSimpleName());
            }
            return handler.prepare(type.cast(entity), arguments, context);
        }
    }

    /** Knows all operations. */
    public OperationRunner() {
        Map<String, Handler<CollectionEntity>> collection = new HashMap<>(CollectionReads.table());
        collection.putAll(CollectionWrites.table());
        collection.putAll(CollectionIndexes.table());
        add(CollectionEntity.class, collection);
        add(ClientEntity.class, ClientOperations.table());
        add(MongoDatabase.class, DatabaseOperations.table());
        add(GridFsBucket.class, BucketOperations.table());
        add(SessionEntity.class, new SessionOperations(this).table());
        add(CursorEntity.class, CursorOperations.table());
        Map<String, Handler<CaseContext>> special = new HashMap<>(RunnerOperations.table());
        special.putAll(RunnerAssertions.table());
        special.putAll(new RunnerThreads(this).table());
        testRunner = new Table<>(CaseContext.class, special);
    }

    private <E> void add(Class<E> type, Map<String, Handler<E>> handlers) {
        tables.put(type, new Table<>(type, handlers));
    }

    /** Runs operations in order. */
    public void runAll(List<BsonDocument> operations, CaseContext context) throws Exception {
        for (BsonDocument operation : operations) {
            run(operation, context);
        }
    }

    /**
     * Runs an operation.
     *
     * @return what it failed with, where the case expects that or ignores it; {@code null} when it succeeded
     */
    public @Nullable Exception run(BsonDocument operation, CaseContext context) throws Exception {
        for (String field : operation.keySet()) {
            if (!FIELDS.contains(field)) {
                throw new RunnerException("the runner does not know the field " + field + " of an operation");
            }
        }
        String name = operation.getString("name").getValue();
        String object = operation.getString("object").getValue();
        try {
            return run(operation, name, object, context);
        } catch (AssertionError mismatch) {
            throw new AssertionError(name + " of " + object + ": " + mismatch.getMessage(), mismatch);
        }
    }

    private @Nullable Exception run(BsonDocument operation, String name, String object, CaseContext context)
            throws Exception {
        Result result;
        try {
            result = execute(operation, name, object, context);
        } catch (RunnerException | CaseSkippedException notTheDriver) {
            throw notTheDriver;
        } catch (Exception failure) {
            return judge(failure, operation, context.entities());
        }
        judge(result, operation, context.entities());
        return null;
    }

    private Result execute(BsonDocument operation, String name, String object, CaseContext context) throws Exception {
        Arguments arguments = new Arguments(name, operation.getDocument("arguments", new BsonDocument()));
        Handler.Action action;
        if (object.equals("testRunner")) {
            action = testRunner.prepare(name, context, arguments, context);
        } else {
            Object entity = context.entities().get(object);
            action = table(entity, object).prepare(name, entity, arguments, context);
        }
        arguments.assertAllUsed();
        return action.run();
    }

    private Table<?> table(Object entity, String name) {
        return tables.values().stream()
                .filter(each -> each.type().isInstance(entity))
                .findFirst()
                .orElseThrow(() -> new RunnerException("the entity " + name + " is a "
                        + entity.getClass().getSimpleName() + " and has no operations"));
    }

    private static Exception judge(Exception failure, BsonDocument operation, Entities entities) throws Exception {
        if (operation.containsKey("expectError")) {
            new ErrorMatcher(new Matcher(entities)).assertMatches(operation.getDocument("expectError"), failure);
        } else if (!ignoresResult(operation)) {
            throw failure;
        }
        return failure;
    }

    private static boolean ignoresResult(BsonDocument operation) {
        return operation.containsKey("ignoreResultAndError") && Values.bool(operation.get("ignoreResultAndError"));
    }

    private static void judge(Result result, BsonDocument operation, Entities entities) {
        if (ignoresResult(operation)) {
            return;
        }
        if (operation.containsKey("expectError")) {
            throw new CourseError("expected the error " + Matcher.text(operation.get("expectError"))
                    + " but it succeeded with " + Matcher.text(result.value()));
        }
        if (operation.containsKey("expectResult")) {
            Matcher matcher = new Matcher(entities);
            if (result.rootDocuments() && result.value() != null) {
                matcher.assertRootDocumentsMatch(
                        operation.get("expectResult"), result.value().asArray(), "result");
            } else {
                matcher.assertMatches(operation.get("expectResult"), result.value(), true, "result");
            }
        }
        if (operation.containsKey("saveResultAsEntity")) {
            Object entity = result.entity() == null ? result.value() : result.entity();
            if (entity == null) {
                throw new RunnerException("there is no result to save");
            }
            entities.add(operation.getString("saveResultAsEntity").getValue(), entity);
        }
    }
}
