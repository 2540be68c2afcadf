/** The code of the README, compiled and run. */
@NullMarked
package dev.rotor.examples.readme;

import org.jspecify.annotations.NullMarked;
