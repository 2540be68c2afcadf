/** What the canned server answers. */
@NullMarked
package dev.rotor.benchmarks.server;

import org.jspecify.annotations.NullMarked;
