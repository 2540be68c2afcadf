/**
 * A transport of one's own: it writes down what another one carries, and plays it back. Explained in
 * docs/writing-a-transport.md.
 */
@NullMarked
package dev.rotor.examples.recording;

import org.jspecify.annotations.NullMarked;
