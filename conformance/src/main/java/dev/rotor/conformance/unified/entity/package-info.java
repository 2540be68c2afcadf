/** What a case creates and names: clients, sessions, collections and the like. */
@NullMarked
package dev.rotor.conformance.unified.entity;

import org.jspecify.annotations.NullMarked;
