/**
 * Rotor's transports on Netty: what the flavours share, and two of them, {@code netty} on Netty's NIO and
 * {@code kqueue} for macOS. Found with the service loader. Nothing of Netty crosses the SPI.
 */
@NullMarked
package dev.rotor.transport.netty;

import org.jspecify.annotations.NullMarked;
