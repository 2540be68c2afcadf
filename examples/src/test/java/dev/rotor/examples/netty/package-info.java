/** Tests of the files that Netty serves. */
@NullMarked
package dev.rotor.examples.netty;

import org.jspecify.annotations.NullMarked;
