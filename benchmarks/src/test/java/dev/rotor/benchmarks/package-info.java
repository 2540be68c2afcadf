/** Whether the benchmarks measure what they say. No figure is asserted. */
@NullMarked
package dev.rotor.benchmarks;

import org.jspecify.annotations.NullMarked;
