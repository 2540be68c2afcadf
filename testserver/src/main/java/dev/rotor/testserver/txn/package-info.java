/** Logical sessions: retryable write statements and multi-document transactions. */
@NullMarked
package dev.rotor.testserver.txn;

import org.jspecify.annotations.NullMarked;
