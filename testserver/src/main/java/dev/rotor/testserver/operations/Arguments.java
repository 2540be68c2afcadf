package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.GenericArguments;
import dev.rotor.testserver.engine.ServerVersion;
import java.util.HashMap;
import java.util.Map;

/**
 * The arguments of a command, or of a statement of one, and since when there are. What a server does not know it
 * refuses, in words that depend on the command and its version.
 */
public final class Arguments {
    private static final ServerVersion ALWAYS = new ServerVersion(0, 0, 0);
    private static final ServerVersion COMMENTS = new ServerVersion(4, 4, 0);
    private static final ServerVersion RAW_DATA = new ServerVersion(8, 2, 0);

    private final String context;
    private final boolean statement;
    private final Map<String, ServerVersion> since = new HashMap<>();

    private Arguments(String context, boolean statement, String[] names) {
        this.context = context;
        this.statement = statement;
        for (String name : names) {
            since.put(name, ALWAYS);
        }
    }

    /** The arguments that the command has always had, besides those that all commands have. */
    public static Arguments of(String command, String... names) {
        return new Arguments(command, false, names);
    }

    /** The fields of a statement such as {@code update.updates}. */
    public static Arguments ofStatement(String path, String... names) {
        return new Arguments(path, true, names);
    }

    /** More, that came with a version. */
    public Arguments since(String version, String... names) {
        for (String name : names) {
            since.put(name, ServerVersion.parse(version));
        }
        return this;
    }

    void check(Document command, ServerVersion version) {
        for (Map.Entry<String, Object> entry : command.entrySet()) {
            String name = entry.getKey();
            if (name.equals(context)) {
                continue;
            }
            ServerVersion from = since.get(name);
            if (from == null && !statement && name.equals("comment")) {
                from = commentsSince(entry.getValue());
            }
            if (from == null && !statement && name.equals("rawData")) {
                from = RAW_DATA;
            }
            if (from == null && !statement && GenericArguments.contains(name)) {
                from = ALWAYS;
            }
            if (from == null || version.compareTo(from) < 0) {
                throw unknown(name, version);
            }
        }
    }

    /** Before 4.4 only a few commands took a comment, and only text; these two learned documents with 4.4.14. */
    private ServerVersion commentsSince(Object value) {
        boolean text = value instanceof String;
        return switch (context) {
            case "find", "aggregate" -> text ? ALWAYS : COMMENTS;
            case "count", "distinct" -> text ? ALWAYS : new ServerVersion(4, 4, 14);
            default -> COMMENTS;
        };
    }

    private CommandError unknown(String name, ServerVersion version) {
        if (!version.atLeast(5, 0)) {
            CommandError old =
                    switch (context) {
                        case "find" ->
                            new CommandError(
                                    ErrorCode.FAILED_TO_PARSE, "Failed to parse: Unrecognized field '" + name + "'.");
                        case "aggregate" ->
                            new CommandError(ErrorCode.FAILED_TO_PARSE, "unrecognized field '" + name + "'");
                        case "findAndModify" ->
                            new CommandError(40415, "BSON field '" + name + "' is an unknown field.");
                        default -> null;
                    };
            if (old != null) {
                return old;
            }
        }
        return new CommandError(40415, "BSON field '" + context + "." + name + "' is an unknown field.");
    }
}
