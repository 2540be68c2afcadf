package dev.rotor.driver.core.op;

import dev.rotor.driver.core.wire.CommandWriter;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Writes elements that are left out when they are not set. */
final class Fields {

    private static final Codec<BsonValue> VALUES = new BsonValueCodec();

    private Fields() {}

    static void put(CommandWriter out, byte[] name, @Nullable Boolean value) {
        if (value != null) {
            out.putBoolean(name, value);
        }
    }

    static void put(CommandWriter out, byte[] name, @Nullable String value) {
        if (value != null) {
            out.putString(name, value);
        }
    }

    static void put(CommandWriter out, byte[] name, @Nullable Integer value) {
        if (value != null) {
            out.putInt32(name, value);
        }
    }

    static void put(CommandWriter out, byte[] name, @Nullable Long value) {
        if (value != null) {
            out.putInt64(name, value);
        }
    }

    static void put(CommandWriter out, byte[] name, @Nullable Double value) {
        if (value != null) {
            out.putDouble(name, value);
        }
    }

    static void put(CommandWriter out, byte[] name, @Nullable BsonValue value) {
        if (value != null) {
            out.putValue(name, value, VALUES);
        }
    }

    static void put(CommandWriter out, byte[] name, @Nullable Bson value, CodecRegistry registry) {
        if (value != null) {
            // The class tells encoders of user types whose documents these are; filters of ours do not ask.
            out.putBson(name, value, BsonDocument.class, registry);
        }
    }

    /** An array of documents. */
    static void put(CommandWriter out, byte[] name, @Nullable List<? extends Bson> values, CodecRegistry registry) {
        if (values != null) {
            int mark = out.startArray(name);
            for (int i = 0; i < values.size(); i++) {
                out.putBson(out.arrayIndex(i), values.get(i), BsonDocument.class, registry);
            }
            out.endDocument(mark);
        }
    }

    /** An index given by its keys or by its name. */
    static void putHint(CommandWriter out, @Nullable Bson hint, @Nullable String hintString, CodecRegistry registry) {
        if (hint != null) {
            put(out, Names.HINT, hint, registry);
        } else {
            put(out, Names.HINT, hintString);
        }
    }

    /** A time limit in whole milliseconds; a positive one under a millisecond is one, since zero means none. */
    static void putMillis(CommandWriter out, byte[] name, @Nullable Duration value) {
        if (value != null) {
            out.putInt64(name, millis(value));
        }
    }

    /** A time limit in whole milliseconds, see {@link #putMillis}. */
    static long millis(Duration value) {
        return value.isZero() ? 0 : Math.max(1, value.toMillis());
    }

    /** The server's time limit, which a timeout of the whole operation replaces. */
    static void putMaxTime(CommandWriter out, Scope scope, @Nullable Duration maxTime) {
        if (!scope.hasTimeout()) {
            putMillis(out, Names.MAX_TIME_MS, maxTime);
        }
    }
}
