/** Rotor's transport on Linux epoll, by Netty's native code. Found with the service loader. */
@NullMarked
package dev.rotor.transport.epoll;

import org.jspecify.annotations.NullMarked;
