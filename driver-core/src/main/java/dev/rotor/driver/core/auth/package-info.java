/** How connections prove who uses them. */
@NullMarked
package dev.rotor.driver.core.auth;

import org.jspecify.annotations.NullMarked;
