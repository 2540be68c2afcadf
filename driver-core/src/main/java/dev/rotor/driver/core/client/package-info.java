/** The implementations of the public interfaces: views that turn calls into operations. */
@NullMarked
package dev.rotor.driver.core.client;

import org.jspecify.annotations.NullMarked;
