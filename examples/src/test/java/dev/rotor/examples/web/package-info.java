/** The web pages, in a real browser. */
@NullMarked
package dev.rotor.examples.web;

import org.jspecify.annotations.NullMarked;
