package dev.rotor.driver.model.search;

/** A field that a search looks at. */
public sealed interface FieldSearchPath extends SearchPath permits SearchDocument {
    /**
     * Chooses one of the analyzers that the index has for the field.
     *
     * @param analyzerName its name; not empty
     * @return a changed copy
     */
    FieldSearchPath multi(String analyzerName);

    /**
     * The path of the field, without its analyzer.
     *
     * @return the path
     */
    String toValue();
}
