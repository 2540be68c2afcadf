package dev.rotor.testserver.bson;

import de.bwaldvogel.mongo.bson.Bson;

/** A symbol: deprecated, and another type than the string of the same text. */
public record Symbol(String name) implements Bson, Comparable<Symbol> {

    @Override
    public int compareTo(Symbol other) {
        return name.compareTo(other.name);
    }
}
