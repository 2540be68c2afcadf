@NullMarked
package dev.rotor.conformance.unified.deployment;

import org.jspecify.annotations.NullMarked;
