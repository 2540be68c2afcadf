package dev.rotor.driver.core.op;

import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.model.CursorType;
import org.bson.codecs.configuration.CodecRegistry;

/** Writes the body of {@code find}. */
final class FindCommand {

    private FindCommand() {}

    /**
     * Writes the body.
     *
     * @param limit overrides the spec's limit; negative means a single batch
     */
    static void write(CommandWriter out, Operation<?> operation, String collection, FindSpec spec, long limit) {
        CodecRegistry registry = operation.scope().codecRegistry();
        out.putString(Names.FIND, collection);
        Fields.put(out, Names.FILTER, spec.filter, registry);
        Fields.put(out, Names.SORT, spec.sort, registry);
        Fields.put(out, Names.PROJECTION, spec.projection, registry);
        if (spec.skip > 0) {
            out.putInt64(Names.SKIP, spec.skip);
        }
        if (limit != 0) {
            out.putInt64(Names.LIMIT, Math.abs(limit));
        }
        if (spec.batchSize > 0 && limit >= 0) {
            // With a limit of the same size the server would keep an exhausted cursor open.
            boolean same = limit == spec.batchSize && spec.batchSize < Integer.MAX_VALUE;
            out.putInt32(Names.BATCH_SIZE, same ? spec.batchSize + 1 : spec.batchSize);
        }
        if (limit < 0) {
            out.putBoolean(Names.SINGLE_BATCH, true);
        }
        Fields.put(out, Names.COLLATION, spec.collation, registry);
        Fields.putHint(out, spec.hint, spec.hintString, registry);
        Fields.put(out, Names.LET, spec.let, registry);
        Fields.put(out, Names.MIN, spec.min, registry);
        Fields.put(out, Names.MAX, spec.max, registry);
        Fields.putMaxTime(out, operation.scope(), spec.maxTime);
        Fields.put(out, Names.COMMENT, spec.comment);
        Fields.put(out, Names.ALLOW_DISK_USE, spec.allowDiskUse);
        Fields.put(out, Names.ALLOW_PARTIAL_RESULTS, spec.allowPartialResults);
        Fields.put(out, Names.NO_CURSOR_TIMEOUT, spec.noCursorTimeout);
        Fields.put(out, Names.RETURN_KEY, spec.returnKey);
        Fields.put(out, Names.SHOW_RECORD_ID, spec.showRecordId);
        if (spec.cursorType.isTailable()) {
            out.putBoolean(Names.TAILABLE, true);
        }
        if (spec.cursorType == CursorType.TAILABLE_AWAIT) {
            out.putBoolean(Names.AWAIT_DATA, true);
        }
    }
}
