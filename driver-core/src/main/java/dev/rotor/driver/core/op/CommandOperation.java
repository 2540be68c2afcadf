package dev.rotor.driver.core.op;

import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.topology.ServerSelector;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A command put together from parts, for those that are sent now and then: creating, dropping, listing. Commands of the
 * hot path are classes of their own.
 */
public final class CommandOperation<T extends @Nullable Object> extends Operation<T> {

    /** Writes a command's own elements, its name first. */
    @FunctionalInterface
    interface Body {
        void write(CommandWriter out, ConnectionDescription connection);
    }

    /** Reads a reply with {@code ok: 1}. */
    @FunctionalInterface
    interface Reader<T extends @Nullable Object> {
        @Nullable
        T read(ReplyEnvelope reply, ReplyContext context);
    }

    private final ServerSelector selector;
    private final RetryKind retryKind;
    private final CommandKind commandKind;
    private final boolean readConcern;
    private final boolean writeConcern;
    private final boolean readPreference;
    private final boolean limited;
    private final Body body;
    private final Reader<T> reader;

    private CommandOperation(
            String commandName,
            Scope scope,
            ServerSelector selector,
            RetryKind retryKind,
            CommandKind commandKind,
            boolean readConcern,
            boolean writeConcern,
            boolean readPreference,
            boolean limited,
            Body body,
            Reader<T> reader) {
        super(commandName, scope);
        this.selector = selector;
        this.retryKind = retryKind;
        this.commandKind = commandKind;
        this.readConcern = readConcern;
        this.writeConcern = writeConcern;
        this.readPreference = readPreference;
        this.limited = limited;
        this.body = Objects.requireNonNull(body);
        this.reader = Objects.requireNonNull(reader);
    }

    /** A command that reads data: read preference, read concern, retried as a read. */
    static <T extends @Nullable Object> CommandOperation<T> read(
            String name, Scope scope, Body body, Reader<T> reader) {
        return new CommandOperation<>(
                name,
                scope,
                scope.readSelector(),
                RetryKind.READ,
                CommandKind.READ,
                true,
                false,
                true,
                true,
                body,
                reader);
    }

    /** A command that lists what is there, on the primary, without a concern; retried as a read. */
    static <T extends @Nullable Object> CommandOperation<T> list(
            String name, Scope scope, Body body, Reader<T> reader) {
        return listing(name, scope, true, body, reader);
    }

    /** The same; its {@code maxTimeMS} is left out where the limit of the server would be one of the whole cursor. */
    static <T extends @Nullable Object> CommandOperation<T> listing(
            String name, Scope scope, boolean limited, Body body, Reader<T> reader) {
        return new CommandOperation<>(
                name,
                scope,
                ServerSelector.PRIMARY,
                RetryKind.READ,
                CommandKind.READ,
                false,
                false,
                false,
                limited,
                body,
                reader);
    }

    /**
     * A command that changes things other than documents: to a writable server, with the write concern, never retried.
     */
    static <T extends @Nullable Object> CommandOperation<T> write(
            String name, Scope scope, Body body, Reader<T> reader) {
        return new CommandOperation<>(
                name,
                scope,
                ServerSelector.WRITABLE,
                RetryKind.NONE,
                CommandKind.WRITE,
                false,
                true,
                false,
                true,
                body,
                reader);
    }

    /** Any command as the user gave it: where the read preference says, with no concern, never retried. */
    static <T extends @Nullable Object> CommandOperation<T> asGiven(
            String name, Scope scope, Body body, Reader<T> reader) {
        return new CommandOperation<>(
                name,
                scope,
                scope.readSelector(),
                RetryKind.NONE,
                CommandKind.GIVEN,
                false,
                false,
                true,
                true,
                body,
                reader);
    }

    /** A command that changes things and takes no concern at all: to a writable server, never retried. */
    static <T extends @Nullable Object> CommandOperation<T> bare(
            String name, Scope scope, Body body, Reader<T> reader) {
        return new CommandOperation<>(
                name,
                scope,
                ServerSelector.WRITABLE,
                RetryKind.NONE,
                CommandKind.WRITE,
                false,
                false,
                false,
                true,
                body,
                reader);
    }

    /** A command that reads data like {@link #read}, but is never retried. */
    static <T extends @Nullable Object> CommandOperation<T> readOnce(
            String name, Scope scope, Body body, Reader<T> reader) {
        return new CommandOperation<>(
                name,
                scope,
                scope.readSelector(),
                RetryKind.NONE,
                CommandKind.READ,
                true,
                false,
                true,
                true,
                body,
                reader);
    }

    /** A user's command says where it goes: beside the transaction's read preference, its own must be primary. */
    @Override
    boolean isReadableInTransaction() {
        return commandKind != CommandKind.GIVEN || scope().readPreference().mode() == ReadPreference.Mode.PRIMARY;
    }

    @Override
    ServerSelector selector() {
        return selector;
    }

    @Override
    RetryKind retryKind() {
        return retryKind;
    }

    @Override
    CommandKind commandKind() {
        return commandKind;
    }

    @Override
    long maxTimeMillis(long left) {
        return limited ? left : Timeouts.UNLIMITED;
    }

    /** Of commands that change something only those of {@link #bare} have no write concern: they know none. */
    @Override
    boolean takesConcerns() {
        return commandKind != CommandKind.WRITE || writeConcern;
    }

    @Override
    boolean sendsReadConcern() {
        return readConcern;
    }

    @Override
    boolean sendsWriteConcern() {
        return writeConcern;
    }

    @Override
    boolean sendsReadPreference() {
        return readPreference;
    }

    @Override
    void writeBody(CommandWriter out, ConnectionDescription connection) {
        body.write(out, connection);
    }

    @Override
    @Nullable
    T read(ReplyEnvelope reply, ReplyContext context) {
        if (writeConcern && reply.writeConcernErrorOffset() >= 0) {
            throw WriteReplies.writeConcernFailure(reply, context.connection().server());
        }
        return reader.read(reply, context);
    }
}
