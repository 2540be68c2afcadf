/** Encryption: keys and trust from the settings, the engines that transports drive, and what goes wrong, in words. */
@NullMarked
package dev.rotor.driver.core.tls;

import org.jspecify.annotations.NullMarked;
