@NullMarked
package dev.rotor.conformance;

import org.jspecify.annotations.NullMarked;
