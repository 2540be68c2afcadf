/** A SOCKS5 proxy for tests, which can be told to misbehave. */
@NullMarked
package dev.rotor.testserver.proxy;

import org.jspecify.annotations.NullMarked;
