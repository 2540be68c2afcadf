/** Tests of the bank example. */
@NullMarked
package dev.rotor.examples.bank;

import org.jspecify.annotations.NullMarked;
