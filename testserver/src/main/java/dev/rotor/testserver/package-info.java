/** A server for tests: in process, on real sockets. */
@NullMarked
package dev.rotor.testserver;

import org.jspecify.annotations.NullMarked;
