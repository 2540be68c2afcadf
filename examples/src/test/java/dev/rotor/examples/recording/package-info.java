/** The tests of the example transport: the kit, and a client that uses it. */
@NullMarked
package dev.rotor.examples.recording;

import org.jspecify.annotations.NullMarked;
