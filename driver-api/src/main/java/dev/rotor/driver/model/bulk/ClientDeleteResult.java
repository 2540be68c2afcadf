package dev.rotor.driver.model.bulk;

/**
 * What became of one delete of a bulk write.
 *
 * @param deletedCount how many documents were deleted
 */
public record ClientDeleteResult(long deletedCount) {}
