package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.cursor.Cursors;
import dev.rotor.testserver.engine.CommandEngine;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.CommandRequest;
import dev.rotor.testserver.engine.EngineSettings;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.SessionKey;
import dev.rotor.testserver.engine.SessionRequest;
import dev.rotor.testserver.query.Failures;
import dev.rotor.testserver.storage.ReadPoint;
import dev.rotor.testserver.storage.Store;
import dev.rotor.testserver.txn.Transaction;
import dev.rotor.testserver.txn.Transactions;
import java.time.Instant;
import java.util.Random;
import java.util.Set;

/** The engine: looks the command up, finds out what it may see, and executes it under the lock of the store. */
public final class StoreEngine implements CommandEngine {
    private static final Set<String> SNAPSHOT_READS = Set.of("find", "aggregate", "distinct");
    /** A cursor reads what it was opened on, whatever a command on it says. */
    private static final Set<String> ON_CURSORS = Set.of("getMore", "killCursors");

    private static final Set<String> ENDS = Set.of("commitTransaction", "abortTransaction");

    private final Store store;
    private final Cursors cursors = new Cursors(new Random());
    private final Transactions transactions;
    private final CommandTable commands = new CommandTable();

    public StoreEngine(EngineSettings settings) {
        store = new Store(settings.clock());
        transactions = new Transactions(store, settings.clock());
    }

    @Override
    public Document execute(CommandRequest request) {
        store.lock().lock();
        try {
            if (request.name().equals("commitTransaction")) {
                return transactions.commit(request);
            }
            if (request.name().equals("abortTransaction")) {
                return transactions.abort(request);
            }
            return executeUnderLock(request);
        } catch (CommandError error) {
            throw error;
        } catch (RuntimeException | StackOverflowError failure) {
            throw failure instanceof RuntimeException fault
                    ? Failures.of(fault)
                    : new CommandError(ErrorCode.BAD_VALUE, "the command is nested too deeply");
        } finally {
            store.lock().unlock();
        }
    }

    private Document executeUnderLock(CommandRequest request) {
        CommandTable.Entry entry = commands.find(request.name());
        if (entry == null || request.version().compareTo(entry.since()) < 0) {
            throw CommandError.commandNotFound(request.name());
        }
        Transaction transaction = transactions.enter(request);
        if (transaction == null) {
            entry.arguments().check(request.command(), request.version());
            Call call = new Call(request, store, cursors, transactions, null, readPoint(request));
            return entry.command().run(call);
        }
        try {
            entry.arguments().check(request.command(), request.version());
            Call call = new Call(
                    request,
                    store,
                    cursors,
                    transactions,
                    transaction,
                    transaction.overlay().readPoint());
            Document reply = entry.command().run(call);
            if (reply.containsKey("writeErrors") || hasErrors(reply)) {
                // A statement that fails takes the whole transaction with it.
                end(request, transaction);
            }
            return reply;
        } catch (RuntimeException failure) {
            end(request, transaction);
            throw failure;
        }
    }

    private static boolean hasErrors(Document reply) {
        return reply.get("nErrors") instanceof Integer errors && errors > 0;
    }

    private void end(CommandRequest request, Transaction transaction) {
        transactions.abortOpen(transaction);
        SessionRequest session = request.session();
        if (session != null) {
            cursors.killOf(session.key(), transaction.number());
        }
    }

    private ReadPoint readPoint(CommandRequest request) {
        if (!request.readConcern().isSnapshot() || ON_CURSORS.contains(request.name())) {
            return ReadPoint.LATEST;
        }
        if (!SNAPSHOT_READS.contains(request.name()) || !request.version().atLeast(5, 0)) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS,
                    "Command " + request.name() + " does not support { readConcern: { level: \"snapshot\" } }");
        }
        BsonTimestamp at = request.readConcern().atClusterTime();
        if (at != null && at.getValue() > store.now()) {
            throw new CommandError(
                    ErrorCode.INVALID_OPTIONS,
                    "readConcern atClusterTime value must not be greater than the current clusterTime");
        }
        return new ReadPoint(at == null ? store.now() : at.getValue(), null);
    }

    @Override
    public boolean executes(String commandName) {
        return commands.find(commandName) != null || ENDS.contains(commandName);
    }

    @Override
    public BsonTimestamp lastOperationTime() {
        return locked(() -> new BsonTimestamp(store.now()));
    }

    @Override
    public Instant lastWriteDate() {
        return locked(store::lastWall);
    }

    private <T> T locked(java.util.function.Supplier<T> read) {
        store.lock().lock();
        try {
            return read.get();
        } finally {
            store.lock().unlock();
        }
    }

    private void locked(Runnable change) {
        store.lock().lock();
        try {
            change.run();
        } finally {
            store.lock().unlock();
        }
    }

    @Override
    public void advanceTo(BsonTimestamp time) {
        locked(() -> store.advanceTo(time.getValue()));
    }

    @Override
    public void primaryLeft() {
        locked((Runnable) transactions::abortAll);
    }

    @Override
    public void abortTransactionsBegunBefore(Instant time) {
        locked(() -> transactions.abortBegunBefore(time));
    }

    @Override
    public void memberStopped(int member) {
        locked(() -> {
            cursors.killOn(member);
            transactions.abortOn(member);
        });
    }

    @Override
    public void sessionEnded(SessionKey session) {
        locked(() -> {
            transactions.abortOf(session);
            cursors.killOf(session);
        });
    }

    @Override
    public void close() {
        locked(() -> {
            transactions.abortAll();
            cursors.killAll();
        });
    }

    /** How many cursors are open: none should be left behind by a client that is closed. */
    int openCursors() {
        return locked(cursors::size);
    }
}
