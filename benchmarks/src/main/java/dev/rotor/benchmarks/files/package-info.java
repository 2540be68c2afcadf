/** GridFS uploads and downloads, side by side with the official drivers. */
@NullMarked
package dev.rotor.benchmarks.files;

import org.jspecify.annotations.NullMarked;
