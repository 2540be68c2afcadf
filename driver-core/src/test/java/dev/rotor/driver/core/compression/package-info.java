/** Compressors and how a client comes by them. */
@NullMarked
package dev.rotor.driver.core.compression;

import org.jspecify.annotations.NullMarked;
