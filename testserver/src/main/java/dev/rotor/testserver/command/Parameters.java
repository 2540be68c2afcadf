package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.auth.Users;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.GenericArguments;
import dev.rotor.testserver.engine.ServerVersion;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The server parameters of one process. */
public final class Parameters {

    /** Can be set when the server starts only. */
    private static final Set<String> STARTUP_ONLY = Set.of(
            "enableTestCommands",
            "authenticationMechanisms",
            "featureCompatibilityVersion",
            "acceptApiVersion2",
            "networkMessageCompressors");

    private final Map<String, Object> values = new ConcurrentSkipListMap<>();

    Parameters(ServerVersion version, boolean auth, Map<String, Object> given) {
        values.put("enableTestCommands", true);
        values.put("acceptApiVersion2", false);
        values.put("requireApiVersion", false);
        values.put("authenticationMechanisms", Users.MECHANISMS);
        values.put("authSchemaVersion", 5);
        values.put("authorization", auth ? "enabled" : "disabled");
        values.put("featureCompatibilityVersion", new Document("version", version.major() + "." + version.minor()));
        values.put("scramIterationCount", 10_000);
        values.put("scramSHA256IterationCount", 15_000);
        values.put("networkMessageCompressors", "snappy,zstd,zlib");
        values.put("logLevel", 0);
        values.put("quiet", false);
        values.put("notablescan", false);
        values.put("ttlMonitorEnabled", true);
        values.put("ttlMonitorSleepSecs", 60);
        values.put("cursorTimeoutMillis", 600_000L);
        values.put("localLogicalSessionTimeoutMinutes", 30);
        values.put("transactionLifetimeLimitSeconds", 60);
        values.put("maxTransactionLockRequestTimeoutMillis", 5);
        values.put("clientCursorMonitorFrequencySecs", 4);
        values.put("ingressConnectionEstablishmentRateLimiterEnabled", false);
        values.put("ingressConnectionEstablishmentRatePerSec", 0x7fffffff);
        values.put("ingressConnectionEstablishmentBurstCapacitySecs", 1.0);
        values.put("ingressConnectionEstablishmentMaxQueueDepth", 0);
        values.put("externalClientBaseBackoffMS", 0);
        values.putAll(given);
    }

    /** The value, or null. */
    @Nullable
    Object get(String name) {
        return values.get(name);
    }

    boolean isOn(String name) {
        Object value = values.get(name);
        return value instanceof Boolean bool ? bool : value instanceof Number number && number.doubleValue() != 0;
    }

    int number(String name) {
        return values.get(name) instanceof Number number ? number.intValue() : 0;
    }

    /** {@code getParameter}. */
    Document show(Document command) {
        Object wanted = command.get("getParameter");
        boolean all = "*".equals(wanted)
                || (wanted instanceof Document options && Boolean.TRUE.equals(options.get("allParameters")));
        Document found = new Document();
        if (all) {
            found.putAll(new TreeMap<>(values));
            return found;
        }
        for (String each : command.keySet()) {
            Object value = values.get(each);
            if (value != null) {
                found.put(each, value);
            }
        }
        if (found.isEmpty()) {
            throw new CommandError(ErrorCode.INVALID_OPTIONS, "no option found to get");
        }
        return found;
    }

    /** {@code setParameter}. */
    Document set(Document command) {
        Object was = null;
        int count = 0;
        for (Map.Entry<String, Object> each : command.entrySet()) {
            String name = each.getKey();
            if (name.equals("setParameter") || GenericArguments.contains(name)) {
                continue;
            }
            Object old = values.get(name);
            if (old == null) {
                throw new CommandError(
                        ErrorCode.INVALID_OPTIONS,
                        "attempted to set unrecognized parameter [" + name + "], use help:true to see options ");
            }
            if (STARTUP_ONLY.contains(name)) {
                throw new CommandError(ErrorCode.ILLEGAL_OPERATION, "not allowed to change [" + name + "] at runtime");
            }
            values.put(name, sameType(name, old, each.getValue()));
            was = old;
            count++;
        }
        if (count == 0) {
            throw new CommandError(ErrorCode.INVALID_OPTIONS, "no option found to set, use help:true to see options ");
        }
        return new Document("was", was);
    }

    private static Object sameType(String name, Object old, @Nullable Object value) {
        if (old instanceof Boolean && value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        boolean fits = old instanceof Boolean
                ? value instanceof Boolean
                : old instanceof Number
                        ? value instanceof Number
                        : old instanceof Collection ? value instanceof Collection : value != null;
        if (!fits || value == null) {
            throw new CommandError(ErrorCode.BAD_VALUE, "Invalid value for parameter " + name + ": " + value);
        }
        return value;
    }
}
