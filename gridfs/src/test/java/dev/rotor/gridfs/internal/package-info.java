/** Tests of what GridFS and its HTTP side share. */
@NullMarked
package dev.rotor.gridfs.internal;

import org.jspecify.annotations.NullMarked;
