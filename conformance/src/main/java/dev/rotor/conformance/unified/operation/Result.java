package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Await;
import java.util.concurrent.CompletionStage;
import org.bson.BsonArray;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What an operation gave.
 *
 * @param value the result as a BSON value; {@code null} for nothing
 * @param rootDocuments whether it is an array of documents each of which may have more fields than are expected
 * @param entity a result that is no BSON value, for {@code saveResultAsEntity}
 */
public record Result(@Nullable BsonValue value, boolean rootDocuments, @Nullable Object entity) {

    /** Nothing. */
    public static final Result NONE = new Result(null, false, null);

    /** Nothing, once an operation that gives nothing has ended; throws what it failed with. */
    public static Result after(CompletionStage<?> stage) throws Exception {
        Await.result(stage);
        return NONE;
    }

    /** A value; {@code null} for nothing. */
    public static Result of(@Nullable BsonValue value) {
        return new Result(value, false, null);
    }

    /** The documents of an iterable. */
    public static Result documents(Iterable<? extends BsonValue> documents) {
        BsonArray array = new BsonArray();
        documents.forEach(array::add);
        return new Result(array, true, null);
    }

    /** Something that only the driver understands: a cursor, a collection. */
    public static Result entity(Object entity) {
        return new Result(null, false, entity);
    }
}
