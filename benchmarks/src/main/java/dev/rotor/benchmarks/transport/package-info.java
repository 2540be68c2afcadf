/** What the transport's design rests on, measured: where received bytes are decoded from, and which thread writes. */
@NullMarked
package dev.rotor.benchmarks.transport;

import org.jspecify.annotations.NullMarked;
