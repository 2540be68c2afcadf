/**
 * BSON to and from {@code de.bwaldvogel.mongo.bson.Document}. Written apart from the driver's own BSON code on purpose:
 * a mistake that both sides shared would go unseen.
 */
@NullMarked
package dev.rotor.testserver.bson;

import org.jspecify.annotations.NullMarked;
