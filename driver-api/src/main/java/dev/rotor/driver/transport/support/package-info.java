/**
 * What Rotor's own transports share below the SPI: cutting a stream into messages, sending from any thread, and calling
 * a listener from two threads without overlap. Exported to them alone, and free to change with any release.
 */
@NullMarked
package dev.rotor.driver.transport.support;

import org.jspecify.annotations.NullMarked;
