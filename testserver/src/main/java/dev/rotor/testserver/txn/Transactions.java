package dev.rotor.testserver.txn;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.CommandRequest;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.SessionKey;
import dev.rotor.testserver.engine.SessionRequest;
import dev.rotor.testserver.storage.Store;
import dev.rotor.testserver.txn.Transaction.State;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The newest transaction of each session. Used under the lock of the store only. */
public final class Transactions {
    private static final Set<String> ALLOWED = Set.of(
            "insert",
            "update",
            "delete",
            "findAndModify",
            "findandmodify",
            "find",
            "getMore",
            "aggregate",
            "distinct",
            "killCursors",
            "create",
            "createIndexes",
            "bulkWrite");
    private static final Set<String> LEVELS = Set.of("local", "majority", "snapshot");

    private final Store store;
    private final Clock clock;
    private final Map<SessionKey, Transaction> newest = new HashMap<>();

    public Transactions(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * The transaction that a command belongs to, which begins here if the command says so; null if it belongs to none.
     * A retryable write with a later number ends an open transaction of its session.
     */
    public @Nullable Transaction enter(CommandRequest request) {
        SessionRequest session = request.session();
        Long number = session == null ? null : session.txnNumber();
        if (session == null || number == null) {
            return null;
        }
        if (request.server().deployment() == DeploymentKind.STANDALONE) {
            throw new CommandError(
                    ErrorCode.ILLEGAL_OPERATION,
                    "Transaction numbers are only allowed on a replica set member or mongos");
        }
        Transaction known = newest.get(session.key());
        if (session.autocommit() == null) {
            if (known != null && number > known.number()) {
                abortOpen(known);
            }
            return null;
        }
        if (!session.startTransaction()) {
            return continued(request, known, number);
        }
        check(request);
        if (known != null && known.number() == number && known.state() != State.ABORTED) {
            throw new CommandError(
                    50911,
                    "Cannot start a transaction at given transaction number " + number
                            + " a transaction with the same number is in state "
                            + (known.state() == State.COMMITTED
                                    ? "TxnState::CommittedTransaction"
                                    : "TxnState::InProgress"));
        }
        if (known != null) {
            abortOpen(known);
        }
        String level = request.readConcern().level();
        if (level != null && !LEVELS.contains(level)) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS,
                    "The readConcern level must be either 'local' (default), 'majority' or 'snapshot' in order to run"
                            + " in a transaction");
        }
        BsonTimestamp at = request.readConcern().atClusterTime();
        Document lsid = request.command().get("lsid") instanceof Document d
                ? d.cloneDeeply()
                : new Document("id", session.key().id());
        Transaction begun = new Transaction(
                lsid, number, request.server().member(), clock.instant(), at == null ? store.now() : at.getValue());
        newest.put(session.key(), begun);
        return begun;
    }

    private static Transaction continued(CommandRequest request, @Nullable Transaction known, long number) {
        Transaction transaction = matching(request, known, number);
        if (transaction.state() == State.COMMITTED) {
            throw new CommandError(ErrorCode.TRANSACTION_COMMITTED, "Transaction " + number + " has been committed.");
        }
        check(request);
        if (request.command().containsKey("readConcern")) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS, "Only the first command in a transaction may specify a readConcern");
        }
        return transaction;
    }

    private static Transaction matching(CommandRequest request, @Nullable Transaction known, long number) {
        boolean elsewhere = known != null
                && isElsewhere(request, known)
                && !request.command().containsKey("recoveryToken");
        if (known == null || known.number() != number || elsewhere) {
            throw new CommandError(
                    ErrorCode.NO_SUCH_TRANSACTION,
                    "Given transaction number " + number
                            + " does not match any in-progress transactions. The active transaction number is "
                            + (known == null ? -1 : known.number()));
        }
        if (known.state() == State.ABORTED) {
            throw new CommandError(
                    ErrorCode.NO_SUCH_TRANSACTION, "Transaction with { txnNumber: " + number + " } has been aborted.");
        }
        return known;
    }

    /** Whether the transaction belongs to another router than the one that was asked. */
    private static boolean isElsewhere(CommandRequest request, Transaction transaction) {
        return request.server().deployment().isSharded()
                && transaction.member() != request.server().member();
    }

    private static void check(CommandRequest request) {
        String name = request.name();
        if (!ALLOWED.contains(name)
                || (name.startsWith("create") && !request.version().atLeast(4, 4))) {
            throw new CommandError(
                    ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION,
                    name.equals("count")
                            ? "Cannot run 'count' in a multi-document transaction. Please use the aggregation"
                                    + " framework instead."
                            : "Cannot run '" + name + "' in a multi-document transaction.");
        }
        if (request.command().containsKey("writeConcern")) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS, "writeConcern is not allowed within a multi-statement transaction");
        }
    }

    /** {@code commitTransaction}: may be repeated. */
    public Document commit(CommandRequest request) {
        Transaction transaction = named(request);
        if (transaction.state() == State.IN_PROGRESS && isElsewhere(request, transaction)) {
            // Another router can only find out how a transaction has ended; one that has not ended is aborted by that.
            abortOpen(transaction);
            throw new CommandError(
                    ErrorCode.NO_SUCH_TRANSACTION,
                    "Transaction with { txnNumber: " + transaction.number() + " } has been aborted.");
        }
        if (transaction.state() == State.IN_PROGRESS) {
            try {
                store.commit(transaction.overlay(), transaction.lsid(), transaction.number());
            } catch (CommandError conflict) {
                transaction.end(State.ABORTED);
                throw conflict;
            }
            transaction.end(State.COMMITTED);
        }
        return new Document();
    }

    /** {@code abortTransaction}. */
    public Document abort(CommandRequest request) {
        Transaction transaction = named(request);
        if (transaction.state() == State.COMMITTED) {
            throw new CommandError(
                    ErrorCode.TRANSACTION_COMMITTED, "Transaction " + transaction.number() + " has been committed.");
        }
        abortOpen(transaction);
        return new Document();
    }

    private Transaction named(CommandRequest request) {
        SessionRequest session = request.session();
        Long number = session == null ? null : session.txnNumber();
        if (session == null || number == null || session.autocommit() == null) {
            throw new CommandError(50768, "txnNumber and autocommit: false are required to run " + request.name());
        }
        return matching(request, newest.get(session.key()), number);
    }

    /** Ends the transaction without its writes, if it is still open. */
    public void abortOpen(Transaction transaction) {
        if (transaction.state() == State.IN_PROGRESS) {
            store.abort(transaction.overlay());
            transaction.end(State.ABORTED);
        }
    }

    /** Whether it can still be written in. */
    public boolean isOpen(Transaction transaction) {
        return transaction.state() == State.IN_PROGRESS;
    }

    public void abortOf(SessionKey session) {
        Transaction transaction = newest.get(session);
        if (transaction != null) {
            abortOpen(transaction);
        }
    }

    public void abortAll() {
        newest.values().forEach(this::abortOpen);
    }

    /** Aborts the transactions that have been open for too long. */
    public void abortBegunBefore(Instant time) {
        newest.values().stream()
                .filter(transaction -> transaction.begun().isBefore(time))
                .forEach(this::abortOpen);
    }

    /** Aborts the open transactions that began on a member. */
    public void abortOn(int member) {
        Predicate<Transaction> there = transaction -> transaction.member() == member;
        newest.values().stream().filter(there).forEach(this::abortOpen);
    }
}
