@NullMarked
package dev.rotor.conformance.unified.operation;

import org.jspecify.annotations.NullMarked;
