/**
 * The transport SPI: how Rotor moves bytes, in JDK types only.
 *
 * <p>A transport owns event loops and framed byte streams ("wires"); it knows nothing of MongoDB beyond the four-byte
 * little-endian length that starts every wire protocol message. Core owns all memory that crosses this boundary:
 * received messages live in heap arrays that the garbage collector reclaims, sent buffers are given back with
 * {@link dev.rotor.driver.transport.WireListener#onSent}. Nothing reference-counted crosses it, so there is nothing to
 * leak.
 */
@NullMarked
package dev.rotor.driver.transport;

import org.jspecify.annotations.NullMarked;
