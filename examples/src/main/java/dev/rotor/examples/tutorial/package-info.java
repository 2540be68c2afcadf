/** The tutorial: every basic operation once, in the order in which one learns them. */
@NullMarked
package dev.rotor.examples.tutorial;

import org.jspecify.annotations.NullMarked;
