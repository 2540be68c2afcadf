@NullMarked
package dev.rotor.transport.netty.testing;

import org.jspecify.annotations.NullMarked;
