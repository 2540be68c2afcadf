@NullMarked
package dev.rotor.examples.quickstart;

import org.jspecify.annotations.NullMarked;
