@NullMarked
package dev.rotor.conformance.unified;

import org.jspecify.annotations.NullMarked;
