/**
 * What every transport promises, as tests to extend: a subclass names the provider. Peers are real sockets driven by
 * the test's own thread; nothing sleeps, and every wait ends with a failure rather than never.
 */
@NullMarked
package dev.rotor.transport.tck;

import org.jspecify.annotations.NullMarked;
