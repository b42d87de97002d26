package dev.foundation.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/** The most heap that was in use, as the pools of the JVM count it themselves: no peak between two looks is missed. */
final class HeapPeak {
    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    private HeapPeak() {}

    static HeapPeak watch() {
        var peak = new HeapPeak();
        System.gc();
        peak.pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        return peak;
    }

    /** Bytes: the sum of the pools' peaks, which is at least the heap's; and what was in use after the last collection. */
    String end() {
        long peak = pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.gc();
        long live = pools.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
        return peak + " " + live;
    }
}
