/** Hosts below the level of servers: their addresses, and the proxy in front of them. */
@NullMarked
package dev.rotor.driver.core.net;

import org.jspecify.annotations.NullMarked;
