/** What the codecs cost that documents and records go through, measured. */
@NullMarked
package dev.rotor.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
