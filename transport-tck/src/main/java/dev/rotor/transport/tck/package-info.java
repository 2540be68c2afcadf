/**
 * What every transport promises, as tests to extend: {@link dev.rotor.transport.tck.AllContracts} has them all, and a
 * {@link dev.rotor.transport.tck.TransportUnderTest} says what is tested. Peers are real sockets driven by the test's
 * own thread; nothing sleeps, and every wait ends with a failure rather than never.
 *
 * <p>With JUnit, a transport's author needs no more than this:
 *
 * <pre>{@code
 * class MyTransportTest extends AllContracts {
 *     @Override
 *     protected TransportUnderTest underTest() {
 *         return MyProvider::new;
 *     }
 * }
 * }</pre>
 *
 * <p>Two system properties: {@code dev.rotor.transport.tck.report} names a folder for the results, a file of JSON lines
 * per transport; {@code dev.rotor.transport.tck.seed} repeats the
 * {@linkplain dev.rotor.transport.tck.RandomFaultsContract random faults} of an earlier run.
 */
@NullMarked
package dev.rotor.transport.tck;

import org.jspecify.annotations.NullMarked;
