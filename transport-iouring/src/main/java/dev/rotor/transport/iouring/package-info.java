/** Rotor's transport on Linux io_uring, by Netty's native code. Found with the service loader. */
@NullMarked
package dev.rotor.transport.iouring;

import org.jspecify.annotations.NullMarked;
