/** Tests of how services are found. */
@NullMarked
package dev.rotor.driver.core.services;

import org.jspecify.annotations.NullMarked;
