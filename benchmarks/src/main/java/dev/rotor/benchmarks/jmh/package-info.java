/** The same operations under JMH, one driver at a time. */
@NullMarked
package dev.rotor.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
