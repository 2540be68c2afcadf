/** What the driver knows about a deployment: immutable descriptions of its servers and of the whole. */
@NullMarked
package dev.rotor.driver.topology;

import org.jspecify.annotations.NullMarked;
