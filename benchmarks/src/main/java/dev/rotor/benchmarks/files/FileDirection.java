package dev.rotor.benchmarks.files;

/** Which way a file goes. */
enum FileDirection {
    /** From memory to the server. */
    UPLOAD,
    /** From the server to memory. */
    DOWNLOAD
}
