/** What an implementation of the driver provides for the API to find it. Applications need nothing from here. */
@NullMarked
package dev.rotor.driver.spi;

import org.jspecify.annotations.NullMarked;
