package dev.rotor.driver.model;

/**
 * Whether a cursor ends with the last document, or stays to see what is added, as the CRUD specification defines it.
 */
public enum CursorType {
    /** It ends with the last document: the default. */
    NON_TAILABLE,
    /**
     * On a capped collection: it stays at the last document and can be asked again; the server answers at once, with
     * nothing if there is nothing new.
     */
    TAILABLE,
    /** The same, but the server waits a while for new documents before it answers with nothing. */
    TAILABLE_AWAIT;

    /**
     * Whether the cursor stays open at the last document.
     *
     * @return {@code false} for {@link #NON_TAILABLE} only
     */
    public boolean isTailable() {
        return this != NON_TAILABLE;
    }
}
