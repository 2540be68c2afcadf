/** Compression of messages: which compressors a client has, and those that the driver brings. */
@NullMarked
package dev.rotor.driver.core.compression;

import org.jspecify.annotations.NullMarked;
