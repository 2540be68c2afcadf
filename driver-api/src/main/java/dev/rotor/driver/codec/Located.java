package dev.rotor.driver.codec;

/** A failure that knows the field it happened at. */
interface Located {

    FieldPath field();
}
