/** Transactions: a bank whose total stays the same whatever happens between its accounts. */
@NullMarked
package dev.rotor.examples.bank;

import org.jspecify.annotations.NullMarked;
