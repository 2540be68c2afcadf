/** The small part of JavaScript that {@code $where} and {@code mapReduce} of tests are written in. */
@NullMarked
package dev.rotor.testserver.script;

import org.jspecify.annotations.NullMarked;
