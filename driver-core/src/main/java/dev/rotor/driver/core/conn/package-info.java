/** One connection to a server: establishing it, the handshake, one request and its reply. */
@NullMarked
package dev.rotor.driver.core.conn;

import org.jspecify.annotations.NullMarked;
