package dev.rotor.driver.model;

/** The documents around one that a window function looks at. {@link Windows} makes them. */
public final class Window extends Shaped {

    Window(WritableBson content) {
        super(content);
    }
}
