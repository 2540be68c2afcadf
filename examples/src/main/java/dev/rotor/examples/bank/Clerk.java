package dev.rotor.examples.bank;

import dev.rotor.examples.Failure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** Makes transfers between random accounts, one after the other, and counts how they went. */
final class Clerk {

    private final Bank bank;
    private final Faults faults;
    private final RandomGenerator random;
    private final int accounts;
    private final boolean withFaults;

    private int made;
    private int refused;

    /** @param random this clerk's own: most generators are for one thread at a time */
    Clerk(Bank bank, Faults faults, RandomGenerator random, int accounts, boolean withFaults) {
        this.bank = bank;
        this.faults = faults;
        this.random = random;
        this.accounts = accounts;
        this.withFaults = withFaults;
    }

    /** How many transfers have happened. */
    int made() {
        return made;
    }

    /** How many were refused for lack of money. */
    int refused() {
        return refused;
    }

    /** Works off so many transfers. */
    CompletionStage<Void> work(int transfers) {
        if (transfers == 0) {
            return CompletableFuture.completedFuture(null);
        }
        CompletionStage<Boolean> armed =
                withFaults && random.nextInt(4) == 0 ? faults.arm(random) : CompletableFuture.completedFuture(false);
        return armed.thenCompose(any -> transfer()).thenCompose(none -> work(transfers - 1));
    }

    private CompletionStage<Void> transfer() {
        int from = random.nextInt(accounts);
        int to = (from + 1 + random.nextInt(accounts - 1)) % accounts;
        return bank.transfer(from, to, 1 + random.nextInt(80)).handle((none, failure) -> {
            if (failure == null) {
                made++;
            } else if (Failure.itself(failure) instanceof InsufficientFundsException) {
                refused++;
            } else {
                throw new CompletionException(failure);
            }
            return null;
        });
    }
}
