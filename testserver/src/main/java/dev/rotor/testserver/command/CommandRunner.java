package dev.rotor.testserver.command;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.bson.BsonException;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.CommandRequest;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.MemberRole;
import dev.rotor.testserver.engine.RetryableStatements;
import dev.rotor.testserver.engine.SessionRequest;
import dev.rotor.testserver.failpoint.FailCommand;
import dev.rotor.testserver.session.SessionRecord;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of one command, in the order in which a server checks things. */
final class CommandRunner {

    private static final Logger LOGGER = LoggerFactory.getLogger(CommandRunner.class);

    private final FrontCommands frontCommands = new FrontCommands();

    /** The reply, or null if the connection is to be closed in place of one. */
    @Nullable
    Document run(Invocation invocation) {
        Document reply;
        try {
            reply = checkAndExecute(invocation);
            if (!reply.containsKey("ok")) {
                reply.put("ok", 1.0);
            }
        } catch (CommandError e) {
            reply = failed(invocation, e);
        } catch (BsonException e) {
            reply = failed(invocation, new CommandError(ErrorCode.INVALID_BSON, String.valueOf(e.getMessage())));
        } catch (RuntimeException | StackOverflowError e) {
            LOGGER.warn("{} fails inside the test server", invocation.name(), e);
            reply = failed(invocation, new CommandError(ErrorCode.INTERNAL_ERROR, "fault of the test server: " + e));
        }
        if (invocation.closesConnection()) {
            return null;
        }
        Labels.addTo(reply, invocation);
        addRecoveryToken(reply, invocation);
        addTimes(reply, invocation);
        return reply;
    }

    private static Document failed(Invocation invocation, CommandError error) {
        Document reply = new Document("ok", 0.0)
                .append("errmsg", error.message())
                .append("code", error.code())
                .append("codeName", error.codeName());
        reply.putAll(error.extra());
        if (!error.labels().isEmpty()) {
            reply.put("errorLabels", new ArrayList<>(error.labels()));
        }
        if (isStateChange(error.code())
                && !invocation.isInjected()
                && invocation.version().atLeast(4, 4)) {
            reply.put("topologyVersion", invocation.process().view().topologyVersion());
        }
        return reply;
    }

    /**
     * Such errors tell the topologyVersion, so that a client can see whether they are stale; not those of a fail point,
     * which nothing has changed for.
     */
    private static boolean isStateChange(int code) {
        return code == 10107
                || code == 13435
                || code == 13436
                || code == 189
                || code == 91
                || code == 11600
                || code == 11602;
    }

    /** A mongos tells each time which shard knows the outcome of the transaction, for a commit at another mongos. */
    private static void addRecoveryToken(Document reply, Invocation invocation) {
        if (invocation.cluster().kind().isSharded()
                && invocation.isInTransaction()
                && reply.get("ok") instanceof Number ok
                && ok.doubleValue() == 1) {
            reply.put("recoveryToken", new Document("recoveryShardId", "shard01"));
        }
    }

    private static void addTimes(Document reply, Invocation invocation) {
        Cluster cluster = invocation.cluster();
        if (cluster.kind().hasClusterTime()) {
            reply.put("$clusterTime", cluster.clusterClock().document());
            reply.put("operationTime", cluster.engine().lastOperationTime());
        }
    }

    private Document checkAndExecute(Invocation invocation) {
        FrontCommand front = frontCommands.find(invocation);
        if (front == null && !invocation.cluster().engine().executes(invocation.mainName())) {
            throw CommandError.commandNotFound(invocation.name());
        }
        Document command = invocation.command();
        Long maxTime = Arguments.maxTimeMillis(command);
        if (maxTime != null && !invocation.name().equals("getMore")) {
            // On a getMore it is how long to await; whoever holds the cursor knows what it means.
            invocation.interruption().limit(TimeUnit.MILLISECONDS.toNanos(maxTime));
        }
        invocation.api(Arguments.api(command, invocation.process().parameters()));
        hearClusterTime(invocation);
        Access.readSession(invocation);
        failCommand(invocation);
        Access.check(invocation);
        ApiCheck.check(invocation);
        Access.checkSession(invocation);
        Access.checkRole(invocation);
        invocation.readConcern(Concerns.readConcern(invocation));
        WriteConcern writeConcern = Concerns.writeConcern(invocation);
        awaitClusterTime(invocation);
        if (maxTime != null && !invocation.name().equals("getMore")) {
            invocation.timeLimited();
        }
        Document reply;
        try {
            reply = front != null ? front.run(invocation) : executeInTurn(invocation);
        } catch (CommandError error) {
            awaitWriteConcern(invocation, writeConcern, error);
            throw error;
        }
        if (invocation.traits().takesWriteConcern()) {
            awaitWriteConcern(invocation, writeConcern, reply);
        }
        return reply;
    }

    /**
     * A command that fails waits as well: what it reports, a duplicate key or a collection that is there already, may
     * be the work of others that is not replicated yet. Not if this member cannot tell any more what is.
     */
    private static void awaitWriteConcern(
            Invocation invocation, @Nullable WriteConcern writeConcern, CommandError error) {
        if (writeConcern == null || isInnerTransactionCommand(invocation) || endsWait(error.code())) {
            return;
        }
        Document concernError = writeConcern.await(invocation);
        if (concernError != null) {
            error.with("writeConcernError", concernError);
        }
    }

    private static boolean endsWait(int code) {
        return isStateChange(code)
                || code == ErrorCode.MAX_TIME_MS_EXPIRED.code()
                || code == ErrorCode.INTERRUPTED.code()
                || code == ErrorCode.CLIENT_DISCONNECT.code();
    }

