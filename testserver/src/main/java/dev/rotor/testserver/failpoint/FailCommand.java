package dev.rotor.testserver.failpoint;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the data of {@code failCommand} say. Pure. */
public final class FailCommand {

    private FailCommand() {}

    /** What the fail point is asked about. */
    public record Occasion(Collection<String> commandNames, String namespace, @Nullable String appName) {}

    /** Refuses data that the server refuses as well when the fail point strikes. */
    static void check(Document data) {
        if (isTrue(data, "blockConnection") && !(data.get("blockTimeMS") instanceof Number)) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS, "must specify 'blockTimeMS' when 'blockConnection' is true");
        }
        if (data.get("failCommands") != null && !(data.get("failCommands") instanceof Collection)) {
            throw new CommandError(ErrorCode.TYPE_MISMATCH, "'failCommands' must be an array");
        }
    }

    /** Whether it fails the command itself: the evaluation before the command runs. */
    public static boolean failsBefore(Document data, Occasion occasion) {
        return concerns(data, occasion)
                && (isTrue(data, "closeConnection")
                        || isTrue(data, "blockConnection")
                        || data.containsKey("errorCode"));
    }

    /** Whether it adds a write concern error: the evaluation after the command has run. */
    public static boolean failsWriteConcern(Document data, Occasion occasion) {
        return data.containsKey("writeConcernError") && concerns(data, occasion);
    }

    /** The command that sets fail points is never struck. */
    private static boolean concerns(Document data, Occasion occasion) {
        if (occasion.commandNames().contains("configureFailPoint")) {
            return false;
        }
        if (data.get("appName") instanceof String appName && !appName.equals(occasion.appName())) {
            return false;
        }
        if (data.get("namespace") instanceof String namespace && !namespace.equals(occasion.namespace())) {
            return false;
        }
        if (isTrue(data, "failAllCommands")) {
            return true;
        }
        return data.get("failCommands") instanceof Collection<?> names
                && names.stream()
                        .anyMatch(each -> each instanceof String name
                                && occasion.commandNames().contains(name));
    }

    /** Whether the connection is to be closed without a reply. */
    public static boolean closesConnection(Document data) {
        return isTrue(data, "closeConnection");
    }

    /** For how many milliseconds the command is held back; 0 if not. */
    public static long blockMillis(Document data) {
        return isTrue(data, "blockConnection") && data.get("blockTimeMS") instanceof Number time ? time.longValue() : 0;
    }

    /** The code to fail with, or null. */
    public static @Nullable Integer errorCode(Document data) {
        return data.get("errorCode") instanceof Number code ? code.intValue() : null;
    }

    /** The labels that replace the server's own, empty to have none; null to leave the server's. */
    public static @Nullable List<String> errorLabels(Document data) {
        if (!(data.get("errorLabels") instanceof Collection<?> labels)) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Object each : labels) {
            texts.add(String.valueOf(each));
        }
        return texts;
    }

    private static boolean isTrue(Document data, String field) {
        Object value = data.get(field);
        return value instanceof Boolean bool ? bool : value instanceof Number number && number.doubleValue() != 0;
    }
}
