/** The deployments that cases run on, and what cases require of them. */
@NullMarked
package dev.rotor.conformance.unified.deployment;

import org.jspecify.annotations.NullMarked;
