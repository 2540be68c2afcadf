package dev.rotor.testserver.operations;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.cursor.Cursors;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.CommandRequest;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.ServerVersion;
import dev.rotor.testserver.query.Collation;
import dev.rotor.testserver.query.Values;
import dev.rotor.testserver.query.Variables;
import dev.rotor.testserver.storage.Namespace;
import dev.rotor.testserver.storage.Overlay;
import dev.rotor.testserver.storage.ReadPoint;
import dev.rotor.testserver.storage.Store;
import dev.rotor.testserver.storage.StoredCollection;
import dev.rotor.testserver.storage.Writer;
import dev.rotor.testserver.txn.Transaction;
import dev.rotor.testserver.txn.Transactions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A command that is being executed, and all it needs. The lock of the store is held. */
final class Call {
    private final CommandRequest request;
    private final Store store;
    private final Cursors cursors;
    private final Transactions transactions;
    private final @Nullable Transaction transaction;
    private final ReadPoint readPoint;
    private final Writer writer;

    Call(
            CommandRequest request,
            Store store,
            Cursors cursors,
            Transactions transactions,
            @Nullable Transaction transaction,
            ReadPoint readPoint) {
        this.request = request;
        this.store = store;
        this.cursors = cursors;
        this.transactions = transactions;
        this.transaction = transaction;
        this.readPoint = readPoint;
        writer = new Writer(
                store, request.waiting(), transaction == null ? null : transaction.overlay(), request.statements());
    }

    CommandRequest request() {
        return request;
    }

    Document command() {
        return request.command();
    }

    ServerVersion version() {
        return request.version();
    }

    Store store() {
        return store;
    }

    Cursors cursors() {
        return cursors;
    }

    Transactions transactions() {
        return transactions;
    }

    @Nullable
    Transaction transaction() {
        return transaction;
    }

    @Nullable
    Overlay overlay() {
        return transaction == null ? null : transaction.overlay();
    }

    ReadPoint readPoint() {
        return readPoint;
    }

    Writer writer() {
        return writer;
    }

    /** The time of the snapshot that is read, if the command asked for one outside a transaction; else null. */
    @Nullable
    Long snapshotTime() {
        return transaction == null && readPoint.time() != Long.MAX_VALUE ? readPoint.time() : null;
    }

    /** The namespace that the command's first argument names. */
    Namespace namespace() {
        Object name = command().get(request.name());
        if (!(name instanceof String collection)) {
            throw new CommandError(
                    ErrorCode.INVALID_NAMESPACE, "collection name has invalid type " + Values.typeName(name));
        }
        return namespace(collection);
    }

    Namespace namespace(String collection) {
        if (collection.isEmpty()
                || collection.startsWith(".")
                || collection.indexOf('\0') >= 0
                || (collection.contains("$") && !collection.startsWith("$cmd."))) {
            throw new CommandError(
                    ErrorCode.INVALID_NAMESPACE,
                    "Invalid namespace specified '" + request.database() + "." + collection + "'");
        }
        return new Namespace(request.database(), collection);
    }

    @Nullable
    StoredCollection find(Namespace namespace) {
        return store.catalog().find(namespace, overlay());
    }

    boolean flag(String name) {
        return Values.isTrue(command().get(name));
    }

    long number(String name, long otherwise) {
        Object value = command().get(name);
        if (value != null && !(value instanceof Number)) {
            throw wrongType(name, value, "[long, int, decimal, double]");
        }
        return Values.whole(value, otherwise);
    }

    Document document(String name) {
        Object value = command().get(name);
        if (value == null) {
            return new Document();
        }
        if (value instanceof Document document) {
            return document;
        }
        throw wrongType(name, value, "object");
    }

    List<?> list(String name) {
        Object value = command().get(name);
        if (value instanceof List<?> list) {
            return list;
        }
        if (value == null) {
            throw new CommandError(
                    40414, "BSON field '" + request.name() + "." + name + "' is missing but a required field");
        }
        throw wrongType(name, value, "array");
    }

    private CommandError wrongType(String name, Object value, String expected) {
        return new CommandError(
                ErrorCode.TYPE_MISMATCH,
                "BSON field '" + request.name() + "." + name + "' is the wrong type '" + Values.typeName(value)
                        + "', expected type '" + expected + "'");
    }

    /** The collation of the command, or that of the collection. */
    Collation collation(@Nullable StoredCollection collection, @Nullable Object option) {
        if (option != null || collection == null) {
            return Collation.of(option);
        }
        return collection.collation();
    }

    Variables variables() {
        return Variables.let(command().get("let"), store.now()).pausing(this::pause);
    }

    /** A script sleeps: others may go on meanwhile, and what ends the command ends the sleep. */
    void pause(long millis) {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        while (left > 0) {
            left = request.waiting().await(store.lock(), store.changed(), left);
        }
    }
}
