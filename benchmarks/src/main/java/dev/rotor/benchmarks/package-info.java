/** Benchmarks of Rotor beside the official drivers: the same operations, the same server, one process per driver. */
@NullMarked
package dev.rotor.benchmarks;

import org.jspecify.annotations.NullMarked;
