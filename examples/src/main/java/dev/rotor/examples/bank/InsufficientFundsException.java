package dev.rotor.examples.bank;

import java.io.Serial;

/** A transfer that would have overdrawn an account; nothing has happened. */
public final class InsufficientFundsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    InsufficientFundsException(int account, long amount) {
        super("account " + account + " does not have " + amount);
    }
}
