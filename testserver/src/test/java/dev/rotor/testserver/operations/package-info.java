@NullMarked
package dev.rotor.testserver.operations;

import org.jspecify.annotations.NullMarked;
