/**
 * What lies between clients and servers in tests: a SOCKS5 proxy that can misbehave, a bridge from Unix domain sockets.
 */
@NullMarked
package dev.rotor.testserver.proxy;

import org.jspecify.annotations.NullMarked;
