package dev.rotor.gridfs;

/**
 * How an upload uses the memory that it may take: one batch of chunks is being filled while others are under way.
 *
 * @param chunksPerBatch how many chunks go into one insert
 * @param maxInFlight how many inserts are under way at once
 */
record UploadBudget(int chunksPerBatch, int maxInFlight) {

    private static final int MOST_IN_FLIGHT = 3;

    static UploadBudget of(int bufferBytes, int chunkSize, boolean oneByOne) {
        long chunk = Chunk.cost(chunkSize);
        long perBatch = Math.max(1, bufferBytes / (MOST_IN_FLIGHT + 1) / chunk);
        long batches = bufferBytes / (perBatch * chunk);
        int inFlight = oneByOne ? 1 : (int) Math.max(1, Math.min(MOST_IN_FLIGHT, batches - 1));
        return new UploadBudget((int) perBatch, inFlight);
    }
}
