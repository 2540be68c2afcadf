package dev.rotor.testserver.stream;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A place in the stream of events. Clients see {@code {_data: <hex>}}, whose text sorts as the places do.
 *
 * @param time cluster time of the entry
 * @param index place of the entry among those of its time; {@link #AFTER_ALL} for a place after all of them
 * @param invalidate whether it is that of an invalidate event, which follows the event it belongs to
 * @param fragment which fragment of a split event, from 0
 */
record ResumeToken(long time, int index, boolean invalidate, int fragment) {
    static final int AFTER_ALL = Integer.MAX_VALUE;

    private static final int LENGTH = 2 + 16 + 8 + 2 + 4;

    /** The place after everything that happened up to {@code time}. */
    static ResumeToken highWater(long time) {
        return new ResumeToken(time, AFTER_ALL, false, 0);
    }

    Document asDocument() {
        return new Document(
                "_data", String.format(Locale.ROOT, "82%016X%08X%02X%04X", time, index, invalidate ? 1 : 0, fragment));
    }

    /**
     * Reads a token.
     *
     * @throws CommandError if it is none
     */
    static ResumeToken of(@Nullable Object token) {
        if (!(token instanceof Document document)) {
            throw new CommandError(
                    ErrorCode.TYPE_MISMATCH,
                    "BSON field '$changeStream.resumeAfter' is the wrong type, expected type 'object'");
        }
        if (!(document.get("_data") instanceof String data)) {
            throw new CommandError(40647, "Bad resume token: _data of missing or of wrong type");
        }
        if (data.length() != LENGTH || !data.matches("82[0-9A-Fa-f]+")) {
            throw new CommandError(ErrorCode.FAILED_TO_PARSE, "resume token string was not a valid hex string");
        }
        return new ResumeToken(
                Long.parseUnsignedLong(data.substring(2, 18), 16),
                Integer.parseUnsignedInt(data.substring(18, 26), 16),
                data.charAt(27) == '1',
                Integer.parseInt(data.substring(28), 16));
    }
}
