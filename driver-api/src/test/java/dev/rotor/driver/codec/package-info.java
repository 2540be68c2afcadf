@NullMarked
package dev.rotor.driver.codec;

import org.jspecify.annotations.NullMarked;
