/** Keeps the public API in sight: its signatures as text, and the pages that name it. */
@NullMarked
package dev.rotor.api;

import org.jspecify.annotations.NullMarked;
