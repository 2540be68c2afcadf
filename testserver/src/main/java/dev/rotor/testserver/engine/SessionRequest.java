package dev.rotor.testserver.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a command says of its session. The front has checked that {@code autocommit} and {@code startTransaction} come
 * with a {@code txnNumber}, and that no later {@code txnNumber} was seen on this session (code 225).
 *
 * @param key the session
 * @param txnNumber number of the retryable write or of the transaction; null if neither
 * @param autocommit false in a transaction, else null (true is refused)
 * @param startTransaction whether this is the first command of its transaction
 */
public record SessionRequest(
        SessionKey key, @Nullable Long txnNumber, @Nullable Boolean autocommit, boolean startTransaction) {}
