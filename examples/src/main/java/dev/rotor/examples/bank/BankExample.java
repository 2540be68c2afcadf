package dev.rotor.examples.bank;

import dev.rotor.driver.MongoClient;
import dev.rotor.examples.Example;
import dev.rotor.examples.Examples;
import dev.rotor.examples.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Several clerks transfer money between a few accounts at the same time, while the server is made to fail now and then;
 * in the end the total is what it was, and the ledger has as many lines as there were transfers. {@code examples/run
 * bank} runs it.
 */
public final class BankExample {

    private static final int ACCOUNTS = 10;
    private static final long BALANCE = 100;
    private static final int CLERKS = 4;
    private static final int TRANSFERS_EACH = 15;

    private final Bank bank;
    private final Faults faults;
    private final long seed;
    private final Consumer<String> tell;

    private BankExample(MongoClient client, Consumer<String> tell, long seed) {
        this.seed = seed;
        bank = new Bank(client);
        faults = new Faults(client);
        this.tell = tell;
    }

    /**
     * Runs the example.
     *
     * @param arguments a connection string, or nothing
     */
    public static void main(String[] arguments) {
        Examples.main(arguments, example(System.nanoTime()));
    }

    /**
     * The example.
     *
     * @param seed what the transfers and the faults depend on, as far as anything depends on one thing here
     * @return what {@link #main} runs
     */
    public static Example example(long seed) {
        return (client, tell) -> new BankExample(client, tell, seed).run();
    }

    private CompletionStage<Void> run() {
        return bank.open(ACCOUNTS, BALANCE)
                .thenCompose(none -> bank.total())
                .thenAccept(total -> tell.accept(ACCOUNTS + " accounts with " + total + " in all"))
                .thenCompose(none -> faults.arm(random(CLERKS)))
                .thenCompose(this::work)
                .thenCompose(this::audit);
    }

    private RandomGenerator random(int number) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed + number);
    }

    private CompletionStage<List<Clerk>> work(boolean withFaults) {
        tell.accept(withFaults ? "the server fails now and then" : "this server does not fail on demand");
        List<Clerk> clerks = new ArrayList<>();
        List<CompletableFuture<Void>> work = new ArrayList<>();
        for (int i = 0; i < CLERKS; i++) {
            Clerk clerk = new Clerk(bank, faults, random(i), ACCOUNTS, withFaults);
            clerks.add(clerk);
            work.add(clerk.work(TRANSFERS_EACH).toCompletableFuture());
        }
        return CompletableFuture.allOf(work.toArray(CompletableFuture<?>[]::new))
                .handle((none, failure) -> failure)
                // Also when a clerk has failed: the server is not to go on failing for others.
                .thenCompose(failure -> faults.disarm()
                        .thenCompose(none -> failure == null
                                ? CompletableFuture.completedFuture(clerks)
                                : CompletableFuture.failedFuture(Failure.itself(failure))));
    }

    private CompletionStage<Void> audit(List<Clerk> clerks) {
        int made = clerks.stream().mapToInt(Clerk::made).sum();
        int refused = clerks.stream().mapToInt(Clerk::refused).sum();
        tell.accept(made + " transfers by " + CLERKS + " clerks, " + refused + " refused for lack of money");
        return bank.total().thenCompose(total -> bank.transfers()
                .thenCompose(lines -> bank.poorest().thenAccept(poorest -> {
                    tell.accept("in all there are " + total + ", the ledger has " + lines + " lines, the poorest has "
                            + poorest);
                    if (total != ACCOUNTS * BALANCE || lines != made || poorest < 0) {
                        throw new IllegalStateException("money was made or lost");
                    }
                })));
    }
}
