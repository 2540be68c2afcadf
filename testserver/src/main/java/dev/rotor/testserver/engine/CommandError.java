package dev.rotor.testserver.engine;

import de.bwaldvogel.mongo.bson.Document;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A command fails: becomes {@code {ok: 0, errmsg, code, codeName}}. Labels that follow from the code alone
 * ({@code RetryableWriteError}, {@code TransientTransactionError}, {@code ResumableChangeStreamError}) are set by the
 * front.
 */
public final class CommandError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String codeName;
    private final transient Set<String> labels = new TreeSet<>();
    private final transient Document extra = new Document();

    public CommandError(ErrorCode code, String message) {
        this(code.code(), code.codeName(), message);
    }

    /** With the name that a server gives that code; {@code Location<code>} if it has none. */
    public CommandError(int code, String message) {
        this(code, ErrorCode.nameOf(code), message);
    }

    private CommandError(int code, String codeName, String message) {
        // No stack trace: such an error is an answer, not a fault of this program.
        super(message, null, false, false);
        this.code = code;
        this.codeName = codeName;
    }

    /** What every server says to a command it does not know. */
    public static CommandError commandNotFound(String name) {
        return new CommandError(ErrorCode.COMMAND_NOT_FOUND, "no such command: '" + name + "'");
    }

    /** Adds labels that do not follow from the code. */
    public CommandError withLabels(String... added) {
        labels.addAll(List.of(added));
        return this;
    }

    /** Adds a field beside {@code code}, such as {@code keyPattern}, {@code keyValue}, {@code errInfo}. */
    public CommandError with(String field, Object value) {
        extra.put(field, value);
        return this;
    }

    public int code() {
        return code;
    }

    public String codeName() {
        return codeName;
    }

    /** The message; never null. */
    public String message() {
        return String.valueOf(getMessage());
    }

    public Set<String> labels() {
        return new LinkedHashSet<>(labels);
    }

    public Document extra() {
        return extra;
    }
}
