@NullMarked
package dev.rotor.transport.netty;

import org.jspecify.annotations.NullMarked;
