/** Rotor's half of {@code testserver/pymongo-gridfs}: reads what PyMongo's GridFS has written, and the reverse. */
@NullMarked
package dev.rotor.gridfs.interop;

import org.jspecify.annotations.NullMarked;
