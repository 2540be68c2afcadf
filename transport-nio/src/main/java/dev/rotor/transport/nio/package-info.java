/** Rotor's JDK-only transport: selectors, socket channels, Unix domain sockets. Found with the service loader. */
@NullMarked
package dev.rotor.transport.nio;

import org.jspecify.annotations.NullMarked;
