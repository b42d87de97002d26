package dev.foundation.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PartSizesTest {
    private static final long GIB = 1L << 30;

    @Test
    void tenThousandPartsHoldFiveTebibytesAndTheFirst39GibibytesAreOfSmallParts() {
        var sizes = new PartSizes(8 << 20);
        long sum = 0;
        for (int number = 1; number <= PartSizes.MOST_PARTS; number++) {
            int size = sizes.of(number);
            assertThat(size).isBetween(8 << 20, Integer.MAX_VALUE - 8);
            if (sum < 39 * GIB) {
                assertThat(size).isEqualTo(8 << 20);
            }
            sum += size;
        }
        assertThat(sum).isGreaterThanOrEqualTo(5 * 1024 * GIB);
    }
}
