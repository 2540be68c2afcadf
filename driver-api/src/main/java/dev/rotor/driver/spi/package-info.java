/**
 * What the driver finds or is given: the factory that an implementation provides for the API to find it, who has a say
 * in every client's settings, and what applications may replace. Most need nothing from here.
 */
@NullMarked
package dev.rotor.driver.spi;

import org.jspecify.annotations.NullMarked;
