/** Tests of what is made from measurements of transports. */
@NullMarked
package dev.rotor.benchmarks.transport;

import org.jspecify.annotations.NullMarked;
