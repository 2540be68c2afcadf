package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Await;
import dev.rotor.conformance.unified.entity.CaseContext;
import dev.rotor.conformance.unified.entity.CursorEntity;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.driver.MongoException;
import java.time.Duration;
import java.util.Map;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Operations of find cursors, command cursors and change streams. */
final class CursorOperations {

    private CursorOperations() {}

    static Map<String, Handler<CursorEntity>> table() {
        return Map.of(
                "iterateUntilDocumentOrError", CursorOperations::iterateUntilDocumentOrError,
                "iterateOnce", CursorOperations::iterateOnce,
                "close", CursorOperations::close);
    }

    private static Handler.Action iterateUntilDocumentOrError(
            CursorEntity entity, Arguments arguments, CaseContext context) {
        return () -> {
            BsonDocument document = Await.result(entity.cursor().next());
            if (document == null) {
                throw new AssertionError("the " + entity.kind() + " ended without a document or an error");
            }
            return Result.of(document);
        };
    }

    private static Handler.Action iterateOnce(CursorEntity entity, Arguments arguments, CaseContext context) {
        return () -> Result.of(Await.result(entity.cursor().tryNext()));
    }

    private static Handler.Action close(CursorEntity entity, Arguments arguments, CaseContext context) {
        @Nullable Duration timeout = arguments.optional("timeoutMS", Values::millis);
        return () -> {
            try {
                Await.result(entity.cursor().closeAsync(timeout));
            } catch (MongoException unimportant) {
                // Drivers differ in whether closing a cursor tells of failures; cases look at the events instead.
            }
            return Result.NONE;
        };
    }
}