    private static void hearClusterTime(Invocation invocation) {
        BsonTimestamp time = Arguments.clusterTime(invocation.command());
        if (time != null && invocation.cluster().kind().hasClusterTime()) {
            invocation.cluster().clusterClock().hear(time);
        }
    }

    /** The server's fail point failCommand, as far as it strikes before the command runs: blocks, closes, fails. */
    private static void failCommand(Invocation invocation) {
        FailCommand.Occasion occasion = invocation.occasion();
        Document data =
                invocation.process().failPoints().failCommand().strike(each -> FailCommand.failsBefore(each, occasion));
        if (data == null) {
            return;
        }
        invocation.labelsOverride(FailCommand.errorLabels(data));
        long millis = FailCommand.blockMillis(data);
        if (millis > 0) {
            invocation.interruption().sleep(TimeUnit.MILLISECONDS.toNanos(millis));
        }
        if (FailCommand.closesConnection(data)) {
            invocation.closeConnection();
            throw new CommandError(
                    ErrorCode.INTERNAL_ERROR, "Failing command via 'failCommand' failpoint: close connection");
        }
        Integer code = FailCommand.errorCode(data);
        if (code != null) {
            invocation.injected();
            throw new CommandError(code, "Failing command via 'failCommand' failpoint");
        }
    }

    private static void awaitClusterTime(Invocation invocation) {
        BsonTimestamp after = invocation.readConcern().afterClusterTime();
        if (after == null) {
            return;
        }
        Cluster cluster = invocation.cluster();
        BsonTimestamp now = cluster.clusterClock().now();
        if (after.compareTo(now) > 0) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS,
                    "readConcern afterClusterTime value must not be greater than the current clusterTime. "
                            + "Requested clusterTime: " + after + "; current clusterTime: " + now);
        }
        if (after.compareTo(cluster.engine().lastOperationTime()) > 0) {
            cluster.engine().advanceTo(after);
        }
    }

    /** Commands of one session with a txnNumber run one after the other. */
    private static Document executeInTurn(Invocation invocation) {
        SessionRequest session = invocation.session();
        if (session == null || session.txnNumber() == null) {
            return executeAtGate(invocation, null);
        }
        SessionRecord record = invocation.cluster().sessions().use(session.key());
        record.turn().lock();
        try {
            record.begin(session.txnNumber(), session.autocommit() != null);
            return executeAtGate(
                    invocation, invocation.isRetryableWrite() ? new RecordedStatements(record, invocation) : null);
        } finally {
            record.turn().unlock();
        }
    }

    /** A write is let in only while the member is primary, and a step-down waits for those inside. */
    private static Document executeAtGate(Invocation invocation, @Nullable RetryableStatements statements) {
        if (!Access.needsPrimary(invocation)) {
            return execute(invocation, statements);
        }
        awaitOtherMembers(invocation);
        // Marked before: whoever closes the gate must find every write that is inside.
        invocation.writing(true);
        invocation.process().writeGate().enter();
        try {
            Access.checkPrimary(invocation);
            return execute(invocation, statements);
        } finally {
            invocation.writing(false);
            invocation.process().writeGate().exit();
        }
    }

    /**
     * What a primary that is cut off writes is rolled back later. Here all members share their data, so it is not
     * written in the first place: it waits until the member steps down, and fails, or until the cut is healed.
     */
    private static void awaitOtherMembers(Invocation invocation) {
        Cluster cluster = invocation.cluster();
        int member = invocation.member();
        if (cluster.topology().isStalePrimary(member)) {
            cluster.topology()
                    .await(
                            () -> !cluster.topology().isStalePrimary(member),
                            Long.MAX_VALUE / 2,
                            invocation.interruption());
            if (cluster.topology().view(member).role() != MemberRole.PRIMARY) {
                throw new CommandError(ErrorCode.INTERRUPTED_DUE_TO_REPL_STATE_CHANGE, "operation was interrupted");
            }
        }
    }

    private static Document execute(Invocation invocation, @Nullable RetryableStatements statements) {
        return invocation
                .cluster()
                .engine()
                .execute(new CommandRequest(
                        invocation.database(),
                        invocation.mainName(),
                        invocation.commandUnderMainName(),
                        invocation.session(),
                        invocation.readConcern(),
                        invocation.api(),
                        statements,
                        invocation,
                        invocation.interruption()));
    }

    /** Waits as the writeConcern says; failCommand may put its own writeConcernError in place of that. */
    private static void awaitWriteConcern(Invocation invocation, @Nullable WriteConcern writeConcern, Document reply) {
        FailCommand.Occasion occasion = invocation.occasion();
        Document data = invocation
                .process()
                .failPoints()
                .failCommand()
                .strike(each -> FailCommand.failsWriteConcern(each, occasion));
        if (data != null) {
            invocation.injected();
            invocation.labelsOverride(FailCommand.errorLabels(data));
            reply.put("writeConcernError", named(data.get("writeConcernError")));
        } else if (writeConcern != null && !isInnerTransactionCommand(invocation)) {
            Document error = writeConcern.await(invocation);
            if (error != null) {
                reply.put("writeConcernError", error);
            }
        }
    }

    private static boolean isInnerTransactionCommand(Invocation invocation) {
        return invocation.isInTransaction() && !invocation.endsTransaction();
    }

    private static @Nullable Object named(@Nullable Object error) {
        return error instanceof Document document ? document.cloneDeeply() : error;
    }
}
