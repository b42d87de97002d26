package dev.foundation.retention;

import dev.foundation.spec.BackupPlan;
import java.time.Duration;
import java.time.ZoneId;

/**
 * Grandfather-father-son (R5.1). Each count is of the newest days, ISO weeks, months or years that have points, so that a pause uses up nothing.
 *
 * @param continuous every point this close to the newest one stays
 * @param zone where days, weeks, months and years begin
 */
public record RetentionPolicy(int daily, int weekly, int monthly, int yearly, Duration continuous, ZoneId zone) {
    public RetentionPolicy {
        if (daily < 0 || weekly < 0 || monthly < 0 || yearly < 0 || continuous.isNegative()) {
            throw new IllegalArgumentException("retention counts what stays: give numbers of 0 and above");
        }
        if (daily + weekly + monthly + yearly == 0 && continuous.isZero()) {
            throw new IllegalArgumentException(
                    "this retention would keep nothing: give at least one of daily, weekly, monthly and yearly");
        }
    }

    /** As configured, with the 24 h of continuous points of R5.1. */
    public static RetentionPolicy of(BackupPlan plan) {
        BackupPlan.Retention kept = plan.retention();
        return new RetentionPolicy(
                kept.daily(),
                kept.weekly(),
                kept.monthly(),
                kept.yearly(),
                Duration.ofHours(24),
                ZoneId.of(plan.timeZone()));
    }
}
