@NullMarked
package dev.rotor.driver.model;

import org.jspecify.annotations.NullMarked;
