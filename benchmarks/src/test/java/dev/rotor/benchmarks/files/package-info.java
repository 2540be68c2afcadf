/** Whether the benchmarks measure what they say. No figure is asserted. */
@NullMarked
package dev.rotor.benchmarks.files;

import org.jspecify.annotations.NullMarked;
