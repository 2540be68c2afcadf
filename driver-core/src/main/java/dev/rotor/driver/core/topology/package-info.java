/** Server discovery, monitoring and selection: a pure reducer, pure selection, one manager that holds the state. */
@NullMarked
package dev.rotor.driver.core.topology;

import org.jspecify.annotations.NullMarked;
