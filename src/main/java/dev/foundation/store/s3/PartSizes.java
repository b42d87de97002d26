package dev.foundation.store.s3;

/**
 * How large each part of a multipart upload is, when nobody knows how many there will be. S3 allows 10,000 parts of up to 5 GiB, and 5 TiB in all:
 * parts stay small for the first half of the numbers (39 GiB with parts of 8 MiB), then double every 300, up to what an array can hold.
 */
record PartSizes(int first) {
    static final int MOST_PARTS = 10_000;
    private static final int SMALL_PARTS = 5_000;
    private static final int STEP = 300;
    private static final int LARGEST = (1 << 30) + (1 << 29) + (1 << 28) + (1 << 27);

    /** @param number from 1 */
    int of(int number) {
        if (number <= SMALL_PARTS) {
            return first;
        }
        int doublings = Math.min(30, 1 + (number - SMALL_PARTS - 1) / STEP);
        return (int) Math.min(LARGEST, (long) first << doublings);
    }
}
