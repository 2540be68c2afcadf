package dev.rotor.driver.codec;

/** A codec that writes the discriminators of its class itself, and refuses documents that name another class. */
interface Discriminating {}
