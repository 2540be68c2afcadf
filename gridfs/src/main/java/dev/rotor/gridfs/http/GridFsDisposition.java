package dev.rotor.gridfs.http;

/** What a client is to do with a file (RFC 6266). */
public enum GridFsDisposition {
    /** Show it where it can; the name is for saving it. */
    INLINE,
    /** Save it. The choice for files that strangers have stored: a browser runs nothing that they hold. */
    ATTACHMENT,
    /** Nothing is said about it, nor about the name. */
    NONE
}
