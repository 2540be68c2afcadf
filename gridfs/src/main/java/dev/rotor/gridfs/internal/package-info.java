/** What GridFS and its HTTP side share; not exported. */
@NullMarked
package dev.rotor.gridfs.internal;

import org.jspecify.annotations.NullMarked;
