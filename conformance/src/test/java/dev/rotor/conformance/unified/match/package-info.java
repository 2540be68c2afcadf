@NullMarked
package dev.rotor.conformance.unified.match;

import org.jspecify.annotations.NullMarked;
