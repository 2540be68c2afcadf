package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.MemberRole;
import dev.rotor.testserver.engine.SessionRequest;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Whether a command may run for this client, in this session, on this member. */
final class Access {

    private static final int TXN_NUMBER_WITHOUT_USE = 50768;

    private static final Set<String> LOCAL_DATABASES = Set.of("admin", "config", "local");

    private Access() {}

    /** Sessions of clients who have not authenticated, but should have, are not looked at. */
    static void readSession(Invocation invocation) {
        if (invocation.cluster().auth() && !invocation.client().isAuthenticated()) {
            return;
        }
        SessionRequest session =
                Arguments.session(invocation.command(), invocation.client().user());
        invocation.session(session);
        if (session != null && !invocation.name().equals("endSessions")) {
            invocation.cluster().sessions().use(session.key());
        }
    }

    /** Authentication, and the commands for the admin database. */
    static void check(Invocation invocation) {
        CommandTraits traits = invocation.traits();
        if (invocation.cluster().auth()
                && !traits.runsWithoutAuth()
                && !invocation.client().isAuthenticated()) {
            throw new CommandError(
                    ErrorCode.UNAUTHORIZED,
                    (invocation.version().atLeast(5, 0) ? "Command " : "command ") + invocation.name()
                            + " requires authentication");
        }
        if (traits.isAdminOnly() && !invocation.database().equals("admin")) {
            throw new CommandError(
                    ErrorCode.UNAUTHORIZED, invocation.name() + " may only be run against the admin database.");
        }
    }

    /** Transactions and retryable writes: where, and for which commands. */
    static void checkSession(Invocation invocation) {
        SessionRequest session = invocation.session();
        if (session == null || session.txnNumber() == null) {
            return;
        }
        String name = invocation.name();
        CommandTraits traits = invocation.traits();
        if (invocation.deployment() == DeploymentKind.STANDALONE) {
            throw new CommandError(
                    ErrorCode.ILLEGAL_OPERATION,
                    "Transaction numbers are only allowed on a replica set member or mongos");
        }
        if (session.autocommit() == null) {
            if (invocation.endsTransaction()) {
                throw new CommandError(
                        ErrorCode.INVALID_OPTIONS, "'autocommit' field must be specified as false with " + name);
            }
            if (!traits.isRetryable()) {
                throw new CommandError(
                        TXN_NUMBER_WITHOUT_USE,
                        "txnNumber may only be provided for multi-document transactions and retryable write commands. "
                                + "autocommit:false was not provided, and " + name
                                + " is not a retryable write command.");
            }
            return;
        }
        if (!traits.runsInTransaction()) {
            throw new CommandError(
                    ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION,
                    "Cannot run '" + name + "' in a multi-document transaction.");
        }
        if (session.startTransaction() && invocation.endsTransaction()) {
            throw new CommandError(
                    ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION,
                    "Cannot run '" + name + "' as the first operation of a transaction");
        }
        if (!traits.isAdminOnly()
                && !name.equals("getMore")
                && !name.equals("killCursors")
                && LOCAL_DATABASES.contains(invocation.database())
                && !invocation.database().equals("local")) {
            boolean writes = traits.writes();
            if (writes
                    || (invocation.database().equals("admin") && !name.equals("find") && !name.equals("aggregate"))) {
                throw new CommandError(
                        ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION,
                        "Cannot run command against the '" + invocation.database() + "' database in a transaction.");
            }
        }
    }

    /** Whether a secondary may run it: only what it always runs, or reads whose client agrees to a secondary. */
    static void checkRole(Invocation invocation) {
        MemberRole role = invocation.role();
        if (role.isWritable()) {
            return;
        }
        CommandTraits.OnSecondary rule = needsPrimary(invocation)
                ? CommandTraits.OnSecondary.NEVER
                : invocation.traits().onSecondary();
        if (rule == CommandTraits.OnSecondary.ALWAYS) {
            return;
        }
        if (role == MemberRole.RECOVERING) {
            throw new CommandError(ErrorCode.NOT_PRIMARY_OR_SECONDARY, "node is recovering");
        }
        boolean helloOk = invocation.client().isHelloOk();
        if (rule == CommandTraits.OnSecondary.OPT_IN) {
            if (!Arguments.allowsSecondary(invocation.command())) {
                throw new CommandError(
                        ErrorCode.NOT_PRIMARY_NO_SECONDARY_OK,
                        helloOk ? "not primary and secondaryOk=false" : "not master and slaveOk=false");
            }
            return;
        }
        throw notPrimary(helloOk);
    }

    /** Asked again inside the gate, where no step-down can come between. */
    static void checkPrimary(Invocation invocation) {
        if (!invocation.role().isWritable()) {
            throw notPrimary(invocation.client().isHelloOk());
        }
    }

    private static CommandError notPrimary(boolean helloOk) {
        return new CommandError(ErrorCode.NOT_WRITABLE_PRIMARY, helloOk ? "not primary" : "not master");
    }

    /** Writes, transactions, and pipelines that write on servers before 5.0. */
    static boolean needsPrimary(Invocation invocation) {
        return invocation.traits().writes()
                || invocation.isInTransaction()
                || (writesByPipeline(invocation) && !invocation.version().atLeast(5, 0));
    }

    /** Whether it is an aggregate that begins with $changeStream. */
    static boolean opensChangeStream(Invocation invocation) {
        return invocation.name().equals("aggregate")
                && invocation.command().get("pipeline") instanceof Collection<?> stages
                && !stages.isEmpty()
                && stages.iterator().next() instanceof Document stage
                && stage.containsKey("$changeStream");
    }

    /** Whether it is an aggregate that ends with $out or $merge. */
    static boolean writesByPipeline(Invocation invocation) {
        Object pipeline = invocation.command().get("pipeline");
        if (!invocation.name().equals("aggregate") || !(pipeline instanceof Collection<?> stages) || stages.isEmpty()) {
            return false;
        }
        Object last = List.copyOf(stages).get(stages.size() - 1);
        return last instanceof Document stage && (stage.containsKey("$out") || stage.containsKey("$merge"));
    }
}
