/** GridFS buckets, as the GridFS specification defines them, over the public API of the driver. */
@NullMarked
package dev.rotor.gridfs;

import org.jspecify.annotations.NullMarked;
