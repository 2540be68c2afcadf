/** What others bring: found with the service loader. */
@NullMarked
package dev.rotor.driver.core.services;

import org.jspecify.annotations.NullMarked;
