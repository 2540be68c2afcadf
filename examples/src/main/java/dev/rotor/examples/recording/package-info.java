/**
 * Transports of one's own: one writes down what another one carries, one plays it back. Explained in
 * docs/writing-a-transport.md.
 */
@NullMarked
package dev.rotor.examples.recording;

import org.jspecify.annotations.NullMarked;
