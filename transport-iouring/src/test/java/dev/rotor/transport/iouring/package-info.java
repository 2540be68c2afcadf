@NullMarked
package dev.rotor.transport.iouring;

import org.jspecify.annotations.NullMarked;
