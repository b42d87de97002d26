package dev.foundation.verify;

import java.util.random.RandomGenerator;

/**
 * Which part of many is looked at. One thread at a time.
 *
 * @param percent above 0, at most 100; 100 takes all
 */
public record Sample(double percent, RandomGenerator random) {
    public Sample {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("a sample is a percentage above 0 and at most 100, such as 5%");
        }
    }

    boolean whole() {
        return percent == 100;
    }

    boolean take() {
        return whole() || random.nextDouble() * 100 < percent;
    }
}
