@NullMarked
package dev.rotor.conformance.unified.entity;

import org.jspecify.annotations.NullMarked;
