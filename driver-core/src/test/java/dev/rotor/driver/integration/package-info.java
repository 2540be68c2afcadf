/** The driver through its public API against a server on a real socket. */
@NullUnmarked
package dev.rotor.driver.integration;

import org.jspecify.annotations.NullUnmarked;
