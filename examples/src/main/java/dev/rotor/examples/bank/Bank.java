package dev.rotor.examples.bank;

import static dev.rotor.driver.model.Accumulators.sum;
import static dev.rotor.driver.model.Aggregates.group;
import static dev.rotor.driver.model.Filters.and;
import static dev.rotor.driver.model.Filters.eq;
import static dev.rotor.driver.model.Filters.gte;
import static dev.rotor.driver.model.Updates.inc;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.TransactionOptions;
import dev.rotor.driver.WriteConcern;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Accounts and transfers between them. Each transfer is a transaction: both accounts change or none does, and the
 * ledger has a line for it or not.
 */
public final class Bank {

    private static final TransactionOptions SAFE =
            TransactionOptions.DEFAULT.readConcern(ReadConcern.SNAPSHOT).writeConcern(WriteConcern.MAJORITY);

    private final MongoClient client;
    private final MongoCollection<Document> accounts;
    private final MongoCollection<Document> ledger;

    /**
     * The bank of a deployment that has transactions: a replica set or a sharded cluster.
     *
     * @param client stays the caller's
     */
    public Bank(MongoClient client) {
        this.client = client;
        accounts = client.getDatabase("bank").getCollection("accounts");
        ledger = client.getDatabase("bank").getCollection("ledger");
    }

    /**
     * Opens accounts; those of an earlier time are gone.
     *
     * @param count how many, numbered from 0
     * @param balance what each one begins with
     */
    public CompletionStage<Void> open(int count, long balance) {
        List<Document> documents = IntStream.range(0, count)
                .mapToObj(number -> new Document("_id", number).append("balance", balance))
                .toList();
        return client.getDatabase("bank")
                .drop()
                .thenCompose(none -> accounts.insertMany(documents))
                .thenCompose(none -> ledger.createIndex(new Document("from", 1).append("to", 1)))
                .thenAccept(index -> {});
    }

    /**
     * Moves money, or does not.
     *
     * <p>The body may run several times: {@code withTransaction} runs it again when the server says that the
     * transaction met another one, and commits again when the outcome of a commit is not known. So it has no effects
     * besides its writes, and all of them go through collections that are bound to the session.
     *
     * @param amount more than 0
     * @return fails with an {@link InsufficientFundsException} if the account does not have as much, and with an
     *     {@link IllegalArgumentException} if there is no account to give it to
     * @throws IllegalArgumentException if the amount is not positive
     */
    public CompletionStage<Void> transfer(int from, int to, long amount) {
        if (amount <= 0) {
            throw new IllegalArgumentException("amount must be positive: " + amount);
        }
        return client.inSession(session -> session.withTransaction(
                inTransaction -> accounts.withSession(inTransaction)
                        .updateOne(and(eq("_id", from), gte("balance", amount)), inc("balance", -amount))
                        .thenAccept(taken -> {
                            if (taken.matchedCount() == 0) {
                                throw new InsufficientFundsException(from, amount);
                            }
                        })
                        .thenCompose(none ->
                                accounts.withSession(inTransaction).updateOne(eq("_id", to), inc("balance", amount)))
                        .thenAccept(given -> {
                            // What the body throws aborts the transaction: nothing was taken then either.
                            if (given.matchedCount() == 0) {
                                throw new IllegalArgumentException("there is no account " + to);
                            }
                        })
                        .thenCompose(none -> ledger.withSession(inTransaction)
                                .insertOne(new Document("from", from)
                                        .append("to", to)
                                        .append("amount", amount)))
                        .thenAccept(written -> {}),
                SAFE));
    }

    /** All the money that there is, as one moment shows it: a query sees a snapshot only in a transaction. */
    public CompletionStage<Long> total() {
        return client.inSession(session -> session.withTransaction(
                inTransaction -> accounts.withSession(inTransaction)
                        .aggregate(List.of(group(null, sum("total", "$balance"))))
                        .first()
                        .thenApply(Bank::total),
                SAFE));
    }

    private static Long total(@Nullable Document group) {
        return Objects.requireNonNull(group, "no accounts").getLong("total");
    }

    /** How many transfers have happened. */
    public CompletionStage<Long> transfers() {
        return ledger.countDocuments();
    }

    /** The smallest balance: never negative. */
    public CompletionStage<Long> poorest() {
        return accounts.find().sort(new Document("balance", 1)).first().thenApply(account -> Objects.requireNonNull(
                        account, "no accounts")
                .getLong("balance"));
    }
}
