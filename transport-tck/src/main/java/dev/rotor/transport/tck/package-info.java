/**
 * What every transport promises, as tests to extend: {@link dev.rotor.transport.tck.AllContracts} has them all, and a
 * {@link dev.rotor.transport.tck.TransportUnderTest} says what is tested. Peers are real sockets driven by the test's
 * own thread; nothing sleeps, and every wait ends with a failure rather than never.
 *
 * <p>Not here yet: wires over TLS, and transports on the event loops of a framework. Both will be contracts of their
 * own, asked for by features of their own, so that nothing that passes today changes its meaning.
 */
@NullMarked
package dev.rotor.transport.tck;

import org.jspecify.annotations.NullMarked;
